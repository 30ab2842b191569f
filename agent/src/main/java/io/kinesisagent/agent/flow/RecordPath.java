package io.kinesisagent.agent.flow;

import io.kinesisagent.agent.batch.Batcher;
import io.kinesisagent.agent.batch.PackedBatch;
import io.kinesisagent.agent.frame.Bytes;
import io.kinesisagent.agent.send.DeadLetters;
import io.kinesisagent.agent.send.Sender;
import io.kinesisagent.agent.tail.RecordTarget;
import io.kinesisagent.agent.tail.Tail;
import io.kinesisagent.agent.tail.TailReader;
import io.kinesisagent.spi.Clock;
import io.kinesisagent.spi.Disposition;
import io.kinesisagent.spi.Failure;
import io.kinesisagent.spi.ProcessingException;
import io.kinesisagent.spi.RecordView;
import java.io.IOException;
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
  private final DeadLetters deadLetters;
  private final FlowEvents events;
  private final Clock clock;
  private final ProcessorChain preparation;
  private final ProcessorChain processors;
  private final SourceRecord source;
  private final int maxDataBytes;
  private final byte[] terminator;

  private TailReader reader;
  private boolean blocked;
  private boolean lacksMemory;
  private Tail resumeTail;
  private long resumeOffset;
  private int resumePieces;
  private int pieces;

  RecordPath(
      Batcher batcher,
      Sender sender,
      RecordOptions options,
      DeadLetters deadLetters,
      FlowEvents events,
      FlowTask.Surroundings around) {
    this.batcher = batcher;
    this.sender = sender;
    this.options = options;
    this.deadLetters = deadLetters;
    this.events = events;
    this.clock = around.clock();
    this.preparation = new ProcessorChain(options.preparation());
    this.processors = new ProcessorChain(options.processors());
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
    blocked = false;
    lacksMemory = false;
  }

  /** Lets what had no memory be offered again: other flows may have given some back. */
  void tryMemoryAgain() {
    if (lacksMemory) {
      lacksMemory = false;
      blocked = false;
    }
  }

  /** Whether it is memory that is lacking, which other flows may give back. */
  boolean lacksMemory() {
    return lacksMemory;
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

  @Override
  public boolean offer(Tail tail, byte[] data, int offset, int length, boolean cut) {
    long at = reader.offsetOf(offset);
    pieces = 0;
    boolean taken =
        (processors.isEmpty() && preparation.isEmpty())
            ? offerPlain(tail, data, offset, length, at)
            : offerProcessed(tail, data, offset, length, at);
    if (taken) {
      resumeTail = null;
      if (pieces == 0) {
        tail.account().dropped(1);
        events.dropped(1);
      } else if (pieces > 1) {
        tail.account().multiplied(pieces - 1L);
      }
    } else {
      resumeTail = tail;
      resumeOffset = at;
      blocked = true;
    }
    return taken;
  }

  private boolean offerPlain(Tail tail, byte[] data, int offset, int length, long at) {
    if (length <= maxDataBytes) {
      return add(tail, data, offset, length, at);
    }
    source.set(tail, data, offset, length, at);
    return addOversize(tail, source, at);
  }

  private boolean offerProcessed(Tail tail, byte[] data, int offset, int length, long at) {
    source.set(tail, data, offset, length, at);
    RecordView record = source;
    try {
      ProcessorChain.Results prepared = preparation.process(source);
      for (int i = 0; i < prepared.size(); i++) {
        record = prepared.view(i, source.context());
        if (!addAll(tail, processors.process(record), at)) {
          return false;
        }
      }
      return true;
    } catch (ProcessingException e) {
      return processingFailed(tail, record, at, e);
    }
  }

  private boolean addAll(Tail tail, ProcessorChain.Results results, long at) {
    for (int i = 0; i < results.size(); i++) {
      RecordView result = results.view(i, source.context());
      boolean added =
          result.length() <= maxDataBytes
              ? add(tail, result.array(), result.offset(), result.length(), at)
              : addOversize(tail, result, at);
      if (!added) {
        return false;
      }
    }
    return true;
  }

  private boolean processingFailed(Tail tail, RecordView record, long at, ProcessingException e) {
    OnError then = options.onError();
    if (then == null) {
      then = e.kind() == ProcessingException.Kind.UNMATCHED ? OnError.DROP : OnError.RAW;
    }
    boolean done =
        switch (then) {
          case DROP -> true;
          case DEAD_LETTER -> deadLetter(tail, record, "ProcessingFailed", e.getMessage());
          case RAW ->
              record.length() <= maxDataBytes
                  ? add(tail, record.array(), record.offset(), record.length(), at)
                  : addOversize(tail, record, at);
        };
    if (done) {
      events.processingFailed(tail, at, e, then);
    }
    return done;
  }

  private boolean addOversize(Tail tail, RecordView record, long at) {
    boolean done =
        switch (options.oversize()) {
          case DROP -> true;
          case DEAD_LETTER ->
              deadLetter(
                  tail,
                  record,
                  "RecordTooLarge",
                  "the record is longer than the " + maxDataBytes + " bytes that are taken");
          case TRUNCATE -> addTruncated(tail, record, at);
          case SPLIT -> addSplit(tail, record, at);
        };
    if (done) {
      events.oversize(tail, at, options.oversize());
    }
    return done;
  }

  private boolean addTruncated(Tail tail, RecordView record, long at) {
    int end = record.offset() + maxDataBytes - terminator.length;
    int cut = Bytes.characterBoundary(record.array(), record.offset(), end);
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

  private boolean deadLetter(Tail tail, RecordView record, String code, String detail) {
    Failure reason = new Failure(Disposition.REJECTED, code, detail);
    try {
      deadLetters.write(record, reason);
    } catch (IOException e) {
      events.deadLetterFailed(String.valueOf(e.getMessage()));
      // As for memory, nothing of this flow's own needs to settle before it is worth another try.
      lacksMemory = true;
      return false;
    }
    pieces++;
    tail.account().deadLettered(1);
    return true;
  }

  /**
   * Puts a record into the open batch. One source record may become several; where there is room
   * for some of them only, those are passed over when the record is offered again.
   */
  private boolean add(Tail tail, byte[] data, int offset, int length, long at) {
    if (resumeTail == tail && resumeOffset == at && pieces < resumePieces) {
      pieces++;
      return true;
    }
    Batcher.Added added = batcher.add(tail, data, offset, length, at, clock.nanoTime());
    if (added == Batcher.Added.FULL) {
      if (!seal()) {
        resumePieces = pieces;
        return false;
      }
      added = batcher.add(tail, data, offset, length, at, clock.nanoTime());
    }
    if (added != Batcher.Added.YES) {
      lacksMemory = true;
      resumePieces = pieces;
      return false;
    }
    pieces++;
    return true;
  }

  void close() {
    preparation.close();
    processors.close();
  }
}
