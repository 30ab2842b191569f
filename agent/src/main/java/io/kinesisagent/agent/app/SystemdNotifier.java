package io.kinesisagent.agent.app;

import io.kinesisagent.agent.lifecycle.Task;
import io.kinesisagent.spi.Clock;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * Tells systemd how the service does, by its program {@code systemd-notify}, where {@code
 * NOTIFY_SOCKET} is set; else it does nothing. The unit needs {@code NotifyAccess=all}.
 */
final class SystemdNotifier {
  private static final Logger LOG = LogManager.getLogger(SystemdNotifier.class);
  private static final long PATIENCE_SECONDS = 5;

  /** A stop up to this long ends within the unit's TimeoutStopSec. */
  private static final long UNIT_STOP_MILLIS = 35_000;

  /** What a stop takes besides sending. */
  private static final long REST_OF_STOP_MILLIS = 10_000;

  private final Map<String, String> environment;
  private boolean told;

  SystemdNotifier(Map<String, String> environment) {
    this.environment = environment;
  }

  static SystemdNotifier ofThisProcess() {
    return new SystemdNotifier(System.getenv());
  }

  /**
   * Flows read and send.
   *
   * @param how in one line, shown by {@code systemctl status}
   */
  void ready(String how) {
    say("READY=1", "STATUS=" + how);
  }

  /** The configuration is being read anew; {@link #ready} follows. */
  void reloading() {
    say("RELOADING=1", "MONOTONIC_USEC=" + TimeUnit.NANOSECONDS.toMicros(System.nanoTime()));
  }

  /**
   * What was read is being sent; then the process ends.
   *
   * @param withinMillis how long sending may take; where the unit gives less, more is asked for
   */
  void stopping(long withinMillis) {
    if (withinMillis <= UNIT_STOP_MILLIS) {
      say("STOPPING=1");
      return;
    }
    long millis = Math.min(withinMillis, TimeUnit.DAYS.toMillis(365)) + REST_OF_STOP_MILLIS;
    say("STOPPING=1", "EXTEND_TIMEOUT_USEC=" + TimeUnit.MILLISECONDS.toMicros(millis));
  }

  /**
   * Feeds the watchdog twice in its time while every flow's thread gets round to its flow; empty
   * where the unit has no {@code WatchdogSec}.
   */
  Optional<Task> watchdog(Clock clock, FlowRoster roster) {
    String micros = environment.getOrDefault("WATCHDOG_USEC", "");
    if (!active() || !micros.matches("[0-9]{1,18}") || Long.parseLong(micros) == 0) {
      return Optional.empty();
    }
    return Optional.of(
        new Watchdog(clock, roster, TimeUnit.MICROSECONDS.toNanos(Long.parseLong(micros)) / 2));
  }

  private boolean active() {
    return !environment.getOrDefault("NOTIFY_SOCKET", "").isEmpty();
  }

  private synchronized void say(String... states) {
    if (!active()) {
      return;
    }
    String[] command = new String[states.length + 1];
    command[0] = "systemd-notify";
    System.arraycopy(states, 0, command, 1, states.length);
    try {
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().put("NOTIFY_SOCKET", environment.get("NOTIFY_SOCKET"));
      Process process =
          builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        failed("systemd-notify does not end");
      } else if (process.exitValue() != 0) {
        failed("systemd-notify ended with " + process.exitValue());
      }
    } catch (IOException e) {
      failed(e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void failed(String reason) {
    if (!told) {
      told = true;
      LOG.warn("systemd cannot be told how the service does: {}", reason);
    }
  }

  private final class Watchdog implements Task {
    private final Clock clock;
    private final FlowRoster roster;
    private final long periodNanos;
    private long dueNanos;

    Watchdog(Clock clock, FlowRoster roster, long periodNanos) {
      this.clock = clock;
      this.roster = roster;
      this.periodNanos = periodNanos;
      this.dueNanos = clock.nanoTime();
    }

    @Override
    public String role() {
      return "watchdog";
    }

    @Override
    public int doWork() {
      long now = clock.nanoTime();
      if (now - dueNanos < 0) {
        return 0;
      }
      dueNanos = now + periodNanos;
      long steppedNow = System.nanoTime();
      for (RunningFlow flow : roster.flows()) {
        if (!flow.alive(steppedNow, periodNanos)) {
          LOG.error("flow {} makes no progress; the watchdog is not fed", flow.id());
          return 0;
        }
      }
      say("WATCHDOG=1");
      return 1;
    }

    @Override
    public long idleUntilNanos(long nowNanos) {
      return dueNanos;
    }
  }
}
