package io.kinesisagent.spi;

import java.util.List;

/**
 * Makes processors or backends from their part of agent.json. Found by {@link
 * java.util.ServiceLoader} through {@link ProcessorPlugin} and {@link BackendPlugin}.
 *
 * @param <T> what it makes
 */
public interface Plugin<T> {
  /** The name that agent.json calls it by. */
  String name();

  /** The keys of its own object in agent.json. */
  List<Setting<?>> settings();

  /** The keys of the flow, beside its own object, that it reads. */
  default List<Setting<?>> flowSettings() {
    return List.of();
  }

  /** The agent-wide keys that it reads. */
  default List<Setting<?>> agentSettings() {
    return List.of();
  }

  /**
   * Makes one for a flow. It must be quick and touch neither the network nor the disk: {@code
   * check} calls it too.
   *
   * @throws InvalidSettingException where settings contradict each other
   */
  T create(Settings settings, PluginContext context) throws InvalidSettingException;
}
