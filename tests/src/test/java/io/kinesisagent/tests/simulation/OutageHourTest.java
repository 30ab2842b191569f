package io.kinesisagent.tests.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinesisagent.agent.batch.MemoryBudget;
import io.kinesisagent.agent.checkpoint.Checkpoint;
import io.kinesisagent.agent.checkpoint.Watermarks;
import io.kinesisagent.agent.discover.FilePattern;
import io.kinesisagent.agent.discover.FileSelection;
import io.kinesisagent.agent.flow.ChunkPool;
import io.kinesisagent.agent.flow.FlowFactory;
import io.kinesisagent.agent.flow.FlowOptions;
import io.kinesisagent.agent.flow.FlowTask;
import io.kinesisagent.agent.flow.FlowTiming;
import io.kinesisagent.agent.flow.RecordOptions;
import io.kinesisagent.agent.frame.LineFramer;
import io.kinesisagent.agent.send.Permits;
import io.kinesisagent.agent.send.SenderOptions;
import io.kinesisagent.agent.send.SendingContext;
import io.kinesisagent.agent.tail.Tail;
import io.kinesisagent.agent.tail.TailOptions;
import io.kinesisagent.spi.Backend;
import io.kinesisagent.spi.Batch;
import io.kinesisagent.spi.BatchLimits;
import io.kinesisagent.spi.Disposition;
import io.kinesisagent.spi.Failure;
import io.kinesisagent.spi.RecordCursor;
import io.kinesisagent.spi.SendResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * An hour without the destination under 1,000 lines a second, in steps of 20 ms of a clock that is
 * moved by hand, with a rotation every ten minutes.
 */
class OutageHourTest implements Backend, Watermarks {
  private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final int LINES_PER_STEP = 20;
  private static final int STEPS_PER_SECOND = 50;
  private static final int HOUR = 3600;
  private static final int ROTATION_SECONDS = 600;
  private static final long MEMORY_BYTES = 4 << 20;
  private static final BatchLimits LIMITS = new BatchLimits(500, 1 << 20, 1 << 16, 0);
  private static final Path LOG = Path.of("/logs/app.log");

  private record Reply(long dueNanos, SendResult result, CompletableFuture<SendResult> to) {}

  private final SimClock clock = new SimClock();
  private final SimChanges changes = new SimChanges(true);
  private final SimDisk disk = new SimDisk(clock, changes::changed, () -> {}, false);
  private final MemoryBudget.Share memory = new MemoryBudget(MEMORY_BYTES, 1 << 20).share(1 << 20);
  private final Deque<Reply> replies = new ArrayDeque<>();
  private final BitSet arrived = new BitSet();
  private final FlowTask task = task();
  private SimDisk.Inode file = disk.create(LOG);
  private boolean away;
  private int attempts;
  private int repeats;
  private int written;
  private int rotations;
  private long steps;
  private long mostHeld;

  private FlowTask task() {
    FlowOptions options =
        new FlowOptions(
            FileSelection.of(
                List.of(FilePattern.parse("/logs/app.log*", FileSystems.getDefault()))),
            new TailOptions(0, null, LIMITS.maxDataBytes(), false, -1, 100),
            new LineFramer(),
            RecordOptions.plain(),
            LIMITS,
            LIMITS.maxBytes(),
            new SenderOptions(100, 100, 8 << 20, 100, 10_000),
            new FlowTiming(1_000_000_000L, 100_000_000L, 10_000_000_000L),
            false);
    SendingContext sending =
        new SendingContext(
            new Permits(24),
            letters -> {
              throw new AssertionError(letters);
            },
            new SplittableRandom(1));
    return new FlowFactory(disk, sending)
        .create(
            new FlowTask.Surroundings("flow", "host", clock, changes, new ChunkPool(), this),
            options,
            this,
            memory,
            new SimEvents(new Coverage(), what -> {}, tail -> {}, tail -> {}),
            () -> {});
  }

  @Test
  void losesNothingHoldsLittleAsksSeldomAndCatchesUp() {
    run(10);
    assertThat(arrived.cardinality()).isGreaterThan(8 * LINES_PER_STEP * STEPS_PER_SECOND);
    attempts = 0;
    away = true;
    run(60);
    long heldSoon = memory.held();
    int arrivedBefore = arrived.cardinality();
    run(HOUR - 60);
    long heldLate = memory.held();
    assertThat(arrived.cardinality()).isEqualTo(arrivedBefore);
    assertThat(attempts).as("attempts in an hour").isBetween(HOUR / 10, HOUR / 2);
    assertThat(heldLate).isLessThanOrEqualTo(heldSoon + (64 << 10));

    int attemptsWhileAway = attempts;
    int behind = written - arrived.cardinality();
    away = false;
    int seconds = 0;
    while (written - arrived.cardinality() > 2 * LINES_PER_STEP * STEPS_PER_SECOND) {
      run(1);
      assertThat(seconds++).as("seconds of catching up").isLessThan(300);
    }
    System.out.printf(
        "an hour away: %d attempts, %,d lines behind, %,d bytes held after a minute and %,d after an"
            + " hour, at most %,d; caught up within %d s%n",
        attemptsWhileAway, behind, heldSoon, heldLate, mostHeld, seconds);
    for (int i = 0; i < 5 * STEPS_PER_SECOND; i++) {
      step();
    }
    assertThat(arrived.cardinality()).isEqualTo(written);
    assertThat(repeats).isZero();
    assertThat(memory.held()).isZero();
    assertThat(task.tails()).allMatch(Tail::settled);
    assertThat(rotations).isGreaterThan(5);
  }

  /** Lines are written for some seconds while the flow works. */
  private void run(int seconds) {
    for (int i = 0; i < seconds * STEPS_PER_SECOND; i++) {
      StringBuilder lines = new StringBuilder();
      for (int line = 0; line < LINES_PER_STEP; line++) {
        lines.append(String.format("%08d%n", written++));
      }
      disk.write(file, file.size, lines.toString().getBytes(StandardCharsets.US_ASCII));
      if (++steps % ((long) ROTATION_SECONDS * STEPS_PER_SECOND) == 0) {
        disk.rename(LOG, Path.of(LOG + "." + ++rotations));
        file = disk.create(LOG);
      }
      step();
    }
  }

  private void step() {
    clock.advance(STEP_NANOS);
    while (!replies.isEmpty() && replies.peek().dueNanos() <= clock.nanoTime()) {
      Reply reply = replies.poll();
      reply.to().complete(reply.result());
    }
    while (task.doWork() > 0) {
      mostHeld = Math.max(mostHeld, memory.held());
    }
    assertThat(memory.held()).isLessThanOrEqualTo(MEMORY_BYTES);
  }

  @Override
  public BatchLimits limits() {
    return LIMITS;
  }

  @Override
  public CompletionStage<SendResult> send(Batch batch) {
    attempts++;
    SendResult result = SendResult.DELIVERED;
    if (away) {
      result = new SendResult.Failed(new Failure(Disposition.RETRY, "Refused", "away"));
    } else {
      RecordCursor record = new RecordCursor();
      for (int i = 0; i < batch.size(); i++) {
        batch.read(i, record);
        enter(record);
      }
    }
    CompletableFuture<SendResult> to = new CompletableFuture<>();
    replies.add(new Reply(clock.nanoTime() + STEP_NANOS, result, to));
    return to;
  }

  private void enter(RecordCursor record) {
    int number =
        Integer.parseInt(new String(record.array(), record.offset(), 8, StandardCharsets.US_ASCII));
    repeats += arrived.get(number) ? 1 : 0;
    arrived.set(number);
  }

  @Override
  public void moved(Collection<Checkpoint> checkpoints) {}

  @Override
  public void started(String flow) {}

  @Override
  public void close() {}
}
