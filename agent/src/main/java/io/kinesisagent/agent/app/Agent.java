package io.kinesisagent.agent.app;

import io.kinesisagent.agent.checkpoint.Checkpointer;
import io.kinesisagent.agent.checkpoint.JournalCheckpointStore;
import io.kinesisagent.agent.config.AgentConfig;
import io.kinesisagent.agent.config.ConfigResult;
import io.kinesisagent.agent.config.FlowConfig;
import io.kinesisagent.agent.config.PluginCatalog;
import io.kinesisagent.agent.discover.DirectoryWatcher;
import io.kinesisagent.agent.files.NioStateFile;
import io.kinesisagent.agent.lifecycle.Task;
import io.kinesisagent.agent.lifecycle.TaskRunner;
import io.kinesisagent.spi.Clock;
import io.kinesisagent.spi.MetricsPublisher;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * The running agent: its state, its flows and the threads that they run on. Everything is decided
 * by one thread, in the order that it is told: reload, stop.
 */
final class Agent {
  private static final Logger LOG = LogManager.getLogger(Agent.class);

  /** A century, which no wall clock overflows with. */
  private static final long MOST_DAYS = 36_500;

  private enum Order {
    RELOAD,
    STOP
  }

  private final Clock clock = Clock.system();
  private final BlockingQueue<Order> orders = new LinkedBlockingQueue<>();
  private final Supplier<ConfigResult> reread;
  private final JournalCheckpointStore store;
  private final Checkpointer checkpointer;
  private final DirectoryWatcher watcher;
  private final FlowRoster roster;
  private final TaskRunner keeper;
  private final Reports reports;
  private final SystemdNotifier systemd;
  private final TaskFailures failures = new TaskFailures(clock);
  private AgentConfig config;

  private Agent(ConfigResult.Valid valid, PluginCatalog catalog, Supplier<ConfigResult> reread)
      throws IOException {
    this.config = valid.config();
    this.reread = reread;
    this.store = new JournalCheckpointStore(new NioStateFile(config.checkpointFile()), LOG::error);
    forgetUnusedFlows();
    this.checkpointer = new Checkpointer(store, clock, LOG::error);
    this.watcher = new DirectoryWatcher(FileSystems.getDefault(), LOG::info, LOG::warn);
    FlowLauncher launcher =
        new FlowLauncher(
            config,
            clock,
            checkpointer,
            new JsonDeadLetters(config.deadLetterDirectory(), clock),
            watcher::subscribe);
    int processors = Runtime.getRuntime().availableProcessors();
    this.roster = new FlowRoster(launcher, new FlowRunners(this::runner, processors));
    this.keeper = runner("checkpointer");
    keeper.add(checkpointer);
    StatusSource status =
        new StatusSource(
            valid.files().get(0), clock, roster, checkpointer, launcher::memoryBoundBytes);
    this.systemd = SystemdNotifier.ofThisProcess();
    TaskRunner reporter = runner("reports");
    reporter.add(failures);
    List<MetricsFeed> feeds = new ArrayList<>();
    for (MetricsPublisher publisher : Publishers.of(catalog, config, clock)) {
      feeds.add(new MetricsFeed(publisher, roster::flows, clock));
    }
    this.reports = new Reports(config, clock, roster, status, reporter, feeds);
    systemd.watchdog(clock, roster).ifPresent(reporter::add);
  }

  /**
   * Runs until the process is told to stop.
   *
   * @param catalog the installed plugins
   * @param reread reads the configuration anew
   * @return the exit status
   */
  static int run(ConfigResult.Valid valid, PluginCatalog catalog, Supplier<ConfigResult> reread)
      throws InterruptedException {
    AgentConfig config = valid.config();
    try (StateLock lock = StateLock.take(config.checkpointFile())) {
      new ReferenceImport(config, System.currentTimeMillis()).runIfDue();
      Agent agent = new Agent(valid, catalog, reread);
      Signals.handle("TERM", () -> agent.orders.add(Order.STOP));
      Signals.handle("INT", () -> agent.orders.add(Order.STOP));
      Signals.handle("HUP", () -> agent.orders.add(Order.RELOAD));
      agent.start();
      agent.obey();
      return agent.stop();
    } catch (StateLock.HeldException e) {
      LastWords.say(LOG, Level.ERROR, e.getMessage());
      return ExitCode.UNAVAILABLE;
    } catch (IOException e) {
      LastWords.say(
          LOG,
          Level.ERROR,
          "the checkpoint file "
              + config.checkpointFile()
              + " cannot be used ("
              + FileFailure.text(e)
              + "): it, what lies beside it and its directory must be writable by the user that runs"
              + " the agent");
      return ExitCode.IO_ERROR;
    }
  }

  private void forgetUnusedFlows() throws IOException {
    long days = Math.min(config.checkpointTimeToLiveDays(), MOST_DAYS);
    List<String> used = config.flows().stream().map(FlowConfig::id).toList();
    for (String flow :
        store.forgetUnused(used, clock.epochMillis() - TimeUnit.DAYS.toMillis(days))) {
      LOG.info(
          "the checkpoints of {} are forgotten: no such flow is configured, and none has moved for"
              + " {} days",
          flow,
          days);
    }
  }

  private void start() throws InterruptedException {
    keeper.start();
    roster.become(config.flows(), config.shutdownTimeoutMillis());
    reports.start();
    systemd.ready(shipping());
  }

  private String shipping() {
    int run = roster.flows().size();
    return run == 1 ? "1 flow runs" : run + " flows run";
  }

  private void obey() throws InterruptedException {
    for (Order order = orders.take(); order == Order.RELOAD; order = orders.take()) {
      systemd.reloading();
      systemd.ready(reload());
    }
  }

  /**
   * Takes up the configuration as it is now, or says why not and changes nothing.
   *
   * @return what came of it, for people, in one line
   */
  private String reload() throws InterruptedException {
    LOG.info("reloading the configuration");
    ConfigResult result = reread.get();
    result.problems().forEach(RunCommand::log);
    if (!(result instanceof ConfigResult.Valid valid)) {
      LOG.error(
          "the configuration {} has errors: nothing is changed, the agent goes on as it was",
          RunCommand.names(result.files()));
      Refusal refusal = Refusal.of(result.problems(), clock.epochMillis());
      reports.refused(refusal);
      return shipping() + "; the last reload was REFUSED: " + refusal.line();
    }
    List<String> later = config.differencesOfAgent(valid.config());
    if (!later.isEmpty()) {
      LOG.warn("these keys are taken up at the next start only: {}", String.join(", ", later));
    }
    roster.become(valid.config().flows(), config.shutdownTimeoutMillis());
    reports.reloaded();
    LOG.info("reloaded: {}", shipping());
    return shipping();
  }

  private TaskRunner runner(String name) {
    return new TaskRunner(name, clock, failures::failed, this::broken);
  }

  private void broken(Task task, Error e) {
    LastWords.endBroken(task.role(), e);
  }

  /** Sends what was read within the time that a stop may take, and keeps the watermarks. */
  private int stop() throws InterruptedException {
    systemd.stopping(config.shutdownTimeoutMillis());
    LOG.info("stopping: what was read is sent within {} ms", config.shutdownTimeoutMillis());
    boolean all = roster.stop(config.shutdownTimeoutMillis());
    keeper.stop();
    keeper.join(TimeUnit.SECONDS.toMillis(5));
    int status = keepLast();
    reports.close();
    roster.close();
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
