package io.kinesisagent.agent.config;

import io.kinesisagent.agent.discover.FileSelection;
import io.kinesisagent.spi.Processor;
import java.util.List;

/**
 * One valid flow. Immutable.
 *
 * @param id what checkpoints, logs and metrics call it; unique
 * @param files which files it reads
 * @param settings the engine's own keys
 * @param destination where its records go
 * @param processors what they pass on the way, in order; mostly empty
 * @param definition the flow as it stands in the file, the environment put in, and every agent-wide
 *     key that its plugins read: two flows of equal definition need no change at a reload. It may
 *     hold secrets
 */
public record FlowConfig(
    String id,
    FileSelection files,
    FlowSettings settings,
    Destination destination,
    List<PluginChoice<Processor>> processors,
    String definition) {
  public FlowConfig {
    processors = List.copyOf(processors);
  }

  @Override
  public String toString() {
    return id;
  }
}
