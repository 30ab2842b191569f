package io.kinesisagent.agent.send;

import java.util.concurrent.TimeUnit;

/**
 * The rate at which records are offered to a destination that throttles: as fast as they come until
 * it refuses some; then what it accepts, in requests that hold little of a second's records, for a
 * limit may count by the second. Once a second the share that was refused decides: a small one is
 * the sign of a rate that is right; a larger one lowers the rate to what was accepted, unless the
 * last two lowerings changed nothing, for then it is not the rate that is refused. Without refusals
 * the rate rises, slowly at first, and soon is not limited at all. Owned by the flow's thread.
 */
final class SendRate {
  private static final double SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final double TOLERATED_SHARE = 0.08;
  private static final double OUTAGE_SHARE = 0.9;
  private static final double SAME_SHARE = 0.3;
  private static final int SAME_TIMES = 2;
  private static final double RAISE_WHERE_IT_DID_NOT_HELP = 1.5;

  /** The rise after each second in a row without refusals; the last one goes on. */
  private static final double[] RISES = {1.02, 1.03, 1.05, 1.1, 1.25, 1.5};

  private static final int UNLIMITED_AFTER_SECONDS = 20;
  private static final double LEAST_PER_SECOND = 50;
  private static final double MOST_DEBT_SECONDS = 10;
  private static final double MOST_CREDIT_SECONDS = 0.3;
  private static final int LEAST_PER_REQUEST = 10;
  private static final double REQUESTS_PER_SECOND = 10;

  private boolean limited;
  private double perSecond;
  private double debt;
  private long updatedNanos;

  private boolean begun;
  private long intervalNanos;
  private long accepted;
  private long throttled;
  private double acceptedPerSecond;
  private double acceptedBefore;
  private double lastShare;
  private int sameShares;
  private int calmSeconds;

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

  /** The most records that a request may hold now. */
  int mostRecords() {
    return limited
        ? Math.max(LEAST_PER_REQUEST, (int) (perSecond / REQUESTS_PER_SECOND))
        : Integer.MAX_VALUE;
  }

  /** Takes note of records that were sent. */
  void sent(int records, long nowNanos) {
    if (limited) {
      update(nowNanos);
      debt = Math.min(debt + records, perSecond * MOST_DEBT_SECONDS);
    }
  }

  /** Takes note of the answer to a request. */
  void answered(int acceptedRecords, int throttledRecords, long nowNanos) {
    judge(nowNanos);
    accepted += acceptedRecords;
    throttled += throttledRecords;
    if (throttledRecords > 0) {
      limit(nowNanos);
    }
  }

  /**
   * Takes note of a request that was throttled as a whole. The sender waits for that by itself, so
   * the records count as not sent.
   */
  void refused(int records, long nowNanos) {
    answered(0, records, nowNanos);
    untried(records);
  }

  /** Takes note of records of a request that were not tried. */
  void untried(int records) {
    if (limited) {
      debt -= records;
    }
  }

  private void limit(long nowNanos) {
    if (limited) {
      return;
    }
    limited = true;
    updatedNanos = nowNanos;
    debt = 0;
    calmSeconds = 0;
    sameShares = 0;
    lastShare = 0;
    double seconds = Math.max(1, (nowNanos - intervalNanos) / SECOND);
    perSecond = Math.max(LEAST_PER_SECOND, Math.max(acceptedPerSecond, accepted / seconds));
  }

  /** Once a second: what the answers since the last time say about the rate. */
  private void judge(long nowNanos) {
    if (!begun) {
      begun = true;
      intervalNanos = nowNanos;
    }
    double seconds = (nowNanos - intervalNanos) / SECOND;
    if (seconds < 1) {
      return;
    }
    double share = throttled == 0 ? 0 : (double) throttled / (accepted + throttled);
    acceptedBefore = acceptedPerSecond;
    acceptedPerSecond = accepted / seconds;
    if (limited) {
      update(nowNanos);
      adapt(share, seconds);
    }
    lastShare = share;
    intervalNanos = nowNanos;
    accepted = 0;
    throttled = 0;
  }

  private void adapt(double share, double seconds) {
    if (throttled == 0) {
      rise((int) seconds);
      return;
    }
    calmSeconds = 0;
    if (share < TOLERATED_SHARE) {
      sameShares = 0;
      return;
    }
    sameShares = Math.abs(share - lastShare) <= SAME_SHARE * lastShare ? sameShares + 1 : 0;
    if (share > OUTAGE_SHARE) {
      perSecond = Math.max(LEAST_PER_SECOND, perSecond / 2);
    } else if (sameShares >= SAME_TIMES) {
      perSecond *= RAISE_WHERE_IT_DID_NOT_HELP;
    } else {
      // One second may have been cut short by whatever held the thread up.
      double usual = Math.max(acceptedPerSecond, acceptedBefore);
      perSecond = Math.max(LEAST_PER_SECOND, Math.min(perSecond, usual));
    }
  }

  private void rise(int seconds) {
    sameShares = 0;
    for (int i = 0; i < seconds && calmSeconds < UNLIMITED_AFTER_SECONDS; i++) {
      perSecond *= RISES[Math.min(calmSeconds, RISES.length - 1)];
      calmSeconds++;
    }
    limited = calmSeconds < UNLIMITED_AFTER_SECONDS;
  }

  private void update(long nowNanos) {
    double seconds = (nowNanos - updatedNanos) / SECOND;
    if (seconds <= 0) {
      return;
    }
    updatedNanos = nowNanos;
    // A thread that was held up may make up for it; beyond that what was not used is no burst.
    debt = Math.max(-perSecond * MOST_CREDIT_SECONDS, debt - perSecond * seconds);
  }
}
