package io.kinesisagent.agent.app;

import io.kinesisagent.agent.config.FlowConfig;
import io.kinesisagent.agent.discover.FilePattern;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * The flows that run, and how they become those of another configuration. Changed by the agent's
 * main thread only; {@link #flows} may be called by any.
 */
final class FlowRoster {
  private static final Logger LOG = LogManager.getLogger(FlowRoster.class);

  private final FlowLauncher launcher;
  private final FlowRunners runners;
  private volatile List<RunningFlow> flows = List.of();

  FlowRoster(FlowLauncher launcher, FlowRunners runners) {
    this.launcher = launcher;
    this.runners = runners;
  }

  /** The flows that run now. */
  List<RunningFlow> flows() {
    return flows;
  }

  /**
   * Runs these flows and no others. A flow of the same definition is not disturbed; one that is not
   * among them, or changed, sends what it has read and ends, and only then begins again.
   *
   * @param withinMillis how long a flow may take to end
   */
  void become(List<FlowConfig> wanted, long withinMillis) throws InterruptedException {
    Map<String, FlowConfig> missing = new LinkedHashMap<>();
    wanted.forEach(flow -> missing.put(flow.id(), flow));
    List<RunningFlow> kept = new ArrayList<>();
    List<RunningFlow> ending = new ArrayList<>();
    for (RunningFlow flow : flows) {
      FlowConfig same = missing.get(flow.id());
      boolean unchanged =
          same != null && same.definition().equals(flow.config().definition()) && !flow.stopping();
      if (unchanged) {
        missing.remove(flow.id());
        kept.add(flow);
      } else {
        LOG.info("flow {} {}", flow.id(), same == null ? "is removed" : "is changed");
        ending.add(flow);
      }
    }
    end(ending, withinMillis);
    for (RunningFlow flow : ending) {
      if (flow.abandon()) {
        flow.gear().runner().remove(flow);
        flow.gear().backend().close();
      } else {
        kept.add(flow);
        missing.remove(flow.id());
        LOG.error(
            "flow {} hangs in a step, as on a disk that does not answer, and can neither be ended"
                + " nor changed: mend what it hangs on and reload again, or restart the agent",
            flow.id());
      }
    }
    flows = List.copyOf(kept);
    launcher.makeRoom(wanted, kept);
    List<RunningFlow> added = new ArrayList<>();
    for (FlowConfig flow : missing.values()) {
      added.add(launch(flow, wanted.size()));
    }
    // None takes a step before the shares of all are set aside.
    added.forEach(FlowRoster::start);
  }

  private RunningFlow launch(FlowConfig config, int count) {
    RunningFlow flow = launcher.launch(config, runners.next(flows), count);
    List<RunningFlow> more = new ArrayList<>(flows);
    more.add(flow);
    flows = List.copyOf(more);
    return flow;
  }

  private static void start(RunningFlow flow) {
    flow.gear().runner().add(flow);
    LOG.info(
        "flow {} reads {} and goes to {}",
        flow.id(),
        flow.config().files().patterns().stream()
            .map(FilePattern::toString)
            .collect(Collectors.joining(", ")),
        flow.config().destination().metricName());
  }

  private static boolean end(List<RunningFlow> ending, long withinMillis)
      throws InterruptedException {
    long within = BoundedTime.nanos(withinMillis, TimeUnit.MILLISECONDS);
    long deadline = System.nanoTime() + within + TimeUnit.MILLISECONDS.toNanos(100);
    ending.forEach(flow -> flow.stop(within));
    boolean all = true;
    for (RunningFlow flow : ending) {
      boolean drained = flow.awaitStopped(Math.max(0, deadline - System.nanoTime()));
      all &= drained;
      if (!drained) {
        LOG.warn("flow {}: what was not acknowledged in time is left to the next start", flow.id());
      }
    }
    return all;
  }

  /**
   * Ends all flows and their threads.
   *
   * @return whether everything that was read has been delivered
   */
  boolean stop(long withinMillis) throws InterruptedException {
    boolean all = end(flows, withinMillis);
    runners.stop();
    for (RunningFlow flow : flows) {
      all &= flow.abandon();
    }
    return all;
  }

  /** Lets go of connections, once the last watermarks are kept. */
  void close() {
    flows.forEach(flow -> flow.gear().backend().close());
  }
}
