package io.kinesisagent.agent.send;

import io.kinesisagent.spi.Disposition;
import io.kinesisagent.spi.Failure;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Exponential back-off with full jitter: the n-th wait is anything between nothing and {@code
 * initial · 2^n}, at most the bound.
 */
public final class Backoff {
  private static final long BLOCKED_INITIAL_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final long BLOCKED_MAX_NANOS = TimeUnit.MINUTES.toNanos(5);

  /** A century: added to the clock it is still a time to come. */
  private static final long MOST_NANOS = TimeUnit.DAYS.toNanos(36_500);

  private final long initialNanos;
  private final long maxNanos;
  private final RandomGenerator random;

  /**
   * @param initialMillis the bound of the first wait
   * @param maxMillis the bound of every wait
   */
  public Backoff(long initialMillis, long maxMillis, RandomGenerator random) {
    this.initialNanos = Math.min(TimeUnit.MILLISECONDS.toNanos(initialMillis), MOST_NANOS);
    this.maxNanos = Math.min(TimeUnit.MILLISECONDS.toNanos(maxMillis), MOST_NANOS);
    this.random = random;
  }

  /** How long to wait before another attempt, in nanoseconds, by what failed and how often. */
  long after(Failure failure, int failures) {
    return failure.disposition() == Disposition.BLOCKED
        ? whileBlocked(failures)
        : afterFailure(failures);
  }

  /**
   * How long to wait before another attempt.
   *
   * @param failures attempts that failed so far, at least 1
   * @return nanoseconds
   */
  public long afterFailure(int failures) {
    return jitter(initialNanos, maxNanos, failures);
  }

  /** The same where somebody must mend something first: up to five minutes. */
  public long whileBlocked(int failures) {
    return jitter(BLOCKED_INITIAL_NANOS, BLOCKED_MAX_NANOS, failures);
  }

  private long jitter(long initial, long max, int failures) {
    int doublings = Math.min(failures - 1, 30);
    long bound = initial > max >> doublings ? max : initial << doublings;
    return bound <= 0 ? 0 : random.nextLong(bound + 1);
  }
}
