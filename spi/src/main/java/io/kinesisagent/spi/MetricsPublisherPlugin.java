package io.kinesisagent.spi;

/**
 * Makes a publisher of metrics for the whole agent. It has no object of its own in agent.json: its
 * keys are {@link #agentSettings()}, and its context's {@link PluginContext#flow()} is empty.
 */
public interface MetricsPublisherPlugin extends Plugin<MetricsPublisher> {
  /**
   * Whether the configuration asks for it.
   *
   * @param agent the values of {@link #agentSettings()}
   */
  boolean isOn(Settings agent);
}
