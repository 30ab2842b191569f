package io.kinesisagent.agent.send;

import java.util.concurrent.TimeUnit;

/**
 * The rate at which records are offered to a destination that throttles: as fast as they come until
 * it refuses some; then what it accepts. Once a second the share that was refused decides: a small
 * one is the sign of a rate that is right; a larger one lowers the rate to what was accepted,
 * unless the last lowering changed nothing, for then it is not the rate that is refused. Without
 * refusals the rate rises, slowly at first, and soon is not limited at all. Owned by the flow's
 * thread.
 */
final class SendRate {
  private static final double SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final double TOLERATED_SHARE = 0.1;
  private static final double OUTAGE_SHARE = 0.9;
  private static final double SAME_SHARE = 0.3;
  private static final double LOWER = 0.97;
  private static final double RAISE_WHERE_IT_DID_NOT_HELP = 1.5;
  private static final double RISE_PER_SECOND = 0.01;
  private static final double CALM_RISE_PER_SECOND = 0.2;
  private static final double CALM_AFTER_SECONDS = 5;
  private static final double UNLIMITED_AFTER_SECONDS = 60;
  private static final double LEAST_PER_SECOND = 50;
  private static final double MOST_DEBT_SECONDS = 10;

  private boolean limited;
  private double perSecond;
  private double debt;
  private long updatedNanos;
  private long throttledNanos;

  private boolean begun;
  private long intervalNanos;
  private long accepted;
  private long throttled;
  private double acceptedPerSecond;
  private double lastShare;

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
      debt = Math.min(debt + records, perSecond * MOST_DEBT_SECONDS);
    }
  }

  /** Takes note of the answer to a request. */
  void answered(int acceptedRecords, int throttledRecords, long nowNanos) {
    judge(nowNanos);
    accepted += acceptedRecords;
    throttled += throttledRecords;
    if (throttledRecords > 0) {
      throttledNanos = nowNanos;
      limit(nowNanos);
    }
  }

  /**
   * Takes note of a request that was throttled as a whole. The sender waits for that by itself, so
   * the records count as not sent.
   */
  void refused(int records, long nowNanos) {
    answered(0, records, nowNanos);
    debt = Math.max(0, debt - records);
  }

  private void limit(long nowNanos) {
    if (limited) {
      return;
    }
    limited = true;
    updatedNanos = nowNanos;
    debt = 0;
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
    acceptedPerSecond = accepted / seconds;
    if (limited) {
      update(nowNanos);
      adapt(share);
    }
    lastShare = share;
    intervalNanos = nowNanos;
    accepted = 0;
    throttled = 0;
  }

  private void adapt(double share) {
    if (share < TOLERATED_SHARE) {
      return;
    }
    boolean same = Math.abs(share - lastShare) <= SAME_SHARE * lastShare;
    if (share > OUTAGE_SHARE) {
      perSecond = Math.max(LEAST_PER_SECOND, perSecond / 2);
    } else if (same) {
      perSecond *= RAISE_WHERE_IT_DID_NOT_HELP;
    } else {
      perSecond = Math.max(LEAST_PER_SECOND, Math.min(perSecond, acceptedPerSecond) * LOWER);
    }
  }

  private void update(long nowNanos) {
    double seconds = (nowNanos - updatedNanos) / SECOND;
    if (seconds <= 0) {
      return;
    }
    updatedNanos = nowNanos;
    double calmSeconds = (nowNanos - throttledNanos) / SECOND;
    double rise = calmSeconds > CALM_AFTER_SECONDS ? CALM_RISE_PER_SECOND : RISE_PER_SECOND;
    perSecond += perSecond * rise * Math.min(seconds, 1);
    // What was not used does not add up to a burst.
    debt = Math.max(0, debt - perSecond * seconds);
    if (calmSeconds > UNLIMITED_AFTER_SECONDS) {
      limited = false;
      lastShare = 0;
    }
  }
}
