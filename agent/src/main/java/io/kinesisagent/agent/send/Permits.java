package io.kinesisagent.agent.send;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The most requests in flight at once, over all flows. Each flow can count on its part of half of
 * them, and on one at least: where there are more flows than permits, one that has nothing in
 * flight need not wait for those whose requests hang. Safe for use by several threads.
 */
public final class Permits {
  /** A flow whose requests all take longer than this takes no other flow's way away. */
  private static final long SLOW_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final int count;
  private final List<Share> shares = new ArrayList<>();
  private int taken;

  /**
   * @param count requests, at least 1
   */
  public Permits(int count) {
    this.count = count;
  }

  /** A flow's way to permits. */
  synchronized Share share() {
    Share share = new Share();
    shares.add(share);
    return share;
  }

  /** The permits of flows that have given none back for long. */
  private int slow(long nowNanos) {
    int slow = 0;
    for (Share share : shares) {
      slow += nowNanos - share.movedNanos > SLOW_NANOS ? share.own : 0;
    }
    return slow;
  }

  private int guaranteed() {
    return Math.max(1, count / (2 * shares.size()));
  }

  /** The permits of one flow. */
  final class Share implements AutoCloseable {
    private int own;

    /** When a permit came back last, or the first of those that are out was taken. */
    private long movedNanos;

    /** Takes a permit if there is one for this flow. */
    boolean take(long nowNanos) {
      synchronized (Permits.this) {
        if (!free() && !(own == 0 && taken - slow(nowNanos) < count)) {
          return false;
        }
        if (own == 0) {
          movedNanos = nowNanos;
        }
        own++;
        taken++;
        return true;
      }
    }

    private boolean free() {
      return taken < count && (own < guaranteed() || taken + keptForOthers() < count);
    }

    private int keptForOthers() {
      int kept = 0;
      for (Share other : shares) {
        kept += other == this ? 0 : Math.max(0, guaranteed() - other.own);
      }
      return kept;
    }

    /** Gives a permit back. */
    void giveBack(long nowNanos) {
      synchronized (Permits.this) {
        movedNanos = nowNanos;
        own--;
        taken--;
      }
    }

    /** Counts on nothing any more. What is in flight still is, until it is given back. */
    @Override
    public void close() {
      synchronized (Permits.this) {
        shares.remove(this);
      }
    }
  }
}
