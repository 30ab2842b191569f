package io.kinesisagent.agent.app;

import io.kinesisagent.agent.batch.MemoryBudget;
import io.kinesisagent.agent.checkpoint.Checkpoint;
import io.kinesisagent.agent.checkpoint.Watermarks;
import io.kinesisagent.agent.config.FlowConfig;
import io.kinesisagent.agent.config.PluginServices;
import io.kinesisagent.agent.discover.ChangeSource;
import io.kinesisagent.agent.discover.FilePattern;
import io.kinesisagent.agent.discover.FileSelection;
import io.kinesisagent.agent.flow.ChunkPool;
import io.kinesisagent.agent.flow.FlowFactory;
import io.kinesisagent.agent.flow.FlowOptions;
import io.kinesisagent.agent.flow.FlowTask;
import io.kinesisagent.agent.flow.ForwardingEvents;
import io.kinesisagent.agent.flow.OnError;
import io.kinesisagent.agent.flow.Oversize;
import io.kinesisagent.agent.flow.RecordOptions;
import io.kinesisagent.agent.metrics.FlowMetrics;
import io.kinesisagent.agent.send.Permits;
import io.kinesisagent.agent.send.SendingContext;
import io.kinesisagent.agent.tail.Tail;
import io.kinesisagent.spi.Backend;
import io.kinesisagent.spi.Batch;
import io.kinesisagent.spi.BatchLimits;
import io.kinesisagent.spi.Clock;
import io.kinesisagent.spi.InvalidSettingException;
import io.kinesisagent.spi.ProcessingException;
import io.kinesisagent.spi.Processor;
import io.kinesisagent.spi.RecordCursor;
import io.kinesisagent.spi.RecordSink;
import io.kinesisagent.spi.RecordView;
import io.kinesisagent.spi.SendResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * A flow that runs once over a sample in memory, in time of its own, and whose records go nowhere.
 * It is the flow itself that runs, so what it makes of the sample is what it would send.
 */
final class Trial {
  private static final long MEMORY_BYTES = 64L << 20;

  private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final long LONGEST_NANOS = TimeUnit.HOURS.toNanos(1);

  /** What became of one source record: the records made of it, and what is to be said of it. */
  record Outcome(List<byte[]> records, List<String> notes) {}

  private final FlowConfig flow;
  private final Path path;
  private final byte[] sample;
  private final TrialClock clock = new TrialClock();
  private final Map<Long, Outcome> outcomes = new TreeMap<>();
  private String packing = "";

  /**
   * @param path what the records are told that their file is
   */
  Trial(FlowConfig flow, Path path, byte[] sample) {
    this.flow = flow;
    this.path = path;
    this.sample = sample;
  }

  /** Runs it; what became of each source record, by its offset in the sample. */
  Map<Long, Outcome> run() throws InvalidSettingException {
    PluginServices services = new PluginServices(clock, Version.userAgent(), name -> count -> {});
    try (Backend real = flow.destination().backend().create(services)) {
      packing = real.packing();
      FlowTask task = task(services, real.limits());
      long deadline = clock.nanoTime() + LONGEST_NANOS;
      while (clock.nanoTime() - deadline < 0 && !done(task)) {
        task.doWork();
        clock.nanos += STEP_NANOS;
      }
      task.drain();
      while (!task.drained()) {
        task.doWork();
        clock.nanos += STEP_NANOS;
      }
      task.close();
    }
    return outcomes;
  }

  /** What the destination makes of the records, as {@link Backend#packing}; after {@link #run}. */
  String packing() {
    return packing;
  }

  private boolean done(FlowTask task) {
    return task.tails().stream().anyMatch(tail -> tail.position().offset() >= sample.length);
  }

  private FilePattern pattern() {
    String directory = path.getParent().toString().replaceAll("([*?\\[\\]{}\\\\])", "\\\\$1");
    return FilePattern.parse(
        directory.endsWith("/") ? directory + "*" : directory + "/*", path.getFileSystem());
  }

  private Outcome outcome(long offset) {
    return outcomes.computeIfAbsent(offset, k -> new Outcome(new ArrayList<>(), new ArrayList<>()));
  }

  private void note(long offset, String note) {
    outcome(offset).notes().add(note);
  }

  private FlowTask task(PluginServices services, BatchLimits limits)
      throws InvalidSettingException {
    FlowOptions planned =
        FlowPlan.of(
            flow,
            limits,
            new RecordPlan(flow, services, (key, failure) -> {}),
            true,
            16,
            MEMORY_BYTES,
            1);
    RecordOptions records = planned.records();
    List<Processor> watched = new ArrayList<>();
    watched.add(new Watcher());
    watched.addAll(records.preparation());
    boolean plain = records.preparation().isEmpty() && records.processors().isEmpty();
    FlowOptions options =
        new FlowOptions(
            FileSelection.of(List.of(pattern())),
            planned.tail(),
            planned.framer(),
            new RecordOptions(
                plain ? List.of() : watched,
                records.processors(),
                records.onError(),
                records.oversize(),
                records.truncatedTerminator()),
            planned.limits(),
            planned.sealBytes(),
            planned.sender(),
            planned.timing(),
            false);
    SendingContext sending =
        new SendingContext(
            new Permits(1),
            letters -> {
              letters.forEach(
                  letter ->
                      note(letter.record().context().offset(), "would go to the dead letters"));
              return CompletableFuture.completedFuture(null);
            },
            new SplittableRandom(1));
    FlowTask.Surroundings around =
        new FlowTask.Surroundings(
            flow.id(), Host.name(), clock, ChangeSource.NONE, new ChunkPool(), new NoWatermarks());
    MemoryBudget memory = new MemoryBudget(Math.max(MEMORY_BYTES, 4L * sample.length), 0);
    return new FlowFactory(new SampleFile(path, sample), sending)
        .create(around, options, new Catcher(limits), memory.share(0), new Ears(), () -> {});
  }

  /** Goes on by whole steps, so that nothing is waited for. */
  private static final class TrialClock implements Clock {
    private long nanos;

    @Override
    public long nanoTime() {
      return nanos;
    }

    @Override
    public long epochMillis() {
      return System.currentTimeMillis();
    }
  }

  private static final class NoWatermarks implements Watermarks {
    @Override
    public void moved(Collection<Checkpoint> checkpoints) {}

    @Override
    public void started(String id) {}
  }

  /** Sees every source record before anything is done to it. */
  private final class Watcher implements Processor {
    @Override
    public void process(RecordView in, RecordSink out) {
      outcome(in.context().offset());
      out.forward(in);
    }
  }

  /** Hears why a record was not sent, or not as it was. */
  private final class Ears extends ForwardingEvents {
    Ears() {
      super(new FlowReport(flow.id(), new FlowMetrics(), clock));
    }

    @Override
    public void processingFailed(
        Tail tail, long offset, ProcessingException failure, OnError then) {
      String what =
          switch (then) {
            case RAW -> "sent as it was";
            case DROP -> "dropped";
            case DEAD_LETTER -> "put in the dead letters";
          };
      note(offset, what + ": " + failure.getMessage());
    }

    @Override
    public void oversize(Tail tail, long offset, Oversize then) {
      note(offset, "too long for the destination: oversizeRecordOption " + then);
    }
  }

  /** Takes what would be sent. */
  private final class Catcher implements Backend {
    private final BatchLimits limits;

    Catcher(BatchLimits limits) {
      this.limits = limits;
    }

    @Override
    public BatchLimits limits() {
      return limits;
    }

    @Override
    public CompletionStage<SendResult> send(Batch batch) {
      RecordCursor cursor = new RecordCursor();
      for (int i = 0; i < batch.size(); i++) {
        batch.read(i, cursor);
        int end = cursor.offset() + cursor.length();
        outcome(batch.context(i).offset())
            .records()
            .add(Arrays.copyOfRange(cursor.array(), cursor.offset(), end));
      }
      return CompletableFuture.completedFuture(new SendResult.Delivered());
    }

    @Override
    public void close() {}
  }
}
