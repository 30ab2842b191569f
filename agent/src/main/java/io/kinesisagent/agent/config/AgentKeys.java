package io.kinesisagent.agent.config;

import io.kinesisagent.spi.Setting;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The agent-wide keys of the engine itself. Plugins declare their own beside them. */
public final class AgentKeys {
  private static final long NO_BOUND = Long.MAX_VALUE;

  /** Read by itself: each item is an object of {@link FlowKeys}. */
  public static final Setting<String> FLOWS =
      Setting.json(
              "flows",
              "The flows, an array of objects: each a file pattern and a destination. It may be"
                  + " left out where the files of agent.d hold flows.")
          .require();

  public static final Setting<String> CHECKPOINT_FILE =
      Setting.string(
              "checkpointFile",
              "Where the agent keeps how far each file is delivered. A SQLite database of the"
                  + " reference agent found here is imported and kept beside it.")
          .defaultTo("/var/lib/aws-kinesis-agent/checkpoints");

  public static final Setting<Long> CHECKPOINT_TIME_TO_LIVE_DAYS =
      Setting.integer(
              "checkpointTimeToLiveDays",
              1,
              NO_BOUND,
              "Days after which a file that was neither seen nor advanced is forgotten; never one"
                  + " that still exists under its pattern.")
          .defaultTo(7L);

  public static final Setting<Long> SHUTDOWN_TIMEOUT_MILLIS =
      Setting.integer(
              "shutdownTimeoutMillis",
              0,
              NO_BOUND,
              "How long a stop may take to send what is buffered; what is not acknowledged by then"
                  + " is left to the next start.")
          .defaultTo(10_000L);

  /** Without a declared default: see {@link HostFacts}. */
  public static final Setting<Long> MAX_SENDING_THREADS =
      Setting.integer(
          "maxSendingThreads",
          1,
          Integer.MAX_VALUE,
          "Most requests in flight at once, over all flows.");

  public static final Setting<Long> MAX_SENDING_THREADS_PER_CORE =
      Setting.integer(
              "maxSendingThreadsPerCore",
              1,
              Integer.MAX_VALUE,
              "The factor by which maxSendingThreads follows the number of processors.")
          .defaultTo(12L);

  /** Without a declared default: see {@link HostFacts}. */
  public static final Setting<Long> MAX_CONNECTIONS =
      Setting.integer(
          "maxConnections", 1, Integer.MAX_VALUE, "Most HTTP connections to each service.");

  /** Without a declared default: see {@link HostFacts}. */
  public static final Setting<Long> MAX_MEMORY_BYTES =
      Setting.bytes(
          "maxMemoryBytes",
          1 << 20,
          NO_BOUND,
          "Hard bound on the bytes of records that are buffered, in flight and retried, over all"
              + " flows; at the bound reading stops, and nothing is dropped. It is raised, and that is"
              + " said, where it is less than four thirds of the longest record that a flow may"
              + " have.");

  public static final Setting<Long> MAX_OPEN_FILES =
      Setting.integer(
              "maxOpenFiles",
              16,
              NO_BOUND,
              "Most files held open: above it the handles of idle files are closed, and their state"
                  + " is kept; fewer where the process may not open so many.")
          .defaultTo(4096L);

  public static final Setting<String> MONITORING_ADDRESS =
      Setting.string(
          "monitoring.address",
          "The host:port of an HTTP server with /metrics (Prometheus text), /status (JSON),"
              + " /healthz and /readyz; no port is opened without it.");

  /** Without a declared default: it lies beside the checkpoint file. */
  public static final Setting<String> DEAD_LETTER_DIRECTORY =
      Setting.string(
          "deadLetterDirectory",
          "The directory for records that can never be delivered, as JSON lines.");

  public static final Setting<Boolean> LOG_EMIT_METRICS =
      Setting.bool("log.emitMetrics", "Whether metrics are also logged, at DEBUG.")
          .defaultTo(false);

  public static final Setting<Boolean> LOG_EMIT_INTERNAL_METRICS =
      Setting.bool(
              "log.emitInternalMetrics",
              "Whether the status line of the log carries the internal counters as JSON; for all"
                  + " flows, or for one where it is a key of that flow.")
          .defaultTo(false);

  public static final Setting<Long> LOG_STATUS_REPORTING_PERIOD_SECONDS =
      Setting.integer(
              "log.statusReportingPeriodSeconds",
              1,
              NO_BOUND,
              "Seconds between two status lines in the log.")
          .defaultTo(30L);

  public static final Setting<Boolean> CLOUDWATCH_EMIT_METRICS =
      Setting.bool("cloudwatch.emitMetrics", "Whether metrics are published to CloudWatch.")
          .defaultTo(true);

  public static final Setting<String> CLOUDWATCH_NAMESPACE =
      Setting.string("cloudwatch.namespace", "The namespace of the metrics in CloudWatch.")
          .defaultTo("AWSKinesisAgent");

  public static final Setting<Boolean> CLOUDWATCH_TAG_INSTANCE =
      Setting.bool(
              "cloudwatch.tagInstance",
              "Whether metrics also carry the dimension Instance: the EC2 instance's id, else the"
                  + " host's name.")
          .defaultTo(false);

  public static final Setting<Long> CLOUDWATCH_METRICS_BUFFER_TIME_MILLIS =
      Setting.integer(
              "cloudwatch.metricsBufferTimeMillis",
              1,
              Integer.MAX_VALUE,
              "The period of publishing metrics to CloudWatch.")
          .defaultTo(30_000L);

  public static final Setting<Long> CLOUDWATCH_METRICS_QUEUE_SIZE =
      Setting.integer(
              "cloudwatch.metricsQueueSize",
              1,
              Integer.MAX_VALUE,
              "Most data points kept while CloudWatch is away; the oldest go first.")
          .defaultTo(10_000L);

  private static final String WITHOUT_EFFECT =
      "Accepted from older files, without effect: the agent has no such limit.";

  /** Keys of older files that mean nothing here. */
  static final List<Setting<?>> IGNORED =
      List.of(
          Setting.json("sendingThreadsKeepAliveMillis", WITHOUT_EFFECT),
          Setting.json("sendingThreadsMaxQueueSize", WITHOUT_EFFECT),
          Setting.json("checkpoints.queryTimeoutSeconds", WITHOUT_EFFECT),
          Setting.json("checkpoints.connectionTimeoutSeconds", WITHOUT_EFFECT));

  /** The engine's keys that hold one value each, by the heading they stand under. */
  static final Map<String, List<Setting<?>>> GROUPS = groups();

  /** The same without the headings. */
  static final List<Setting<?>> ALL =
      GROUPS.values().stream().<Setting<?>>flatMap(List::stream).toList();

  private AgentKeys() {}

  private static Map<String, List<Setting<?>>> groups() {
    Map<String, List<Setting<?>>> groups = new LinkedHashMap<>();
    groups.put(
        "State and stopping",
        List.of(
            CHECKPOINT_FILE,
            CHECKPOINT_TIME_TO_LIVE_DAYS,
            DEAD_LETTER_DIRECTORY,
            SHUTDOWN_TIMEOUT_MILLIS));
    groups.put(
        "Memory and concurrency",
        List.of(
            MAX_MEMORY_BYTES,
            MAX_OPEN_FILES,
            MAX_SENDING_THREADS,
            MAX_SENDING_THREADS_PER_CORE,
            MAX_CONNECTIONS));
    groups.put(
        "Log, metrics and monitoring",
        List.of(
            MONITORING_ADDRESS,
            LOG_STATUS_REPORTING_PERIOD_SECONDS,
            LOG_EMIT_METRICS,
            LOG_EMIT_INTERNAL_METRICS,
            CLOUDWATCH_EMIT_METRICS,
            CLOUDWATCH_NAMESPACE,
            CLOUDWATCH_TAG_INSTANCE,
            CLOUDWATCH_METRICS_BUFFER_TIME_MILLIS,
            CLOUDWATCH_METRICS_QUEUE_SIZE));
    return Collections.unmodifiableMap(groups);
  }
}
