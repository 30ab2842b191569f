package io.kinesisagent.tests.tailing;

import io.kinesisagent.agent.batch.MemoryBudget;
import io.kinesisagent.agent.checkpoint.Checkpoint;
import io.kinesisagent.agent.checkpoint.Checkpointer;
import io.kinesisagent.agent.checkpoint.JournalCheckpointStore;
import io.kinesisagent.agent.discover.ChangeSource;
import io.kinesisagent.agent.files.FileSource;
import io.kinesisagent.agent.files.NioFileSource;
import io.kinesisagent.agent.files.NioStateFile;
import io.kinesisagent.agent.flow.ChunkPool;
import io.kinesisagent.agent.flow.FlowFactory;
import io.kinesisagent.agent.flow.FlowTask;
import io.kinesisagent.agent.send.Permits;
import io.kinesisagent.agent.send.SendingContext;
import io.kinesisagent.agent.tail.Tail;
import io.kinesisagent.spi.Clock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The engine as the program puts it together, on real files and a real checkpoint file, stepped by
 * hand within one thread on a clock of its own. It looks at its files only while it is told to
 * work, so a test decides what happens between two looks.
 */
final class SteppedAgent implements AutoCloseable, Clock {
  private static final long MEMORY_BYTES = 16 << 20;
  private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private final Path folder;
  private final List<SteppedFlow> flows;
  private final Map<String, Destination> destinations = new LinkedHashMap<>();
  private final Map<String, FlowTask> tasks = new LinkedHashMap<>();
  private final Said said = new Said();
  private final List<String> alarms = new ArrayList<>();
  private FileSource files = new NioFileSource();
  private ChangeSource changes = ChangeSource.NONE;
  private NioStateFile state;
  private Checkpointer checkpointer;
  private long nanos = 1;
  private long wallClockMillis = 1_700_000_000_000L;

  /** An agent for {@code flows} in {@code folder}, not started yet. */
  SteppedAgent(Path folder, SteppedFlow... flows) {
    this.folder = folder;
    this.flows = List.of(flows);
    try {
      Files.createDirectories(logs());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.flows.forEach(flow -> destinations.put(flow.id(), new Destination()));
  }

  /** Where the flows look for their files. */
  Path logs() {
    return folder.resolve("logs");
  }

  Path checkpoints() {
    return folder.resolve("checkpoints");
  }

  /** Reads files this way from the next start on. */
  SteppedAgent on(FileSource other) {
    files = other;
    return this;
  }

  /** Hears of file changes this way from the next start on. */
  SteppedAgent hearing(ChangeSource other) {
    changes = other;
    return this;
  }

  // ---- life

  SteppedAgent start() {
    state = new NioStateFile(checkpoints());
    try {
      checkpointer =
          new Checkpointer(new JournalCheckpointStore(state, alarms::add), this, alarms::add);
      MemoryBudget budget = new MemoryBudget(MEMORY_BYTES, flows.size() * MEMORY_BYTES / 4);
      for (SteppedFlow flow : flows) {
        tasks.put(flow.id(), task(flow, budget));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  private FlowTask task(SteppedFlow flow, MemoryBudget budget) throws IOException {
    SendingContext sending =
        new SendingContext(
            new Permits(10),
            letters -> CompletableFuture.completedFuture(null),
            new SplittableRandom(1));
    FlowTask task =
        new FlowFactory(files, sending)
            .create(
                new FlowTask.Surroundings(
                    flow.id(), "host", this, changes, new ChunkPool(), checkpointer),
                flow.options(logs(), checkpointer.knows(flow.id())),
                destinations.get(flow.id()),
                budget.share(MEMORY_BYTES / 4),
                said.listener(),
                () -> {});
    for (Checkpoint checkpoint : checkpointer.newest(flow.id())) {
      task.restore(checkpoint.tail());
    }
    return task;
  }

  /** Ends as at SIGTERM: sends what was read, and writes its checkpoints. */
  void stop() {
    tasks.values().forEach(FlowTask::drain);
    for (int i = 0; i < 1_000 && !tasks.values().stream().allMatch(FlowTask::drained); i++) {
      step();
    }
    if (!tasks.values().stream().allMatch(FlowTask::drained)) {
      throw new AssertionError("the agent does not come to its end");
    }
    letGo();
    try {
      checkpointer.flush();
      state.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends as at SIGKILL: what is not in the checkpoint file is forgotten. */
  void kill() {
    letGo();
    try {
      state.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void letGo() {
    tasks.values().forEach(FlowTask::close);
    tasks.clear();
  }

  // ---- work

  /** Works for three seconds of its clock, and until nothing is left to do. */
  SteppedAgent work() {
    return work(Duration.ofSeconds(3));
  }

  /** Works for {@code span} of its clock, which passes only where there is nothing to do. */
  SteppedAgent work(Duration span) {
    long end = nanos + span.toNanos();
    while (nanos < end) {
      step();
    }
    return this;
  }

  private void step() {
    int work = 0;
    for (FlowTask task : tasks.values()) {
      work += task.doWork();
    }
    work += checkpointer.doWork();
    if (work == 0) {
      nanos += STEP_NANOS;
      wallClockMillis += TimeUnit.NANOSECONDS.toMillis(STEP_NANOS);
    }
  }

  /** Sets the wall clock; the other one goes on. */
  void wallClock(long epochMillis) {
    wallClockMillis = epochMillis;
  }

  // ---- what came of it

  /** What has arrived since the last time, after some work. */
  List<String> takeSent() {
    work();
    return destination().take();
  }

  Destination destination() {
    return destination(flows.get(0).id());
  }

  Destination destination(String flow) {
    return destinations.get(flow);
  }

  Said said() {
    return said;
  }

  /** What the checkpoint file gave reason to say. */
  List<String> alarms() {
    return alarms;
  }

  Collection<Tail> tails() {
    return tasks.get(flows.get(0).id()).tails();
  }

  /** The generation, among those that were found, whose file is or was {@code name}; the newest. */
  Tail tail(String name) {
    Tail newest = null;
    for (Tail tail : tails()) {
      if (tail.path().getFileName().toString().equals(name)
          && (newest == null || tail.generation() > newest.generation())) {
        newest = tail;
      }
    }
    if (newest == null) {
      throw new AssertionError("no generation of " + name + " among " + tails());
    }
    return newest;
  }

  long openFiles() {
    return tails().stream().filter(Tail::open).count();
  }

  @Override
  public long nanoTime() {
    return nanos;
  }

  @Override
  public long epochMillis() {
    return wallClockMillis;
  }

  @Override
  public void close() {
    letGo();
  }
}
