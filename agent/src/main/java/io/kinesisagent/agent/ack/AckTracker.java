package io.kinesisagent.agent.ack;

import java.util.Arrays;

/**
 * The contiguous settled watermark of one file generation. Spans of the file are tracked in order
 * as their records enter batches, and settle in any order; the watermark is the end of the last
 * span before which nothing is outstanding. Owned by the flow's thread.
 *
 * @param <P> a place in the file
 */
public final class AckTracker<P> {
  private static final Object SETTLED = new Object();

  private P watermark;
  private Object[] ends = new Object[4];
  private boolean[] settled = new boolean[4];
  private long first;
  private long next;

  /**
   * @param start the place before which all is settled already
   */
  public AckTracker(P start) {
    watermark = start;
  }

  /**
   * Takes note of a span that begins where the last one ended.
   *
   * @return the ticket to settle it with
   */
  public long track(P end) {
    if (next - first == ends.length) {
      grow();
    }
    int slot = slot(next);
    ends[slot] = end;
    settled[slot] = false;
    return next++;
  }

  /**
   * Settles a span, once.
   *
   * @return whether the watermark moved
   * @throws IllegalStateException for a ticket that is not outstanding
   */
  @SuppressWarnings("unchecked")
  public boolean settle(long ticket) {
    if (ticket < first || ticket >= next || settled[slot(ticket)]) {
      throw new IllegalStateException("ticket " + ticket + " is not outstanding");
    }
    settled[slot(ticket)] = true;
    boolean moved = false;
    while (first < next && settled[slot(first)]) {
      watermark = (P) ends[slot(first)];
      ends[slot(first)] = SETTLED;
      first++;
      moved = true;
    }
    return moved;
  }

  /** The place up to which all is settled. */
  public P watermark() {
    return watermark;
  }

  /** How many spans are not behind the watermark yet. */
  public long outstanding() {
    return next - first;
  }

  private int slot(long ticket) {
    return (int) (ticket & (ends.length - 1));
  }

  private void grow() {
    Object[] newEnds = Arrays.copyOf(ends, ends.length * 2);
    boolean[] newSettled = Arrays.copyOf(settled, settled.length * 2);
    for (long ticket = first; ticket < next; ticket++) {
      int to = (int) (ticket & (newEnds.length - 1));
      newEnds[to] = ends[slot(ticket)];
      newSettled[to] = settled[slot(ticket)];
    }
    ends = newEnds;
    settled = newSettled;
  }
}
