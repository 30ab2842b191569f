package io.kinesisagent.agent.metrics;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.DoubleAdder;

/**
 * How many records took how long from their file to the destination's acknowledgement. Safe for use
 * by several threads.
 */
public final class LatencyHistogram {
  private static final double[] BOUNDS_SECONDS = {
    0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 900, 3600
  };

  private final AtomicLongArray counts = new AtomicLongArray(BOUNDS_SECONDS.length + 1);
  private final DoubleAdder sumSeconds = new DoubleAdder();

  /**
   * Some records took this long.
   *
   * @param nanos 0 or more; years do no harm
   */
  public void add(long nanos, long records) {
    int bucket = 0;
    while (bucket < BOUNDS_SECONDS.length && nanos > BOUNDS_SECONDS[bucket] * 1e9) {
      bucket++;
    }
    counts.addAndGet(bucket, records);
    sumSeconds.add(nanos / 1e9 * records);
  }

  /** The upper bounds of the buckets, in seconds; one more bucket is without. */
  public static double[] boundsSeconds() {
    return BOUNDS_SECONDS.clone();
  }

  /** The records of a bucket alone, 0 to the number of bounds. */
  public long count(int bucket) {
    return counts.get(bucket);
  }

  /** What all records took together. */
  public double sumSeconds() {
    return sumSeconds.sum();
  }
}
