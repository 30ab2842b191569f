package io.kinesisagent.spi;

/** What the agent lends to a plugin. */
public interface PluginContext {
  /** The id of the flow that the plugin works for; empty where it works for the whole agent. */
  String flow();

  /** The flow's keys that {@link Plugin#flowSettings()} declared. */
  Settings flowSettings();

  /** The agent-wide keys that {@link Plugin#agentSettings()} declared. */
  Settings agentSettings();

  /** The time. */
  Clock clock();

  /** The agent's name and version, such as {@code aws-kinesis-agent/3.0.0}. */
  String userAgent();

  /**
   * A counter of the flow, shown in the status and the metrics.
   *
   * @param name lower case words joined by {@code _}, such as {@code malformed_bytes}
   */
  Counter counter(String name);
}
