package io.kinesisagent.spi;

import java.util.Optional;

/** Makes the backends of one destination {@code type}. */
public interface BackendPlugin extends Plugin<Backend> {
  /**
   * A flow key that names this destination in place of a {@code destination} object, such as {@code
   * kinesisStream}. Its value becomes the value of {@link #shorthandFor()}.
   */
  default Optional<Setting<String>> shorthand() {
    return Optional.empty();
  }

  /** The name of the own setting that {@link #shorthand()} gives a value to. */
  default String shorthandFor() {
    return "stream";
  }

  /** The first part of the ids of flows to this destination, such as {@code kinesis:STREAM}. */
  String destinationId(Settings settings);

  /** The destination's name in metrics, such as {@code KinesisStream:STREAM}. */
  String metricName(Settings settings);

  /** The most that {@code maxBufferSizeBytes} may be for this destination, in bytes. */
  int maxBatchBytes();

  /**
   * The file system paths that this destination writes to, for the check that no flow tails them.
   */
  default Optional<String> writesTo(Settings settings) {
    return Optional.empty();
  }
}
