package io.kinesisagent.agent.app;

import io.kinesisagent.agent.batch.MemoryBudget;
import io.kinesisagent.agent.checkpoint.Checkpoint;
import io.kinesisagent.agent.checkpoint.Checkpointer;
import io.kinesisagent.agent.config.AgentConfig;
import io.kinesisagent.agent.config.FlowConfig;
import io.kinesisagent.agent.config.MemoryNeed;
import io.kinesisagent.agent.config.PluginServices;
import io.kinesisagent.agent.discover.ChangeSource;
import io.kinesisagent.agent.files.NioFileSource;
import io.kinesisagent.agent.files.OwnOutput;
import io.kinesisagent.agent.flow.ChunkPool;
import io.kinesisagent.agent.flow.FlowFactory;
import io.kinesisagent.agent.flow.FlowOptions;
import io.kinesisagent.agent.flow.FlowTask;
import io.kinesisagent.agent.lifecycle.TaskRunner;
import io.kinesisagent.agent.metrics.FlowMetrics;
import io.kinesisagent.agent.send.DeadLetters;
import io.kinesisagent.agent.send.Permits;
import io.kinesisagent.agent.send.SendingContext;
import io.kinesisagent.spi.Backend;
import io.kinesisagent.spi.Clock;
import io.kinesisagent.spi.InvalidSettingException;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Makes running flows of what the configuration says. Owned by the agent's main thread. */
final class FlowLauncher {
  private static final long MOST_RESERVED_BYTES = 2L << 20;

  private final AgentConfig config;
  private final Clock clock;
  private final Checkpointer checkpointer;
  private final int maxOpenFiles;
  private final MemoryBudget memory;
  private final ChunkPool chunks = new ChunkPool();
  private final Function<Runnable, ChangeSource> changes;
  private final FlowFactory factory;

  /**
   * @param config the agent-wide keys of which hold until the end of the process
   * @param changes makes a flow's source of hints, which wakes it by what it is given
   * @throws IOException where it cannot be told which files this process writes its output to
   */
  FlowLauncher(
      AgentConfig config,
      Clock clock,
      Checkpointer checkpointer,
      DeadLetters deadLetters,
      Function<Runnable, ChangeSource> changes)
      throws IOException {
    this.config = config;
    this.clock = clock;
    this.checkpointer = checkpointer;
    this.maxOpenFiles = OpenFileLimit.ofThisProcess().atMost(config.maxOpenFiles());
    long bytes = Math.max(config.maxMemoryBytes(), MemoryNeed.of(config.flows()));
    this.memory = new MemoryBudget(bytes, MemoryNeed.reserved(bytes));
    this.changes = changes;
    SendingContext sending =
        new SendingContext(
            new Permits(config.maxSendingThreads()),
            deadLetters,
            // Of all flows' threads, so one that is safe for them.
            new Random());
    this.factory = new FlowFactory(new NioFileSource(OwnOutput.keys()), sending);
  }

  /** The bound on the bytes of all batches. */
  long memoryBoundBytes() {
    return memory.totalBytes();
  }

  /**
   * Makes room for flows that are to run: the bound is raised where one of them needs it, and those
   * that run already leave the others as much as they keep.
   *
   * @param flows all that are to run, with those that do
   * @param running that stay
   */
  void makeRoom(List<FlowConfig> flows, List<RunningFlow> running) {
    long has = memory.totalBytes();
    long needs = Math.max(has, MemoryNeed.of(flows));
    long moreReserved = MemoryNeed.reserved(needs) - MemoryNeed.reserved(has);
    memory.raise(needs - has - moreReserved, moreReserved);
    running.forEach(flow -> flow.gear().memory().reserve(shareBytes(flows.size())));
  }

  /** Half of what may be reserved is left to flows that a reload adds before others are asked. */
  private long shareBytes(int flows) {
    return Math.min(MOST_RESERVED_BYTES, MemoryNeed.reserved(memory.totalBytes()) / 2 / flows);
  }

  /**
   * Makes a flow and sets its share of the memory aside; whoever called adds it to its runner.
   *
   * @param runner the thread that it will run on
   * @param flows how many flows there are, to share what they share
   */
  RunningFlow launch(FlowConfig flow, TaskRunner runner, int flows) {
    FlowMetrics metrics = new FlowMetrics();
    PluginServices services =
        new PluginServices(clock, Version.userAgent(), name -> metrics.named(name)::add);
    FlowGear gear =
        new FlowGear(
            new FlowBackend(flow.destination().backend(), services),
            metrics,
            new FlowReport(flow.id(), metrics, clock),
            memory.share(shareBytes(flows)),
            runner);
    int ofThisFlow = Math.max(16, maxOpenFiles / flows);
    return new RunningFlow(flow, gear, own -> task(flow, services, own, ofThisFlow));
  }

  private FlowTask task(FlowConfig flow, PluginServices services, FlowGear gear, int maxOpenFiles)
      throws IOException, InvalidSettingException {
    Backend backend = gear.backend().get();
    // What an earlier task held is given up with it.
    gear.memory().clear();
    FlowOptions options =
        FlowPlan.of(
            flow,
            backend.limits(),
            new RecordPlan(flow, services, gear.report()::tooCostly),
            checkpointer.knows(flow.id()),
            maxOpenFiles,
            memory.totalBytes(),
            config.checkpointTimeToLiveDays());
    FlowTask.Surroundings around =
        new FlowTask.Surroundings(
            flow.id(),
            Host.name(),
            clock,
            changes.apply(gear.runner()::wake),
            chunks,
            checkpointer);
    FlowTask task =
        factory.create(around, options, backend, gear.memory(), gear.report(), gear.runner()::wake);
    for (Checkpoint checkpoint : checkpointer.newest(flow.id())) {
      long unseenMillis = Math.max(0, clock.epochMillis() - checkpoint.epochMillis());
      task.restore(checkpoint.tail(), TimeUnit.MILLISECONDS.toNanos(unseenMillis));
    }
    return task;
  }
}
