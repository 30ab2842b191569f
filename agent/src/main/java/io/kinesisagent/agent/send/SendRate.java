package io.kinesisagent.agent.send;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * The rate at which records are offered to a destination that throttles: as fast as they come until
 * it refuses some; then what it accepted, a little less at each refusal and a little more as time
 * goes by without one. Owned by the flow's thread.
 */
final class SendRate {
  private static final double DECREASE = 0.97;
  private static final double INCREASE_PER_SECOND = 0.01;
  private static final double UNLIMITED_AFTER_SECONDS = 60;
  private static final double LEAST_PER_SECOND = 1;
  private static final double SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final int WINDOW_SECONDS = 4;

  private final long[] accepted = new long[WINDOW_SECONDS + 1];
  private long window;
  private long firstWindow = Long.MIN_VALUE;
  private double perSecond;
  private double debt;
  private long updatedNanos;
  private long throttledNanos;
  private long loweredNanos;
  private boolean limited;

  /** Whether a request may go now. */
  boolean allows(long nowNanos) {
    if (!limited) {
      return true;
    }
    update(nowNanos);
    return debt <= 0;
  }

  /** When a request may go, at the latest. */
  long allowedNanos(long nowNanos) {
    return limited && debt > 0 ? nowNanos + (long) (debt / perSecond * SECOND) : nowNanos;
  }

  /** Takes note of records that were sent. */
  void sent(int records, long nowNanos) {
    if (limited) {
      update(nowNanos);
      debt += records;
    }
  }

  /** Takes note of the answer to a request. */
  void answered(int acceptedRecords, int throttledRecords, long nowNanos) {
    count(acceptedRecords, nowNanos);
    if (throttledRecords == 0) {
      return;
    }
    throttledNanos = nowNanos;
    if (!limited) {
      limited = true;
      updatedNanos = nowNanos;
      loweredNanos = nowNanos;
      debt = 0;
      perSecond = Math.max(LEAST_PER_SECOND, measured(nowNanos));
    } else if (nowNanos - loweredNanos > SECOND) {
      update(nowNanos);
      loweredNanos = nowNanos;
      double measured = measured(nowNanos);
      double target = measured > 0 ? Math.min(perSecond, measured) : perSecond / 2;
      perSecond = Math.max(LEAST_PER_SECOND, target * DECREASE);
    }
    debt += throttledRecords;
  }

  /** Records a second that the destination has accepted lately. */
  private double measured(long nowNanos) {
    roll(nowNanos);
    long sum = 0;
    long windows = Math.min(WINDOW_SECONDS, window - firstWindow);
    if (windows == 0) {
      return accepted[slot(window)];
    }
    for (long w = window - windows; w < window; w++) {
      sum += accepted[slot(w)];
    }
    return (double) sum / windows;
  }

  private void count(int records, long nowNanos) {
    roll(nowNanos);
    accepted[slot(window)] += records;
  }

  private void roll(long nowNanos) {
    long now = Math.floorDiv(nowNanos, (long) SECOND);
    if (firstWindow == Long.MIN_VALUE) {
      firstWindow = now;
      window = now;
    }
    if (now - window > WINDOW_SECONDS) {
      firstWindow = now;
      window = now;
      Arrays.fill(accepted, 0);
    }
    while (window < now) {
      window++;
      accepted[slot(window)] = 0;
    }
  }

  private int slot(long second) {
    return (int) Math.floorMod(second, (long) accepted.length);
  }

  private void update(long nowNanos) {
    double seconds = (nowNanos - updatedNanos) / SECOND;
    if (seconds <= 0) {
      return;
    }
    updatedNanos = nowNanos;
    perSecond += perSecond * INCREASE_PER_SECOND * seconds;
    // What was not used does not add up to a burst.
    debt = Math.max(0, debt - perSecond * seconds);
    if ((nowNanos - throttledNanos) / SECOND > UNLIMITED_AFTER_SECONDS) {
      limited = false;
    }
  }
}
