package io.kinesisagent.agent.config;

import io.kinesisagent.spi.Setting;
import io.kinesisagent.spi.Settings;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** A valid configuration: the agent-wide keys, typed, and the flows. Immutable. */
public final class AgentConfig {
  private final Settings values;
  private final FileSystem files;
  private final List<FlowConfig> flows;
  private final Function<List<Setting<?>>, Settings> others;

  /**
   * @param values the settings of {@link AgentKeys}, with every computed default
   * @param others reads settings that were declared elsewhere from the agent-wide object
   */
  AgentConfig(
      Settings values,
      FileSystem files,
      List<FlowConfig> flows,
      Function<List<Setting<?>>, Settings> others) {
    this.values = values;
    this.files = files;
    this.flows = List.copyOf(flows);
    this.others = others;
  }

  /** At least one, in the order of the files. */
  public List<FlowConfig> flows() {
    return flows;
  }

  /** Absolute. */
  public Path checkpointFile() {
    return path(AgentKeys.CHECKPOINT_FILE);
  }

  public long checkpointTimeToLiveDays() {
    return values.get(AgentKeys.CHECKPOINT_TIME_TO_LIVE_DAYS);
  }

  public long shutdownTimeoutMillis() {
    return values.get(AgentKeys.SHUTDOWN_TIMEOUT_MILLIS);
  }

  /** Absolute. */
  public Path deadLetterDirectory() {
    return path(AgentKeys.DEAD_LETTER_DIRECTORY);
  }

  /** As configured: at the start it is raised to what the flows need, see {@link MemoryNeed}. */
  public long maxMemoryBytes() {
    return values.get(AgentKeys.MAX_MEMORY_BYTES);
  }

  public int maxOpenFiles() {
    return atMostInt(AgentKeys.MAX_OPEN_FILES);
  }

  /** Most requests in flight at once, over all flows. */
  public int maxSendingThreads() {
    return atMostInt(AgentKeys.MAX_SENDING_THREADS);
  }

  public int maxConnections() {
    return atMostInt(AgentKeys.MAX_CONNECTIONS);
  }

  /** Empty: no port is opened. */
  public Optional<HostPort> monitoringAddress() {
    return Optional.ofNullable(values.get(AgentKeys.MONITORING_ADDRESS)).flatMap(HostPort::parse);
  }

  public long statusReportingPeriodSeconds() {
    return values.get(AgentKeys.LOG_STATUS_REPORTING_PERIOD_SECONDS);
  }

  /** Whether metrics also go to the log. */
  public boolean logsMetrics() {
    return values.get(AgentKeys.LOG_EMIT_METRICS);
  }

  /**
   * The engine's agent-wide keys by their declaration, for those without an accessor of their own.
   */
  public Settings settings() {
    return values;
  }

  /**
   * Agent-wide keys that a plugin outside of the flows declares.
   *
   * @param declared settings that an installed plugin declares as agent-wide
   */
  public Settings settings(List<Setting<?>> declared) {
    return others.apply(declared);
  }

  /** The engine's agent-wide keys that have another value in another configuration, by name. */
  public List<String> differencesOfAgent(AgentConfig other) {
    return AgentKeys.ALL.stream()
        .filter(key -> !Objects.equals(values.get(key), other.values.get(key)))
        .map(Setting::name)
        .toList();
  }

  private Path path(Setting<String> setting) {
    return files.getPath(values.get(setting)).toAbsolutePath();
  }

  private int atMostInt(Setting<Long> setting) {
    return (int) Math.min(Integer.MAX_VALUE, values.get(setting));
  }
}
