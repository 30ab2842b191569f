package io.kinesisagent.agent.app;

import io.kinesisagent.agent.config.AgentConfig;
import io.kinesisagent.agent.lifecycle.TaskRunner;
import io.kinesisagent.spi.Clock;
import java.io.IOException;
import java.util.List;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * Everything that tells people and programs how the agent does, on threads of its own: whatever of
 * it fails or hangs, shipping goes on.
 */
final class Reports {
  private static final Logger LOG = LogManager.getLogger(Reports.class);
  private static final long JOIN_MILLIS = 1000;
  private static final long LAST_METRICS_MILLIS = 1000;

  private final StatusSource status;
  private final StatusSocket socket;
  private final MonitoringServer monitoring;
  private final AgentConfig config;
  private final List<MetricsFeed> feeds;
  private final TaskRunner runner;

  Reports(
      AgentConfig config,
      Clock clock,
      FlowRoster roster,
      StatusSource status,
      TaskRunner runner,
      List<MetricsFeed> feeds) {
    this.config = config;
    this.feeds = List.copyOf(feeds);
    this.monitoring = new MonitoringServer(status, roster);
    this.status = status;
    this.socket = new StatusSocket(config.checkpointFile(), status);
    this.runner = runner;
    runner.add(new StatusLog(config, clock, roster::flows));
    feeds.forEach(runner::add);
  }

  void start() {
    socket.open();
    config.monitoringAddress().ifPresent(monitoring::open);
    runner.start();
  }

  /** Takes note that the configuration was read anew. */
  void reloaded() {
    status.reloaded();
  }

  /** Takes note that a configuration was not taken up. */
  void refused(Refusal refusal) {
    status.refused(refusal);
  }

  void close() throws InterruptedException {
    runner.stop();
    boolean ended = runner.join(JOIN_MILLIS);
    monitoring.close();
    for (MetricsFeed feed : feeds) {
      if (ended) {
        feed.last(LAST_METRICS_MILLIS);
      }
      feed.close();
    }
    try {
      socket.close();
    } catch (IOException e) {
      LOG.debug("the status socket could not be removed: {}", e.toString());
    }
  }
}
