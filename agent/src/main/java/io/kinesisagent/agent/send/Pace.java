package io.kinesisagent.agent.send;

import java.util.concurrent.TimeUnit;

/** Spaces what is sent so that it comes to so many records a second. Owned by the flow's thread. */
final class Pace {
  /** The least rate that is ever kept to, in records a second. */
  static final double LEAST_PER_SECOND = 50;

  private static final double SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final double MOST_DEBT_SECONDS = 10;
  private static final double MOST_CREDIT_SECONDS = 0.3;
  private static final int LEAST_PER_REQUEST = 10;
  private static final double REQUESTS_PER_SECOND = 10;

  private double perSecond = LEAST_PER_SECOND;

  /** Records that were sent ahead of their time. */
  private double debt;

  private long updatedNanos;

  /** Keeps to a rate from now on, owing nothing. */
  void begin(double newPerSecond, long nowNanos) {
    change(newPerSecond);
    debt = 0;
    updatedNanos = nowNanos;
  }

  /**
   * Goes on at another rate. What went before counts at the one of before up to the last update.
   */
  void change(double newPerSecond) {
    perSecond = Math.max(LEAST_PER_SECOND, newPerSecond);
  }

  /** In records. */
  double perSecond() {
    return perSecond;
  }

  /** Whether a request may go now. */
  boolean allows(long nowNanos) {
    update(nowNanos);
    return debt <= 0;
  }

  /** When a request may go, at the latest. */
  long allowedNanos(long nowNanos) {
    return debt > 0 ? nowNanos + (long) (debt / perSecond * SECOND) : nowNanos;
  }

  /** The most records that a request may hold: little of a second's. */
  int mostRecords() {
    return Math.max(LEAST_PER_REQUEST, (int) (perSecond / REQUESTS_PER_SECOND));
  }

  /** Takes note of records that were sent. */
  void sent(int records, long nowNanos) {
    update(nowNanos);
    debt = Math.min(debt + records, perSecond * MOST_DEBT_SECONDS);
  }

  /** Takes back records that were sent and not tried. */
  void untried(int records) {
    debt -= records;
  }

  /** Takes note that time has passed. */
  void update(long nowNanos) {
    double seconds = (nowNanos - updatedNanos) / SECOND;
    if (seconds <= 0) {
      return;
    }
    updatedNanos = nowNanos;
    // A thread that was held up may make up for it; beyond that what was not used is no burst.
    debt = Math.max(-perSecond * MOST_CREDIT_SECONDS, debt - perSecond * seconds);
  }
}
