package io.kinesisagent.agent.send;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The most requests in flight at once, over all flows. Each flow can count on its part of half of
 * them, and on one at least where there are enough: a flow whose requests hang takes no other
 * flow's way away. Where there are not, a quarter of them is for flows that get answers, however
 * many others wait for theirs. Safe for use by several threads.
 */
public final class Permits {
  /** A flow of which no request was answered for this long is not one that gets answers. */
  private static final long SLOW_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final int count;
  private final int forAnswered;
  private final List<Share> shares = new ArrayList<>();
  private int taken;

  /**
   * @param count requests, at least 1
   */
  public Permits(int count) {
    this.count = count;
    this.forAnswered = count == 1 ? 0 : Math.max(1, count / 4);
  }

  /** A flow's way to permits. */
  synchronized Share share() {
    Share share = new Share();
    shares.add(share);
    return share;
  }

  private int guaranteed() {
    return Math.max(1, count / (2 * shares.size()));
  }

  /** The permits of flows that get no answers. */
  private int unanswered(long nowNanos) {
    int unanswered = 0;
    for (Share share : shares) {
      unanswered += share.getsAnswers(nowNanos) ? 0 : share.own;
    }
    return unanswered;
  }

  /** The permits of one flow. */
  final class Share implements AutoCloseable {
    private int own;
    private boolean answered;

    /** When a permit came back last, or the first of those that are out was taken. */
    private long movedNanos;

    /** Takes a permit if there is one for this flow. */
    boolean take(long nowNanos) {
      synchronized (Permits.this) {
        if (!free(nowNanos)) {
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

    private boolean free(long nowNanos) {
      if (taken >= count || (own >= guaranteed() && taken + keptForOthers() >= count)) {
        return false;
      }
      return getsAnswers(nowNanos)
          || shares.size() < count
          || unanswered(nowNanos) < count - forAnswered;
    }

    private boolean getsAnswers(long nowNanos) {
      return answered && (own == 0 || nowNanos - movedNanos <= SLOW_NANOS);
    }

    private int keptForOthers() {
      int kept = 0;
      for (Share other : shares) {
        kept += other == this ? 0 : Math.max(0, guaranteed() - other.own);
      }
      return kept;
    }

    /**
     * Gives a permit back.
     *
     * @param withAnswer whether the destination took the request, if only in part
     */
    void giveBack(boolean withAnswer, long nowNanos) {
      synchronized (Permits.this) {
        answered = withAnswer;
        movedNanos = nowNanos;
        own--;
        taken--;
      }
    }

    /** How many it has. */
    int taken() {
      synchronized (Permits.this) {
        return own;
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
