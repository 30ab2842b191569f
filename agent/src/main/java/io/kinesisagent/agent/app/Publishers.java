package io.kinesisagent.agent.app;

import io.kinesisagent.agent.config.AgentConfig;
import io.kinesisagent.agent.config.PluginCatalog;
import io.kinesisagent.spi.Clock;
import io.kinesisagent.spi.Counter;
import io.kinesisagent.spi.InvalidSettingException;
import io.kinesisagent.spi.MetricsPublisher;
import io.kinesisagent.spi.MetricsPublisherPlugin;
import io.kinesisagent.spi.PluginContext;
import io.kinesisagent.spi.Settings;
import java.util.ArrayList;
import java.util.List;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/** Makes the publishers of metrics that the configuration asks for. */
final class Publishers {
  private static final Logger LOG = LogManager.getLogger(Publishers.class);

  private Publishers() {}

  /** One that cannot be made is said and left out: shipping does not wait for metrics. */
  static List<MetricsPublisher> of(PluginCatalog catalog, AgentConfig config, Clock clock) {
    List<MetricsPublisher> made = new ArrayList<>();
    for (MetricsPublisherPlugin plugin : catalog.publishers()) {
      Settings agent = config.settings(plugin.agentSettings());
      try {
        if (plugin.isOn(agent)) {
          made.add(plugin.create(config.settings(plugin.settings()), new Context(agent, clock)));
        }
      } catch (InvalidSettingException | RuntimeException | LinkageError e) {
        LOG.error("no metrics are published to {}: {}", plugin.name(), e.toString(), e);
      }
    }
    return made;
  }

  private record Context(Settings agentSettings, Clock clock) implements PluginContext {
    @Override
    public String flow() {
      return "";
    }

    @Override
    public Settings flowSettings() {
      return agentSettings;
    }

    @Override
    public String userAgent() {
      return Version.userAgent();
    }

    @Override
    public Counter counter(String name) {
      return count -> {};
    }
  }
}
