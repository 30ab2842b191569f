package io.kinesisagent.benchmarks;

import io.kinesisagent.agent.batch.MemoryBudget;
import io.kinesisagent.agent.checkpoint.Checkpoint;
import io.kinesisagent.agent.checkpoint.Watermarks;
import io.kinesisagent.agent.discover.ChangeSource;
import io.kinesisagent.agent.discover.FilePattern;
import io.kinesisagent.agent.discover.FileSelection;
import io.kinesisagent.agent.files.NioFileSource;
import io.kinesisagent.agent.flow.ChunkPool;
import io.kinesisagent.agent.flow.FlowEvents;
import io.kinesisagent.agent.flow.FlowFactory;
import io.kinesisagent.agent.flow.FlowOptions;
import io.kinesisagent.agent.flow.FlowTask;
import io.kinesisagent.agent.flow.FlowTiming;
import io.kinesisagent.agent.flow.Oversize;
import io.kinesisagent.agent.flow.RecordOptions;
import io.kinesisagent.agent.frame.Framer;
import io.kinesisagent.agent.frame.Newlines;
import io.kinesisagent.agent.send.Permits;
import io.kinesisagent.agent.send.SenderOptions;
import io.kinesisagent.agent.send.SendingContext;
import io.kinesisagent.agent.tail.TailOptions;
import io.kinesisagent.spi.Backend;
import io.kinesisagent.spi.Batch;
import io.kinesisagent.spi.BatchLimits;
import io.kinesisagent.spi.Clock;
import io.kinesisagent.spi.Processor;
import io.kinesisagent.spi.SendResult;
import java.lang.reflect.Proxy;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A flow over {@code app.log} of a folder, stepped by the caller, whose destination takes
 * everything at once. Its clock stands still while there is work.
 */
final class BenchmarkedFlow implements AutoCloseable, Clock, Watermarks, Backend {
  private static final int MAX_RECORD_BYTES = 1 << 20;
  private static final BatchLimits LIMITS = new BatchLimits(500, 5 << 20, MAX_RECORD_BYTES, 0);
  private static final CompletionStage<SendResult> DELIVERED =
      CompletableFuture.completedFuture(new SendResult.Delivered());
  private static final long STEP_NANOS = 10_000_000;

  private final FlowTask task;
  private long nanos = 1;
  private long delivered;

  BenchmarkedFlow(
      Path folder,
      Framer framer,
      Newlines newlines,
      List<Processor> preparation,
      List<Processor> processors) {
    MemoryBudget memory = new MemoryBudget(64 << 20, 32 << 20);
    SendingContext sending =
        new SendingContext(
            new Permits(10),
            letters -> {
              throw new IllegalStateException(letters.toString());
            },
            new SplittableRandom(1));
    task =
        new FlowFactory(new NioFileSource(), sending)
            .create(
                new FlowTask.Surroundings(
                    "flow", "host", this, ChangeSource.NONE, new ChunkPool(), this),
                new FlowOptions(
                    FileSelection.of(
                        List.of(FilePattern.parse(folder + "/app.log", FileSystems.getDefault()))),
                    new TailOptions(0, null, 2 * MAX_RECORD_BYTES, false, -1, 10, newlines),
                    framer,
                    new RecordOptions(preparation, processors, null, Oversize.TRUNCATE, "\n"),
                    LIMITS,
                    4 << 20,
                    new SenderOptions(10, 10, 8 << 20, 0, 0),
                    new FlowTiming(1_000_000_000, 100_000_000, 1_000_000_000),
                    false),
                this,
                memory.share(memory.totalBytes() / 2),
                deaf(),
                () -> {});
  }

  private static FlowEvents deaf() {
    return (FlowEvents)
        Proxy.newProxyInstance(
            FlowEvents.class.getClassLoader(),
            new Class<?>[] {FlowEvents.class},
            (proxy, method, arguments) -> null);
  }

  /** Steps the flow until so many records are delivered; gives how many are. */
  long ship(long records) {
    while (delivered < records) {
      if (task.doWork() == 0) {
        nanos += STEP_NANOS;
      }
    }
    if (delivered != records) {
      throw new IllegalStateException(delivered + " records were delivered of " + records);
    }
    return delivered;
  }

  @Override
  public BatchLimits limits() {
    return LIMITS;
  }

  @Override
  public CompletionStage<SendResult> send(Batch batch) {
    delivered += batch.size();
    return DELIVERED;
  }

  @Override
  public void moved(Collection<Checkpoint> checkpoints) {}

  @Override
  public void started(String flow) {}

  @Override
  public long nanoTime() {
    return nanos;
  }

  @Override
  public long epochMillis() {
    return nanos / 1_000_000;
  }

  @Override
  public void close() {
    task.close();
  }
}
