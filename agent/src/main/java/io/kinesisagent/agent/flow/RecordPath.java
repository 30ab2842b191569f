package io.kinesisagent.agent.flow;

import io.kinesisagent.agent.batch.Batcher;
import io.kinesisagent.agent.batch.PackedBatch;
import io.kinesisagent.agent.frame.Bytes;
import io.kinesisagent.agent.send.Sender;
import io.kinesisagent.agent.tail.RecordTarget;
import io.kinesisagent.agent.tail.Tail;
import io.kinesisagent.agent.tail.TailReader;
import io.kinesisagent.spi.Clock;
import io.kinesisagent.spi.Disposition;
import io.kinesisagent.spi.Failure;
import io.kinesisagent.spi.ProcessingException;
import io.kinesisagent.spi.RecordCursor;
import io.kinesisagent.spi.RecordView;
import java.nio.charset.StandardCharsets;

/**
 * The way of a record from its file into a batch: processors where there are any, the limit on its
 * length, the open batch. A record without processors is never an object. Owned by the flow's
 * thread.
 */
final class RecordPath implements RecordTarget {
  private final Batcher batcher;
  private final Sender sender;
  private final RecordOptions options;
  private final FlowEvents events;
  private final MemoryWait memoryWait;
  private final Clock clock;
  private final ProcessorChain preparation;
  private final ProcessorChain processors;
  private final boolean unprocessed;
  private final SourceRecord source;
  private final RecordCursor processed = new RecordCursor();
  private final int maxDataBytes;
  private final byte[] terminator;

  private TailReader reader;
  private boolean blocked;
  private boolean lacksMemory;
  private int pieces;
  private int piecesBefore;
  private int dropped;
  private boolean draining;

  RecordPath(
      Batcher batcher,
      Sender sender,
      RecordOptions options,
      FlowEvents events,
      MemoryWait memoryWait,
      FlowTask.Surroundings around) {
    this.batcher = batcher;
    this.sender = sender;
    this.options = options;
    this.events = events;
    this.memoryWait = memoryWait;
    this.clock = around.clock();
    this.preparation = new ProcessorChain(options.preparation());
    this.processors = new ProcessorChain(options.processors());
    this.unprocessed = preparation.isEmpty() && processors.isEmpty();
    this.source = new SourceRecord(around.flow(), around.host());
    this.maxDataBytes = batcher.limits().maxDataBytes();
    this.terminator = options.truncatedTerminator().getBytes(StandardCharsets.UTF_8);
  }

  void readBy(TailReader newReader) {
    reader = newReader;
  }

  /** Seals the open batch and hands it to the sender, if both are possible. */
  boolean seal() {
    reader.commit();
    if (!batcher.anyOpen()) {
      return true;
    }
    if (sender.full()) {
      blocked = true;
      return false;
    }
    sender.submit(batcher.seal());
    return true;
  }

  /** Takes back the memory of a settled batch; what had no room may be offered again. */
  void settled(PackedBatch batch) {
    batcher.release(batch);
    tryMemoryAgain();
  }

  /** Lets what had no memory be offered again: other flows may have given some back. */
  void tryMemoryAgain() {
    if (lacksMemory) {
      lacksMemory = false;
      blocked = false;
    }
  }

  /** Lets what had no place among the batches to send be offered again, once more are wanted. */
  void tryPlaceAgain() {
    if (!lacksMemory && sender.wantsBatches()) {
      blocked = false;
    }
  }

  /** Whether it is memory that is lacking, which other flows may give back. */
  boolean lacksMemory() {
    return lacksMemory;
  }

  /** No file has anything to offer. */
  void nothingToRead() {
    memoryWait.over();
  }

  @Override
  public boolean blocked() {
    return blocked;
  }

  @Override
  public void taken() {
    if (batcher.full()) {
      seal();
    }
  }

  /** From now on only the rest of a record is taken of which a part was taken. */
  void drain() {
    draining = true;
  }

  /** Whether processors take records yet. */
  boolean ready() {
    return preparation.ready() && processors.ready();
  }

  /** Takes no more records for now. */
  void block() {
    blocked = true;
    lacksMemory = true;
  }

  @Override
  public boolean offer(Tail tail, byte[] data, int offset, int length, boolean cut) {
    long at = reader.offsetOf(offset);
    piecesBefore = tail.piecesTaken();
    if (draining && piecesBefore == 0) {
      blocked = true;
      return false;
    }
    pieces = 0;
    dropped = 0;
    boolean taken;
    if (unprocessed && length <= maxDataBytes) {
      taken = add(tail, data, offset, length, at);
    } else {
      source.set(tail, data, offset, length, at);
      taken = offerObject(tail, at, cut);
    }
    int piecesNow = Math.max(0, pieces - piecesBefore);
    if (!taken) {
      tail.account().multiplied(piecesNow);
      tail.piecesTaken(piecesBefore + piecesNow);
      blocked = true;
      return false;
    }
    tail.piecesTaken(0);
    if (piecesNow != 1 || dropped != 0) {
      account(tail, piecesNow);
    }
    return true;
  }

  /** Enters a source record of which not just one was taken now. */
  private void account(Tail tail, int piecesNow) {
    // One that vanished without a word was dropped by rule.
    int drops = pieces + dropped == 0 ? 1 : dropped;
    tail.account().multiplied(piecesNow + drops - 1L);
    tail.account().dropped(drops);
    events.dropped(drops);
  }

  private boolean offerObject(Tail tail, long at, boolean cut) {
    if (cut
        && (options.oversize() == Oversize.DROP || options.oversize() == Oversize.DEAD_LETTER)) {
      return addOversize(tail, source, at, true);
    }
    if (preparation.isEmpty()) {
      return offerPrepared(tail, source, at, cut);
    }
    ProcessorChain.Results prepared;
    try {
      prepared = preparation.process(source);
    } catch (ProcessingException e) {
      return processingFailed(tail, source, at, cut, e);
    }
    dropped += preparation.dropped();
    for (int i = 0; i < prepared.size(); i++) {
      source.describe(preparation.described(), prepared.origin(i));
      // Only the last may lack its end.
      boolean last = i == prepared.size() - 1;
      if (!offerPrepared(tail, prepared.view(i, source.context()), at, cut && last)) {
        return false;
      }
    }
    return true;
  }

  private boolean offerPrepared(Tail tail, RecordView record, long at, boolean cut) {
    if (processors.isEmpty()) {
      return addWhole(tail, record, at, cut);
    }
    int start = record.offset() + ByteOrderMark.length(record);
    int end = record.offset() + record.length();
    int whole = cut ? Bytes.wholeCharacters(record.array(), start, end) : end;
    processed.set(record.array(), start, whole - start, record.context());
    try {
      ProcessorChain.Results results = processors.process(processed);
      dropped += processors.dropped();
      for (int i = 0; i < results.size(); i++) {
        if (!addWhole(tail, results.view(i, source.context()), at, false)) {
          return false;
        }
      }
    } catch (ProcessingException e) {
      return processingFailed(tail, record, at, cut, e);
    }
    if (cut) {
      events.oversize(tail, at, options.oversize());
    }
    return true;
  }

  /**
   * Adds a record.
   *
   * @param cut whether it was longer than what is held of it
   */
  private boolean addWhole(Tail tail, RecordView record, long at, boolean cut) {
    if (cut || record.length() > maxDataBytes) {
      return addOversize(tail, record, at, cut);
    }
    return add(tail, record.array(), record.offset(), record.length(), at);
  }

  private boolean processingFailed(
      Tail tail, RecordView record, long at, boolean cut, ProcessingException e) {
    OnError then = options.onError();
    if (then == null) {
      then = e.kind() == ProcessingException.Kind.UNMATCHED ? OnError.DROP : OnError.RAW;
    }
    boolean done =
        switch (then) {
          case DROP -> drop();
          case DEAD_LETTER ->
              addRefused(tail, record, at, "ProcessingFailed", e.getMessage() + rest(record, cut));
          case RAW -> addWhole(tail, record, at, cut);
        };
    if (done) {
      events.processingFailed(tail, at, e, then);
    }
    return done;
  }

  private boolean drop() {
    dropped++;
    return true;
  }

  /** What a dead letter says of a line that was too long to be held. */
  private static String rest(RecordView record, boolean cut) {
    return cut ? "; these are the first " + record.length() + " bytes of a longer line" : "";
  }

  private boolean addOversize(Tail tail, RecordView record, long at, boolean cut) {
    boolean done =
        switch (options.oversize()) {
          case DROP -> drop();
          case DEAD_LETTER ->
              addRefused(
                  tail,
                  record,
                  at,
                  "RecordTooLarge",
                  "the record is longer than the "
                      + maxDataBytes
                      + " bytes that are taken"
                      + rest(record, cut));
          case TRUNCATE -> addTruncated(tail, record, at);
          case SPLIT -> addSplit(tail, record, at);
        };
    if (done) {
      events.oversize(tail, at, options.oversize());
    }
    return done;
  }

  private boolean addTruncated(Tail tail, RecordView record, long at) {
    int room = maxDataBytes - terminator.length;
    // What was cut off before may fit: then it ends with its last whole character.
    int cut =
        record.length() <= room
            ? Bytes.wholeCharacters(
                record.array(), record.offset(), record.offset() + record.length())
            : Bytes.characterBoundary(record.array(), record.offset(), record.offset() + room);
    int length = cut - record.offset();
    byte[] truncated = new byte[length + terminator.length];
    System.arraycopy(record.array(), record.offset(), truncated, 0, length);
    System.arraycopy(terminator, 0, truncated, length, terminator.length);
    return add(tail, truncated, 0, truncated.length, at);
  }

  private boolean addSplit(Tail tail, RecordView record, long at) {
    int end = record.offset() + record.length();
    for (int start = record.offset(); start < end; ) {
      int cut =
          end - start <= maxDataBytes
              ? end
              : Bytes.characterBoundary(record.array(), start, start + maxDataBytes);
      if (!add(tail, record.array(), start, cut - start, at)) {
        return false;
      }
      start = cut;
    }
    return true;
  }

  /**
   * Puts a record into the open batch. One source record may become several; where there is room
   * for some of them only, those are passed over when the record is offered again.
   */
  private boolean add(Tail tail, byte[] data, int offset, int length, long at) {
    if (passedBefore()) {
      return true;
    }
    // Only the first record of a batch has a time.
    long now = batcher.anyOpen() ? 0 : clock.nanoTime();
    Batcher.Added added = batcher.add(tail, data, offset, length, at, now);
    if (added == Batcher.Added.FULL) {
      if (!seal()) {
        return false;
      }
      added = batcher.add(tail, data, offset, length, at, clock.nanoTime());
    }
    if (added != Batcher.Added.YES) {
      lacksMemory = true;
      memoryWait.goesOn(length, clock.nanoTime());
      return false;
    }
    memoryWait.over();
    pieces++;
    return true;
  }

  /** Puts a record into the open batch that is for the dead letters. */
  private boolean addRefused(Tail tail, RecordView record, long at, String code, String detail) {
    boolean takenBefore = pieces < piecesBefore;
    if (!add(tail, record.array(), record.offset(), record.length(), at)) {
      return false;
    }
    if (!takenBefore) {
      batcher.refuseLast(new Failure(Disposition.REJECTED, code, detail));
    }
    return true;
  }

  /** Whether a piece of a record was taken already when the record was offered before. */
  private boolean passedBefore() {
    if (pieces < piecesBefore) {
      pieces++;
      return true;
    }
    return false;
  }

  void close() {
    preparation.close();
    processors.close();
  }
}
