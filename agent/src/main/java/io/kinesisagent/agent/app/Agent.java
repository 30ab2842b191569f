package io.kinesisagent.agent.app;

import io.kinesisagent.agent.batch.MemoryBudget;
import io.kinesisagent.agent.checkpoint.Checkpoint;
import io.kinesisagent.agent.checkpoint.Checkpointer;
import io.kinesisagent.agent.checkpoint.JournalCheckpointStore;
import io.kinesisagent.agent.config.AgentConfig;
import io.kinesisagent.agent.config.FlowConfig;
import io.kinesisagent.agent.config.PluginServices;
import io.kinesisagent.agent.discover.ChangeSource;
import io.kinesisagent.agent.discover.DirectoryWatcher;
import io.kinesisagent.agent.files.NioFileSource;
import io.kinesisagent.agent.files.NioStateFile;
import io.kinesisagent.agent.flow.ChunkPool;
import io.kinesisagent.agent.flow.FlowFactory;
import io.kinesisagent.agent.flow.FlowOptions;
import io.kinesisagent.agent.flow.FlowTask;
import io.kinesisagent.agent.lifecycle.Task;
import io.kinesisagent.agent.lifecycle.TaskRunner;
import io.kinesisagent.agent.metrics.FlowMetrics;
import io.kinesisagent.agent.send.Permits;
import io.kinesisagent.agent.send.SendingContext;
import io.kinesisagent.spi.Backend;
import io.kinesisagent.spi.Clock;
import io.kinesisagent.spi.InvalidSettingException;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/** The running agent: its state, its flows and the threads that they run on. */
final class Agent {
  private static final Logger LOG = LogManager.getLogger(Agent.class);
  private static final long MOST_RESERVED_BYTES = 2L << 20;

  private final AgentConfig config;
  private final Clock clock = Clock.system();
  private final JournalCheckpointStore store;
  private final Checkpointer checkpointer;
  private final MemoryBudget memory;
  private final ChunkPool chunks = new ChunkPool();
  private final DirectoryWatcher watcher;
  private final FlowFactory factory;
  private final List<RunningFlow> flows = new ArrayList<>();
  private final List<Backend> backends = new ArrayList<>();
  private final List<TaskRunner> runners = new ArrayList<>();
  private final TaskRunner keeper;
  private final CountDownLatch over = new CountDownLatch(1);
  private volatile Error fatal;

  private Agent(AgentConfig config) throws IOException {
    this.config = config;
    this.store = new JournalCheckpointStore(new NioStateFile(config.checkpointFile()), LOG::error);
    this.checkpointer = new Checkpointer(store, clock, LOG::error);
    this.memory = new MemoryBudget(config.maxMemoryBytes());
    this.watcher = new DirectoryWatcher(FileSystems.getDefault(), LOG::info);
    SendingContext sending =
        new SendingContext(
            new Permits(config.maxSendingThreads()),
            new JsonDeadLetters(config.deadLetterDirectory(), clock),
            new SplittableRandom());
    this.factory = new FlowFactory(new NioFileSource(), sending);
    this.keeper = runner("checkpointer");
    keeper.add(checkpointer);
  }

  /**
   * Runs until the process is told to stop.
   *
   * @return the exit status
   */
  static int run(AgentConfig config) throws InterruptedException {
    try (StateLock lock = StateLock.take(config.checkpointFile())) {
      Agent agent = new Agent(config);
      Signals.handle("TERM", agent.over::countDown);
      Signals.handle("INT", agent.over::countDown);
      agent.start();
      agent.over.await();
      return agent.stop();
    } catch (StateLock.HeldException e) {
      LOG.error("{}", e.getMessage());
      return ExitCode.UNAVAILABLE;
    } catch (IOException e) {
      LOG.error(
          "the checkpoint file {} cannot be used ({}): its directory must be writable by the user that"
              + " runs the agent",
          config.checkpointFile(),
          e.toString());
      return ExitCode.IO_ERROR;
    } catch (InvalidSettingException e) {
      LOG.error("{}: {}", e.setting(), e.getMessage());
      return ExitCode.CONFIG;
    }
  }

  private void start() throws InvalidSettingException {
    int threads = Math.min(config.flows().size(), Runtime.getRuntime().availableProcessors());
    for (int i = 0; i < threads; i++) {
      runners.add(runner("flows-" + (i + 1)));
    }
    for (int i = 0; i < config.flows().size(); i++) {
      TaskRunner runner = runners.get(i % threads);
      RunningFlow flow = flow(config.flows().get(i), runner);
      flows.add(flow);
      runner.add(flow);
      LOG.info("flow {} reads {}", flow.id(), config.flows().get(i).files().patterns());
    }
    keeper.start();
    runners.forEach(TaskRunner::start);
  }

  private RunningFlow flow(FlowConfig flow, TaskRunner runner) throws InvalidSettingException {
    FlowMetrics metrics = new FlowMetrics();
    PluginServices services =
        new PluginServices(clock, Version.userAgent(), name -> metrics.named(name)::add);
    Backend backend = flow.destination().backend().create(services);
    backends.add(backend);
    FlowReport report = new FlowReport(flow.id(), metrics, clock);
    long reserved = Math.min(MOST_RESERVED_BYTES, memory.totalBytes() / 2 / config.flows().size());
    MemoryBudget.Share[] share = new MemoryBudget.Share[1];
    return new RunningFlow(
        flow.id(),
        () -> {
          if (share[0] != null) {
            share[0].close();
          }
          share[0] = memory.share(reserved);
          return task(flow, backend, services, new Running(share[0], report, runner));
        },
        report);
  }

  private record Running(MemoryBudget.Share memory, FlowReport report, TaskRunner runner) {}

  private FlowTask task(FlowConfig flow, Backend backend, PluginServices services, Running running)
      throws IOException, InvalidSettingException {
    FlowOptions options =
        FlowPlan.of(
            flow,
            backend.limits(),
            new RecordPlan(flow, services, running.report()::tooCostly),
            checkpointer.knows(flow.id()),
            Math.max(16, config.maxOpenFiles() / config.flows().size()));
    ChangeSource changes = watcher.subscribe(running.runner()::wake);
    FlowTask.Surroundings around =
        new FlowTask.Surroundings(flow.id(), Host.name(), clock, changes, chunks, checkpointer);
    FlowTask task =
        factory.create(
            around, options, backend, running.memory(), running.report(), running.runner()::wake);
    for (Checkpoint checkpoint : checkpointer.newest(flow.id())) {
      task.restore(checkpoint.tail());
    }
    return task;
  }

  private TaskRunner runner(String name) {
    return new TaskRunner(name, clock, this::failed, this::broken);
  }

  private void failed(Task task, Exception e) {
    LOG.error("{} failed and is started again: {}", task.role(), e.toString(), e);
  }

  private void broken(Task task, Error e) {
    fatal = e;
    over.countDown();
  }

  /** Sends what was read within the time that a stop may take, and keeps the watermarks. */
  private int stop() throws InterruptedException {
    if (fatal != null) {
      LOG.fatal("the Java virtual machine is broken, the agent ends: {}", fatal.toString(), fatal);
      LogManager.shutdown();
      Runtime.getRuntime().halt(ExitCode.SOFTWARE);
    }
    LOG.info("stopping: what was read is sent within {} ms", config.shutdownTimeoutMillis());
    long deadline =
        System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(config.shutdownTimeoutMillis());
    flows.forEach(RunningFlow::stop);
    runners.forEach(TaskRunner::wake);
    boolean all = true;
    for (RunningFlow flow : flows) {
      all &= flow.awaitStopped(Math.max(0, deadline - System.nanoTime()));
    }
    runners.forEach(TaskRunner::stop);
    for (TaskRunner runner : runners) {
      runner.join(TimeUnit.SECONDS.toMillis(2));
    }
    flows.forEach(RunningFlow::abandon);
    keeper.stop();
    keeper.join(TimeUnit.SECONDS.toMillis(5));
    int status = keepLast();
    for (Backend backend : backends) {
      backend.close();
    }
    if (all) {
      LOG.info("stopped: everything that was read has been delivered");
    } else {
      LOG.warn("stopped: what was not acknowledged in time is left to the next start");
    }
    return status;
  }

  private int keepLast() {
    try {
      checkpointer.flush();
      store.close();
      watcher.close();
      return ExitCode.OK;
    } catch (IOException e) {
      LOG.error(
          "the last checkpoints could not be written ({}); the next start repeats some records",
          e.toString());
      return ExitCode.IO_ERROR;
    }
  }
}
