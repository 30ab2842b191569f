package io.kinesisagent.agent.app;

import io.kinesisagent.agent.config.AgentConfig;
import io.kinesisagent.agent.lifecycle.TaskRunner;
import io.kinesisagent.spi.Clock;
import java.io.IOException;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * Everything that tells people and programs how the agent does, on threads of its own: whatever of
 * it fails or hangs, shipping goes on.
 */
final class Reports {
  private static final Logger LOG = LogManager.getLogger(Reports.class);
  private static final long JOIN_MILLIS = 1000;

  private final StatusSource status;
  private final StatusSocket socket;
  private final TaskRunner runner;

  Reports(
      AgentConfig config,
      Clock clock,
      FlowRoster roster,
      StatusSource status,
      TaskRunner runner,
      SystemdNotifier systemd) {
    this.status = status;
    this.socket = new StatusSocket(config.checkpointFile(), status);
    this.runner = runner;
    runner.add(new StatusLog(config, clock, roster));
    systemd.watchdog(clock, roster).ifPresent(runner::add);
  }

  void start() {
    socket.open();
    runner.start();
  }

  /** Takes note that the configuration was read anew. */
  void reloaded() {
    status.reloaded();
  }

  void close() throws InterruptedException {
    runner.stop();
    runner.join(JOIN_MILLIS);
    try {
      socket.close();
    } catch (IOException e) {
      LOG.debug("the status socket could not be removed: {}", e.toString());
    }
  }
}
