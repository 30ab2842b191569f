package io.kinesisagent.spi;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Takes the agent's measurements to where people see them. The agent keeps what was not taken yet,
 * up to {@link #maxQueued()}, and gives up the oldest beyond it: no publisher ever holds up
 * shipping.
 */
public interface MetricsPublisher extends AutoCloseable {
  /** How often it wants measurements, in milliseconds. */
  long periodMillis();

  /** Most measurements worth keeping while it cannot take any. */
  int maxQueued();

  /** Most measurements of one call. */
  int maxPerCall();

  /**
   * Starts to publish and returns without waiting for the outcome.
   *
   * @param measurements at least one, at most {@link #maxPerCall()}
   * @return completes with nothing where they were taken, else with why not: they are offered again
   *     later unless the failure is {@link Disposition#REJECTED}
   */
  CompletionStage<Optional<Failure>> publish(List<Measurement> measurements);

  /** Lets go of connections and threads. */
  @Override
  void close();
}
