package io.kinesisagent.agent.config;

import io.kinesisagent.agent.discover.FileSelection;
import io.kinesisagent.spi.Processor;
import java.util.List;
import java.util.Optional;

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
  /** The most bytes of a record that are held in memory before it is processed. */
  public static final int MOST_RAW_BYTES = 12 << 20;

  public FlowConfig {
    processors = List.copyOf(processors);
  }

  /** Whether it puts records into the dead letters that no destination has refused. */
  boolean mayRefuse() {
    return settings.oversizeRecordOption() == FlowSettings.OversizeRecordOption.DEAD_LETTER
        || settings
            .onProcessingError()
            .equals(Optional.of(FlowSettings.ProcessingErrorOption.DEAD_LETTER));
  }

  @Override
  public String toString() {
    return id;
  }
}
