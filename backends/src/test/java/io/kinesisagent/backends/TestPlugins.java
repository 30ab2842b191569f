package io.kinesisagent.backends;

import io.kinesisagent.spi.Backend;
import io.kinesisagent.spi.BackendPlugin;
import io.kinesisagent.spi.Clock;
import io.kinesisagent.spi.Counter;
import io.kinesisagent.spi.InvalidSettingException;
import io.kinesisagent.spi.MetricsPublisher;
import io.kinesisagent.spi.MetricsPublisherPlugin;
import io.kinesisagent.spi.PluginContext;
import io.kinesisagent.spi.Setting;
import io.kinesisagent.spi.Settings;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/** Makes backends as the agent does: found by ServiceLoader, from values by key. */
public final class TestPlugins {
  private TestPlugins() {}

  public static BackendPlugin plugin(String name) {
    return ServiceLoader.load(BackendPlugin.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(plugin -> plugin.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no backend plugin is called " + name));
  }

  /**
   * A backend from values by key.
   *
   * @param own values of the destination's own object
   * @param others values of flow keys and agent-wide keys
   */
  public static Backend create(String name, Map<String, Object> own, Map<String, Object> others)
      throws InvalidSettingException {
    return create(plugin(name), own, others);
  }

  /** A backend of a plugin that was made by hand. */
  public static Backend create(
      BackendPlugin plugin, Map<String, Object> own, Map<String, Object> others)
      throws InvalidSettingException {
    return plugin.create(
        new Values(plugin.settings(), own),
        new Context(
            new Values(plugin.flowSettings(), others), new Values(plugin.agentSettings(), others)));
  }

  /** A publisher of metrics from values of agent-wide keys. */
  public static MetricsPublisher publisher(MetricsPublisherPlugin plugin, Map<String, Object> agent)
      throws InvalidSettingException {
    return plugin.create(
        new Values(plugin.settings(), Map.of()),
        new Context(new Values(List.of(), Map.of()), new Values(plugin.agentSettings(), agent)));
  }

  public static Settings settings(List<Setting<?>> declared, Map<String, Object> values) {
    return new Values(declared, values);
  }

  private record Values(List<Setting<?>> declared, Map<String, Object> values) implements Settings {
    @Override
    public <T> T get(Setting<T> setting) {
      if (!declared.contains(setting)) {
        throw new IllegalArgumentException(setting + " was not declared");
      }
      Object value =
          Stream.concat(Stream.of(setting.name()), setting.otherNames().stream())
              .filter(values::containsKey)
              .findFirst()
              .<Object>map(values::get)
              .orElse(setting.defaultValue());
      return setting.cast(value);
    }

    @Override
    public boolean isSet(Setting<?> setting) {
      return values.containsKey(setting.name());
    }

    @Override
    public String json() {
      throw new UnsupportedOperationException("no backend reads its JSON by itself");
    }
  }

  private record Context(Settings flowSettings, Settings agentSettings) implements PluginContext {
    @Override
    public String flow() {
      return "test";
    }

    @Override
    public Clock clock() {
      return Clock.system();
    }

    @Override
    public String userAgent() {
      return "aws-kinesis-agent/test";
    }

    @Override
    public Counter counter(String name) {
      return count -> {};
    }
  }
}
