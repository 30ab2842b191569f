package io.kinesisagent.agent.config;

import io.kinesisagent.spi.Backend;
import io.kinesisagent.spi.BackendPlugin;

/** A flow's backend while the flow is being read: the same plugin under both its types. */
record ChosenBackend(BackendPlugin plugin, ChosenPlugin<Backend> chosen) {
  Destination destination(PluginChoice<Backend> choice, int maxDataBytes) {
    return new Destination(
        plugin.name(),
        plugin.destinationId(chosen.settings()),
        plugin.metricName(chosen.settings()),
        plugin.maxBatchBytes(),
        maxDataBytes,
        plugin.writesTo(chosen.settings()),
        choice);
  }
}
