package io.kinesisagent.agent.flow;

import io.kinesisagent.agent.batch.Batcher;
import io.kinesisagent.agent.batch.PackedBatch;
import io.kinesisagent.agent.checkpoint.Watermarks;
import io.kinesisagent.agent.discover.ChangeSource;
import io.kinesisagent.agent.discover.Snapshot;
import io.kinesisagent.agent.frame.Framer;
import io.kinesisagent.agent.lifecycle.Task;
import io.kinesisagent.agent.send.Sender;
import io.kinesisagent.agent.tail.KnownTail;
import io.kinesisagent.agent.tail.Tail;
import io.kinesisagent.agent.tail.TailReader;
import io.kinesisagent.agent.tail.TailSet;
import io.kinesisagent.spi.Clock;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * Does all the work of one flow in turn: takes in what has been sent, looks for file changes, reads
 * and frames a little of each readable file, seals batches, starts to send them, hands on the
 * watermarks. Everything in it belongs to the thread that runs it.
 */
public final class FlowTask implements Task {
  private static final int CHUNK_BYTES = 256 * 1024;
  private static final int CHUNKS_A_STEP = 8;
  private static final long BLOCKED_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  /**
   * What surrounds a flow.
   *
   * @param flow its id
   * @param host the name of this host
   * @param watermarks takes what is to be kept
   */
  public record Surroundings(
      String flow,
      String host,
      Clock clock,
      ChangeSource changes,
      ChunkPool chunks,
      Watermarks watermarks) {}

  private final Surroundings around;
  private final Clock clock;
  private final FlowTiming timing;
  private final TailSet tails;
  private final Discovery discovery;
  private final TailReader reader;
  private final RecordPath path;
  private final Batcher batcher;
  private final Sender sender;
  private final Retention retention;
  private final Progress progress;

  private boolean startedSaid;
  private long blockedUntilNanos;
  private boolean draining;

  /** Once it drains: the tails that have the rest of a record to offer. */
  private final Deque<Tail> halfTaken = new ArrayDeque<>();

  /**
   * Puts a flow together.
   *
   * @param parts made for this flow alone
   */
  FlowTask(Surroundings around, FlowParts parts, FlowTiming timing) {
    this.around = around;
    this.clock = around.clock();
    this.timing = timing;
    this.tails = parts.tails();
    this.reader = parts.reader();
    this.path = parts.path();
    this.batcher = parts.batcher();
    this.sender = parts.sender();
    this.retention = new Retention(timing.retentionNanos());
    this.progress = new Progress(around.flow(), clock, around.watermarks());
    this.discovery = parts.discovery();
    blockedUntilNanos = clock.nanoTime();
  }

  /** Takes up a generation that an earlier run left. Before the first step. */
  public void restore(KnownTail known) {
    restore(known, 0);
  }

  /**
   * Takes up a generation that an earlier run left. Before the first step.
   *
   * @param unseenNanos how long ago its file was seen for sure
   */
  public void restore(KnownTail known, long unseenNanos) {
    tails.restore(known);
    retention.restored(known.generation(), unseenNanos, clock.nanoTime());
  }

  @Override
  public String role() {
    return "flow " + around.flow();
  }

  @Override
  public int doWork() {
    long now = clock.nanoTime();
    int work = sender.complete();
    if (!draining) {
      work += discovery.step(now);
      forgetWhatIsOver(now);
      work += read(now);
    } else if (!halfTaken.isEmpty()) {
      work += readRestOfRecord(now);
    }
    work += sealWhatIsDue(now);
    work += sender.dispatch();
    progress.publish(now);
    if (discovery.looked() && !startedSaid && !tails.placesOpen()) {
      startedSaid = true;
      progress.publishAll();
      around.watermarks().started(around.flow());
    }
    return work;
  }

  @Override
  public long idleUntilNanos(long nowNanos) {
    long until = discovery.dueNanos();
    until = Math.min(until, sender.dueNanos(nowNanos));
    until = Math.min(until, progress.dueNanos(until));
    if (batcher.anyOpen() && !sender.full()) {
      until = Math.min(until, batcher.openedAtNanos() + timing.maxBufferAgeNanos());
    }
    if (draining ? !halfTaken.isEmpty() : tails.anyReady()) {
      if (!path.blocked() || (!path.lacksMemory() && sender.wantsBatches())) {
        until = nowNanos;
      } else if (path.lacksMemory()) {
        until = Math.min(until, blockedUntilNanos);
      }
    }
    return until;
  }

  /** Only once every generation that an earlier run left has had the chance to find its file. */
  private void forgetWhatIsOver(long now) {
    if (discovery.settledIn() && retention.due(now)) {
      retention.stale(tails.all(), now).forEach(progress::moved);
      for (Tail tail : retention.over(tails.all(), tails::unseen, now)) {
        tails.forget(tail);
        progress.over(tail);
      }
    }
  }

  // ---- reading

  private int read(long now) {
    unblock(now);
    if (!tails.anyReady()) {
      path.nothingToRead();
      return 0;
    }
    if (path.blocked()) {
      return 0;
    }
    if (!path.ready()) {
      path.block();
      blockedUntilNanos = now + BLOCKED_NANOS;
      return 0;
    }
    int work = 0;
    byte[] chunk = around.chunks().borrow();
    try {
      for (int i = 0; i < CHUNKS_A_STEP && !path.blocked(); i++) {
        Tail tail = tails.next();
        if (tail == null) {
          break;
        }
        work += read(tail, chunk, now);
      }
    } finally {
      around.chunks().giveBack(chunk);
    }
    if (path.blocked()) {
      blockedUntilNanos = now + BLOCKED_NANOS;
    }
    return work;
  }

  /** A record that became several is not left half sent, to be repeated at the next start. */
  private int readRestOfRecord(long now) {
    unblock(now);
    if (path.blocked()) {
      return 0;
    }
    Tail tail = halfTaken.peek();
    int work = 0;
    if (tails.readable(tail)) {
      byte[] chunk = around.chunks().borrow();
      try {
        work = read(tail, chunk, now);
      } finally {
        around.chunks().giveBack(chunk);
      }
    }
    if (path.blocked()) {
      blockedUntilNanos = now + BLOCKED_NANOS;
    }
    if (tail.piecesTaken() == 0 || !path.blocked()) {
      halfTaken.remove();
    }
    return work;
  }

  private void unblock(long now) {
    if (path.lacksMemory() && now - blockedUntilNanos >= 0) {
      path.tryMemoryAgain();
    }
    path.tryPlaceAgain();
  }

  private int read(Tail tail, byte[] chunk, long now) {
    long before = tail.position().offset();
    Framer.Flush flush = tails.flush(tail, now);
    tail.lookedAt(now);
    try {
      TailReader.Outcome outcome = reader.read(tail, chunk, CHUNK_BYTES, flush);
      tail.lookedAt(now);
      settleWhatHasNoRecords(tail);
      noteGrowth(tail, before);
      switch (outcome) {
        case MORE -> tails.again(tail);
        case DRAINED -> tails.drained(tail, flush);
        case BLOCKED -> tails.first(tail);
        case CHANGED -> tails.changed(tail);
      }
      return outcome == TailReader.Outcome.MORE || tail.position().offset() != before ? 1 : 0;
    } catch (IOException e) {
      settleWhatHasNoRecords(tail);
      tails.trouble(tail, e);
      return 0;
    }
  }

  /**
   * What a file is known to hold is kept before it is settled: should the file be gone at the next
   * start, what is lost with it can be told.
   */
  private void noteGrowth(Tail tail, long before) {
    if (tail.position().offset() != before) {
      progress.moved(tail);
    }
  }

  /** A span whose bytes became no record that is still to be sent settles at once. */
  private void settleWhatHasNoRecords(Tail tail) {
    if (tail.untracked() && !batcher.covers(tail)) {
      tail.settle(tail.track());
      progress.moved(tail);
    }
  }

  private int sealWhatIsDue(long now) {
    if (!batcher.anyOpen()) {
      return 0;
    }
    boolean due =
        draining || batcher.full() || now - batcher.openedAtNanos() >= timing.maxBufferAgeNanos();
    return due && path.seal() ? 1 : 0;
  }

  // ---- settling

  void settled(PackedBatch batch) {
    batch.spans().stream().map(PackedBatch.Span::tail).forEach(progress::moved);
    path.settled(batch);
  }

  /** A generation has a place to go on from. */
  void started(Tail tail) {
    progress.moved(tail);
  }

  /** A generation is over. */
  void finished(Tail tail, boolean forget) {
    if (forget) {
      progress.over(tail);
    } else {
      progress.moved(tail);
    }
  }

  /**
   * Reads no more than the rest of a record that is sent in part; what was read is sent. Called by
   * the thread that runs the task.
   */
  public void drain() {
    if (draining) {
      return;
    }
    draining = true;
    path.drain();
    tails.all().stream().filter(tail -> tail.piecesTaken() > 0).forEach(halfTaken::add);
  }

  /** Whether all that was read has settled and was handed on. */
  public boolean drained() {
    return draining && sender.idle() && !batcher.anyOpen() && halfTaken.isEmpty();
  }

  /** Hands on the last watermarks and lets go of everything. No step may follow. */
  public void close() {
    // What has settled last may tell that a file is a copy, which the next start could not.
    tails.settleOpenQuestions();
    progress.publishLast(tails.all());
    around.changes().close();
    tails.close();
    path.close();
    sender.close();
  }

  /** The generations of the flow's files. */
  public Collection<Tail> tails() {
    return tails.all();
  }

  /** The flow's batches that have not settled. */
  public int batches() {
    return sender.batches();
  }

  /** The file system as it was last seen. */
  public Snapshot snapshot() {
    return discovery.snapshot();
  }
}
