package io.kinesisagent.spi;

import java.util.Objects;

/**
 * What was measured of one quantity over one period, as a statistic set.
 *
 * @param name the metric's name, such as {@code RecordsSent}
 * @param unit what it counts
 * @param destination the destination's {@link BackendPlugin#metricName}
 * @param values the statistic set
 * @param epochMillis the end of the period, in milliseconds since 1970 UTC
 */
public record Measurement(
    String name, Unit unit, String destination, Values values, long epochMillis) {
  /** What a metric counts. */
  public enum Unit {
    COUNT,
    BYTES
  }

  /**
   * A statistic set.
   *
   * @param samples how many values there were, at least 1
   * @param sum their sum
   * @param minimum the least of them
   * @param maximum the greatest of them
   */
  public record Values(long samples, double sum, double minimum, double maximum) {
    public Values {
      if (samples < 1 || minimum > maximum) {
        throw new IllegalArgumentException(
            samples + " samples between " + minimum + " and " + maximum + " are no statistic set");
      }
    }
  }

  public Measurement {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(unit, "unit");
    Objects.requireNonNull(destination, "destination");
    Objects.requireNonNull(values, "values");
  }
}
