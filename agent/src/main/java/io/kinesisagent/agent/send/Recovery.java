package io.kinesisagent.agent.send;

import io.kinesisagent.spi.Failure;

/**
 * How a flow comes back after requests that failed as a whole: it waits, then one request tries
 * whether the destination is back, and each success lets one more go at once. Owned by the flow's
 * thread.
 */
final class Recovery {
  private final int most;
  private final Backoff backoff;
  private int failures;
  private boolean paused;
  private long resumeNanos;
  private int allowed;

  /**
   * @param most requests in flight when all is well
   */
  Recovery(int most, Backoff backoff) {
    this.most = most;
    this.backoff = backoff;
    this.allowed = most;
  }

  /** Most requests in flight now. */
  int mostInFlight() {
    return failures > 0 ? 1 : allowed;
  }

  /** Failures in a row; those that were in flight together are one. */
  int failures() {
    return failures;
  }

  /** When a request may go, in nanoseconds of the clock. */
  long allowedNanos(long nowNanos) {
    return paused ? Math.max(nowNanos, resumeNanos) : nowNanos;
  }

  /** When what has failed is due again. */
  long resumeNanos() {
    return resumeNanos;
  }

  /** Takes note of a request that failed as a whole. */
  void failed(Failure failure, long nowNanos) {
    if (paused && nowNanos - resumeNanos < 0) {
      return;
    }
    failures++;
    allowed = 1;
    paused = true;
    resumeNanos = nowNanos + backoff.after(failure, failures);
  }

  /**
   * Takes note of a request that the destination answered.
   *
   * @return whether it had failed before
   */
  boolean succeeded() {
    boolean recovered = failures > 0;
    allowed = allowed < most ? allowed + 1 : most;
    failures = 0;
    paused = false;
    return recovered;
  }
}
