package io.kinesisagent.agent.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kinesisagent.agent.config.AgentConfig;
import io.kinesisagent.agent.lifecycle.Task;
import io.kinesisagent.agent.metrics.FlowMetrics;
import io.kinesisagent.spi.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/** Writes a line about each flow to the log, once a period. */
final class StatusLog implements Task {
  private static final Logger LOG = LogManager.getLogger(StatusLog.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Clock clock;
  private final Supplier<List<RunningFlow>> flows;
  private final long periodNanos;
  private final boolean logsMetrics;
  private long dueNanos;

  /**
   * @param flows gives the flows that run now
   */
  StatusLog(AgentConfig config, Clock clock, Supplier<List<RunningFlow>> flows) {
    this.clock = clock;
    this.flows = flows;
    this.periodNanos = BoundedTime.nanos(config.statusReportingPeriodSeconds(), TimeUnit.SECONDS);
    this.logsMetrics = config.logsMetrics();
    this.dueNanos = clock.nanoTime() + periodNanos;
  }

  @Override
  public String role() {
    return "status log";
  }

  @Override
  public int doWork() throws JsonProcessingException {
    if (clock.nanoTime() - dueNanos < 0) {
      return 0;
    }
    dueNanos += periodNanos;
    for (RunningFlow flow : flows.get()) {
      FlowStatus status = flow.status();
      String internal =
          flow.config().settings().emitInternalMetrics()
              ? " " + internal(flow.gear().metrics())
              : "";
      LOG.info("{}{}", line(status), internal);
      if (logsMetrics) {
        LOG.debug("metrics of flow {}: {}", flow.id(), JSON.writeValueAsString(status));
      }
    }
    return 1;
  }

  @Override
  public long idleUntilNanos(long nowNanos) {
    return dueNanos;
  }

  /** A flow in one line, for people. */
  static String line(FlowStatus status) {
    FlowStatus.Books books = status.account();
    return "flow "
        + status.flow()
        + " is "
        + status.state()
        + ": "
        + Amounts.count(books.delivered())
        + " of "
        + Amounts.count(books.recordsRead())
        + " records delivered"
        + (books.dropped() > 0 ? ", " + Amounts.count(books.dropped()) + " dropped" : "")
        + (books.deadLettered() > 0
            ? ", " + Amounts.count(books.deadLettered()) + " in dead letters"
            : "")
        + ", "
        + Amounts.count(books.inFlight())
        + " in flight; "
        + Amounts.count(Math.round(status.rates().recordsSentPerSecond()))
        + " records/s, "
        + Amounts.bytes(Math.round(status.rates().bytesSentPerSecond()))
        + "/s; "
        + behind(status.lag())
        + (status.rates().secondsLeft() >= 0
            ? ", " + Amounts.time(status.rates().secondsLeft()) + " left"
            : "");
  }

  private static String behind(FlowStatus.Lag lag) {
    return lag.bytes() == 0
        ? "nothing behind in " + Amounts.counted(lag.files(), "file")
        : Amounts.bytes(lag.bytes())
            + " behind in "
            + Amounts.counted(lag.filesBehind(), "file")
            + (lag.bytesUnread() == 0 ? ", read and under way" : "")
            + ", for "
            + Amounts.time(lag.seconds());
  }

  private static String internal(FlowMetrics metrics) throws JsonProcessingException {
    Map<String, Object> counters = new TreeMap<>(metrics.named());
    counters.put("record_send_attempts", metrics.recordSendAttempts());
    counters.put("record_send_errors", metrics.recordSendErrors());
    counters.put("service_errors", metrics.serviceErrors());
    counters.put("errors", metrics.errors());
    counters.replaceAll((name, value) -> value instanceof LongAdder sum ? sum.sum() : value);
    return JSON.writeValueAsString(counters);
  }
}
