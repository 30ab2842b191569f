package io.kinesisagent.agent.app;

import java.util.concurrent.TimeUnit;

/** Times of the configuration in nanoseconds, which may be added to a clock. */
final class BoundedTime {
  /** A century: added to the clock it is still a time to come. */
  private static final long MOST_NANOS = TimeUnit.DAYS.toNanos(36_500);

  private BoundedTime() {}

  /** The nanoseconds of a time; of a longer one than a century, those of a century. */
  static long nanos(long time, TimeUnit unit) {
    return Math.min(unit.toNanos(time), MOST_NANOS);
  }
}
