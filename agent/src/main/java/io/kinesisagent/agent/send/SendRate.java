package io.kinesisagent.agent.send;

import java.util.concurrent.TimeUnit;

/**
 * The rate at which records are offered to a destination that throttles: as fast as they come until
 * it refuses more than a few; then what it accepts, in requests that hold little of a second's
 * records, for a limit may count by the second. Once a second the share that was refused decides: a
 * small one is the sign of a rate that is right; a larger one lowers the rate to what was accepted.
 * Without refusals the rate rises, slowly at first, and soon is not limited at all.
 *
 * <p>Not every refusal is the rate's: one shard of many may be hot. That shows when the rate was
 * halved and the share stayed; where the share is small for long, a higher rate tells. Then the
 * rate is raised for as long as that adds nothing to the share. Owned by the flow's thread.
 */
final class SendRate {
  private static final double SECOND = TimeUnit.SECONDS.toNanos(1);

  /** Refusals of up to this share, or of fewer records a second, are few. */
  private static final double FEW_SHARE = 0.08;

  private static final int FEW_RECORDS = 10;

  /** A share above which the destination took all it can, and one above which it is as if away. */
  private static final double SURE_SHARE = 0.3;

  private static final double OUTAGE_SHARE = 0.9;

  /** What one second tells is chance: of the answers, a limit's own seconds, this host's load. */
  private static final int SECONDS_THAT_TELL = 4;

  /** After so many seconds with few refusals a rate that is higher by this is tried. */
  private static final int STEADY_SECONDS = 20;

  private static final double PROBE = 1.25;

  /** By how much it is raised from then on, and how much more must have come for that to tell. */
  private static final double RAISE = 1.5;

  private static final double TELLING_RAISE = 1.1;

  /** The rise after each second in a row without refusals; the last one goes on. */
  private static final double[] RISES = {1.02, 1.03, 1.05, 1.1, 1.25, 1.5};

  private static final int UNLIMITED_AFTER_SECONDS = 20;

  private final Pace pace = new Pace();
  private boolean limited;

  private boolean begun;
  private long intervalNanos;
  private long accepted;
  private long throttled;
  private double acceptedPerSecond;
  private double acceptedBefore;
  private int limitedSeconds;
  private int calmSeconds;
  private int steadySeconds;

  /** From which rate it has gone down, or is being raised to find out; 0 where it is not. */
  private double loweredFrom;

  private double raisedFrom;

  /** The share that was refused at that rate. */
  private double shareThen;

  private int loweredSeconds;

  /** Whether a request may go now. */
  boolean allows(long nowNanos) {
    return !limited || pace.allows(nowNanos);
  }

  /** When a request may go, at the latest. */
  long allowedNanos(long nowNanos) {
    return limited ? pace.allowedNanos(nowNanos) : nowNanos;
  }

  /** The most records that a request may hold now. */
  int mostRecords() {
    return limited ? pace.mostRecords() : Integer.MAX_VALUE;
  }

  /** Takes note of records that were sent. */
  void sent(int records, long nowNanos) {
    if (limited) {
      pace.sent(records, nowNanos);
    }
  }

  /** Takes note of the answer to a request. */
  void answered(int acceptedRecords, int throttledRecords, long nowNanos) {
    judge(nowNanos);
    accepted += acceptedRecords;
    throttled += throttledRecords;
    // A limit that is met refuses all that comes until its second is over.
    int tried = acceptedRecords + throttledRecords;
    if (!limited && throttledRecords >= FEW_RECORDS && throttledRecords > OUTAGE_SHARE * tried) {
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
      pace.untried(records);
    }
  }

  private boolean refusesMoreThanFew() {
    return throttled >= FEW_RECORDS && throttled > FEW_SHARE * (accepted + throttled);
  }

  private void limit(long nowNanos) {
    double seconds = Math.max(1, (nowNanos - intervalNanos) / SECOND);
    pace.begin(Math.max(acceptedPerSecond, accepted / seconds), nowNanos);
    limited = true;
    calmSeconds = 0;
    steadySeconds = 0;
    loweredFrom = 0;
    raisedFrom = 0;
    limitedSeconds = 0;
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
    acceptedBefore = acceptedPerSecond;
    acceptedPerSecond = accepted / seconds;
    if (limited) {
      pace.update(nowNanos);
      adapt(seconds);
      limitedSeconds++;
    } else if (refusesMoreThanFew()) {
      limit(nowNanos);
    }
    intervalNanos = nowNanos;
    accepted = 0;
    throttled = 0;
  }

  private void adapt(double seconds) {
    if (throttled == 0) {
      rise((int) seconds);
      return;
    }
    calmSeconds = 0;
    long tried = accepted + throttled;
    double share = (double) throttled / tried;
    if (raisedFrom > 0 && raiseAgain(share, tried / seconds)) {
      return;
    }
    if (!refusesMoreThanFew()) {
      hold(share);
    } else if (share > OUTAGE_SHARE) {
      pace.change(pace.perSecond() / 2);
    } else {
      lower(share);
    }
  }

  private void rise(int seconds) {
    loweredFrom = 0;
    raisedFrom = 0;
    for (int i = 0; i < seconds && calmSeconds < UNLIMITED_AFTER_SECONDS; i++) {
      pace.change(pace.perSecond() * RISES[Math.min(calmSeconds, RISES.length - 1)]);
      calmSeconds++;
    }
    limited = calmSeconds < UNLIMITED_AFTER_SECONDS;
  }

  private void hold(double share) {
    if (share < shareThen / 2) {
      loweredFrom = 0;
    }
    steadySeconds++;
    if (steadySeconds >= STEADY_SECONDS) {
      raise(share, PROBE);
    }
  }

  private void lower(double share) {
    steadySeconds = 0;
    if (loweredFrom == 0 && limitedSeconds > 0) {
      loweredFrom = pace.perSecond();
      loweredSeconds = 0;
      shareThen = share;
    }
    loweredSeconds++;
    double now = pace.perSecond();
    boolean lowest = now < loweredFrom / 2 || now <= Pace.LEAST_PER_SECOND;
    if (lowest && loweredSeconds > SECONDS_THAT_TELL && share > shareThen / 2) {
      raise(share, RAISE);
      return;
    }
    pace.change(Math.min(now, taken(share)));
  }

  /** What the destination takes in a second, as far as the last two tell. */
  private double taken(double share) {
    // The second in which the limit was met may hold what is taken in two of the destination's.
    if (limitedSeconds == 1 && share > SURE_SHARE) {
      return acceptedPerSecond;
    }
    // One second may have been cut short by whatever held the thread up.
    return Math.max(acceptedPerSecond, acceptedBefore);
  }

  private void raise(double share, double factor) {
    raisedFrom = pace.perSecond();
    shareThen = share;
    loweredFrom = 0;
    steadySeconds = 0;
    pace.change(raisedFrom * factor);
  }

  /** Goes on raising the rate while that adds nothing to the share; a limit would. */
  private boolean raiseAgain(double share, double tried) {
    // Where little comes the higher rate is not made use of, and tells nothing yet.
    boolean used = tried >= raisedFrom * TELLING_RAISE;
    double shareByLimit = 1 - (1 - shareThen) * raisedFrom / tried;
    double most = used ? (shareThen + shareByLimit) / 2 : Math.max(FEW_SHARE, 2 * shareThen);
    if (share > most) {
      raisedFrom = 0;
      return false;
    }
    // Beyond twice of what comes it is not the rate that holds anything back.
    if (used && tried > pace.perSecond() / 2) {
      raisedFrom = share < shareThen ? pace.perSecond() : raisedFrom;
      shareThen = Math.min(share, shareThen);
      pace.change(pace.perSecond() * RAISE);
    }
    return true;
  }
}
