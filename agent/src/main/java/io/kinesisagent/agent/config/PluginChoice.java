package io.kinesisagent.agent.config;

import io.kinesisagent.spi.Clock;
import io.kinesisagent.spi.Counter;
import io.kinesisagent.spi.InvalidSettingException;
import io.kinesisagent.spi.Plugin;
import io.kinesisagent.spi.PluginContext;
import io.kinesisagent.spi.Settings;

/**
 * A plugin that a flow has chosen, with all that agent.json says to it. Immutable.
 *
 * @param settings the plugin's own object
 * @param flowSettings the keys of the flow that the plugin declared
 * @param agentSettings the agent-wide keys that the plugin declared
 * @param flow the flow's id
 */
public record PluginChoice<T>(
    Plugin<T> plugin,
    Settings settings,
    Settings flowSettings,
    Settings agentSettings,
    String flow) {
  /**
   * Makes what the plugin makes, anew at every call.
   *
   * @throws InvalidSettingException where settings contradict each other; not for a choice out of a
   *     valid configuration
   */
  public T create(PluginServices services) throws InvalidSettingException {
    return plugin.create(settings, new Context(this, services));
  }

  private record Context(PluginChoice<?> choice, PluginServices services) implements PluginContext {
    @Override
    public String flow() {
      return choice.flow;
    }

    @Override
    public Settings flowSettings() {
      return choice.flowSettings;
    }

    @Override
    public Settings agentSettings() {
      return choice.agentSettings;
    }

    @Override
    public Clock clock() {
      return services.clock();
    }

    @Override
    public String userAgent() {
      return services.userAgent();
    }

    @Override
    public Counter counter(String name) {
      return services.counters().apply(name);
    }
  }
}
