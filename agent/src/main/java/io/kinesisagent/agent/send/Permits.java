package io.kinesisagent.agent.send;

import java.util.ArrayList;
import java.util.List;

/**
 * The most requests in flight at once, over all flows. Each flow can count on its part of half of
 * them, and on one at least where there are enough: a flow whose requests hang takes no other
 * flow's way away. Safe for use by several threads.
 */
public final class Permits {
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

  private int guaranteed() {
    return Math.max(1, count / (2 * shares.size()));
  }

  /** The permits of one flow. */
  final class Share implements AutoCloseable {
    private int own;

    /** Takes a permit if there is one for this flow. */
    boolean take() {
      synchronized (Permits.this) {
        if (taken >= count || (own >= guaranteed() && taken + keptForOthers() >= count)) {
          return false;
        }
        own++;
        taken++;
        return true;
      }
    }

    private int keptForOthers() {
      int kept = 0;
      for (Share other : shares) {
        kept += other == this ? 0 : Math.max(0, guaranteed() - other.own);
      }
      return kept;
    }

    /** Gives a permit back. */
    void giveBack() {
      synchronized (Permits.this) {
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
