package io.kinesisagent.agent.app;

import io.kinesisagent.agent.metrics.FlowMetrics;
import io.kinesisagent.agent.metrics.LatencyHistogram;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToLongFunction;

/** The metrics in the text format of Prometheus, version 0.0.4. */
final class PrometheusText {
  static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";
  private static final String PREFIX = "kinesis_agent_";

  private final StringBuilder text = new StringBuilder(8192);
  private final List<RunningFlow> flows;

  private PrometheusText(List<RunningFlow> flows) {
    this.flows = flows;
  }

  static String of(AgentStatus status, List<RunningFlow> flows) {
    PrometheusText all = new PrometheusText(flows);
    all.agent(status);
    all.counters();
    all.gauges();
    all.byName();
    all.latency();
    return all.text.toString();
  }

  private void agent(AgentStatus status) {
    head("info", "gauge", "The version of the agent.");
    sample("info", "version=\"" + escape(status.version()) + "\"", 1);
    head("memory_bytes", "gauge", "Bytes of records held in memory.");
    sample("memory_bytes", "", status.memoryBytes());
    head("memory_bound_bytes", "gauge", "The most bytes of records held in memory.");
    sample("memory_bound_bytes", "", status.memoryBoundBytes());
    head("checkpoints_failing", "gauge", "1 while checkpoints cannot be written.");
    sample("checkpoints_failing", "", status.checkpointTrouble() == null ? 0 : 1);
  }

  private void counters() {
    counter("records_sent_total", "Records that were delivered.", m -> m.recordsSent().sum());
    counter("bytes_sent_total", "Bytes of those records.", m -> m.bytesSent().sum());
    counter(
        "record_send_attempts_total",
        "Records sent, each as often as it was.",
        m -> m.recordSendAttempts().sum());
    counter(
        "record_send_errors_total",
        "Records that an attempt failed for.",
        m -> m.recordSendErrors().sum());
    counter(
        "service_errors_total",
        "Requests that failed as a whole, throttling aside.",
        m -> m.serviceErrors().sum());
    counter("records_dropped_total", "Records dropped by rule.", m -> m.recordsDropped().sum());
    counter(
        "records_dead_lettered_total",
        "Records put in the dead letters.",
        m -> m.recordsDeadLettered().sum());
    counter("lost_bytes_total", "Bytes that were destroyed unread.", m -> m.gapBytes().sum());
  }

  private void gauges() {
    gauge("bytes_behind", "Bytes that have not settled, read or not.", s -> s.lag().bytes());
    gauge("seconds_behind", "Age of the first of those.", s -> s.lag().seconds());
    gauge("files_behind", "Files with such bytes.", s -> s.lag().filesBehind());
    gauge("records_behind", "About how many records that is.", s -> s.recordsBehind());
    gauge("files", "Files that are read.", s -> s.lag().files());
    gauge("records_in_flight", "Records read and not settled.", s -> s.account().inFlight());
    gauge("batches_in_flight", "Batches not settled.", s -> s.load().batches());
    gauge("flow_restarts", "Times the flow was made anew.", s -> s.load().restarts());
    measured(
        "consecutive_processing_errors",
        "gauge",
        "Times in a row that the destination failed.",
        m -> m.consecutiveErrors());
  }

  private void byName() {
    head("errors_total", "counter", "Failures of records by the destination's code.");
    for (RunningFlow flow : flows) {
      each(flow, "errors_total", "code", flow.gear().metrics().errors());
    }
    head("events_total", "counter", "What processors and the engine count by name.");
    for (RunningFlow flow : flows) {
      each(flow, "events_total", "event", flow.gear().metrics().named());
    }
  }

  private void each(RunningFlow flow, String name, String label, Map<String, LongAdder> counters) {
    new TreeMap<>(counters)
        .forEach(
            (key, sum) ->
                sample(name, labels(flow) + "," + label + "=\"" + escape(key) + "\"", sum.sum()));
  }

  private void latency() {
    String name = "delivery_latency_seconds";
    head(name, "histogram", "From the append of a record to its acknowledgement.");
    double[] bounds = LatencyHistogram.boundsSeconds();
    for (RunningFlow flow : flows) {
      LatencyHistogram latency = flow.gear().metrics().latency();
      long count = 0;
      for (int i = 0; i <= bounds.length; i++) {
        count += latency.count(i);
        String bound = i == bounds.length ? "+Inf" : number(bounds[i]);
        sample(name + "_bucket", labels(flow) + ",le=\"" + bound + "\"", count);
      }
      sample(name + "_sum", labels(flow), number(latency.sumSeconds()));
      sample(name + "_count", labels(flow), count);
    }
  }

  private void counter(String name, String help, ToLongFunction<FlowMetrics> value) {
    measured(name, "counter", help, value);
  }

  private void measured(String name, String type, String help, ToLongFunction<FlowMetrics> value) {
    head(name, type, help);
    flows.forEach(f -> sample(name, labels(f), value.applyAsLong(f.gear().metrics())));
  }

  private void gauge(String name, String help, ToLongFunction<FlowStatus> value) {
    head(name, "gauge", help);
    flows.forEach(f -> sample(name, labels(f), value.applyAsLong(f.status())));
  }

  private void head(String name, String type, String help) {
    text.append("# HELP ").append(PREFIX).append(name).append(' ').append(help).append('\n');
    text.append("# TYPE ").append(PREFIX).append(name).append(' ').append(type).append('\n');
  }

  private void sample(String name, String labels, long value) {
    sample(name, labels, Long.toString(value));
  }

  private void sample(String name, String labels, String value) {
    text.append(PREFIX).append(name);
    if (!labels.isEmpty()) {
      text.append('{').append(labels).append('}');
    }
    text.append(' ').append(value).append('\n');
  }

  private static String labels(RunningFlow flow) {
    return "flow=\""
        + escape(flow.id())
        + "\",destination=\""
        + escape(flow.config().destination().metricName())
        + "\"";
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  private static String escape(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }
}
