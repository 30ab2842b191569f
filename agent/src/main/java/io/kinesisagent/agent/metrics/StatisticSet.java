package io.kinesisagent.agent.metrics;

import io.kinesisagent.spi.Measurement;
import java.util.Optional;

/**
 * What was measured of one quantity since it was last taken. Added to once a request, not once a
 * record. Safe for use by several threads.
 */
public final class StatisticSet {
  private long samples;
  private double sum;
  private double minimum;
  private double maximum;

  /** Adds one value. */
  public synchronized void add(long count) {
    double value = (double) count;
    minimum = samples == 0 ? value : Math.min(minimum, value);
    maximum = samples == 0 ? value : Math.max(maximum, value);
    samples++;
    sum += value;
  }

  /** What was added since the last call; empty where nothing was. */
  public synchronized Optional<Measurement.Values> take() {
    if (samples == 0) {
      return Optional.empty();
    }
    Measurement.Values taken = new Measurement.Values(samples, sum, minimum, maximum);
    samples = 0;
    sum = 0;
    return Optional.of(taken);
  }
}
