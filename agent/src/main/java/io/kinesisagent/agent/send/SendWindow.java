package io.kinesisagent.agent.send;

import java.util.Arrays;

/**
 * How many requests of a flow are worth having in flight: enough that the destination is never
 * waited for, and no more, for each takes memory, a thread and a connection. Requests beyond what
 * the destination, or this host, does at once only wait for each other, which shows in their
 * latency: with twice as many in flight each takes twice as long. From that and from what a request
 * takes with half as many follows how many wait, and the window is kept where a few do.
 *
 * <p>Whether more are worth it is tried: a round of answers with half as many stands between two
 * rounds with all, and says something only if those two agree. They do not while the process warms
 * up, when each round is faster than the one before it whatever is in flight. If none waited in two
 * such trials the window doubles. Owned by the flow's thread.
 */
final class SendWindow {
  /** Fewer save nothing that could be measured, and have the flow's thread woken more often. */
  private static final int LEAST = 8;

  private static final int LEAST_ROUND = 16;
  private static final int REQUESTS_BETWEEN_TRIALS = 2_000;

  /** So many before the next one, where rounds differ: what is new is to settle first. */
  private static final int REQUESTS_TO_SETTLE = 100;

  private static final int TRIALS_TO_GROW = 2;

  /** With fewer waiting than this, none is but by chance. */
  private static final double NONE_WAITING = 0.5;

  /** So many may wait, that the destination has the next one at once. */
  private static final double FEW_WAITING = 2;

  /** Two rounds agree if the slower one takes at most this many times what the faster one takes. */
  private static final double AGREE = 1.25;

  /** The destination is not what it was if a round takes so many times more, or less. */
  private static final double CHANGED = 1.5;

  private final int most;
  private int size;
  private int requestsToTrial;
  private int trialsWithNoneWaiting;
  private boolean halved;

  /** Latencies in nanoseconds, 0 if there is none: of the last round with all, and of the trial. */
  private double withAll;

  private double withHalf;

  /**
   * What the answers of this round took, in order. They are few: a sort would cost more. It grows
   * with the window, which stays small where a great many are allowed.
   */
  private long[] nanos = new long[LEAST_ROUND];

  private int answers;
  private int passedOver;

  /**
   * @param most requests in flight, at least 1
   */
  SendWindow(int most) {
    this.most = most;
    this.size = Math.min(LEAST, most);
  }

  /** Most requests in flight now. */
  int size() {
    return halved ? size - size / 2 : size;
  }

  /**
   * Takes note of an answer that came while the window was full and more was waiting; others do not
   * tell whether the window is too small.
   */
  void answered(long latencyNanos) {
    requestsToTrial--;
    // What was sent before the window was changed tells of the time before.
    if (passedOver > 0) {
      passedOver--;
      return;
    }
    if (answers == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * answers);
    }
    int at = answers++;
    for (; at > 0 && nanos[at - 1] > latencyNanos; at--) {
      nanos[at] = nanos[at - 1];
    }
    nanos[at] = latencyNanos;
    if (answers >= Math.max(LEAST_ROUND, size())) {
      int before = size();
      // What a few requests met with by chance tells nothing of the rest.
      round((double) Math.max(1, nanos[answers / 2]));
      answers = 0;
      passedOver = size() == before ? 0 : before;
    }
  }

  private void round(double latency) {
    if (halved) {
      halved = false;
      withHalf = latency;
      return;
    }
    if (withHalf > 0) {
      if (isWithin(AGREE, withAll, latency)) {
        resize(size * (1 - withHalf / latency));
      } else {
        requestsToTrial = REQUESTS_TO_SETTLE;
      }
      withHalf = 0;
    } else if (withAll > 0 && !isWithin(CHANGED, withAll, latency)) {
      requestsToTrial = Math.min(requestsToTrial, REQUESTS_TO_SETTLE);
    }
    withAll = latency;
    halved = requestsToTrial <= 0 && size > 1;
  }

  private void resize(double waiting) {
    int before = size;
    if (waiting >= NONE_WAITING) {
      trialsWithNoneWaiting = 0;
      size += (int) Math.round(FEW_WAITING - waiting);
    } else if (++trialsWithNoneWaiting == TRIALS_TO_GROW) {
      trialsWithNoneWaiting = 0;
      size = (int) Math.min(2L * size, most);
    }
    size = Math.min(Math.max(size, LEAST), most);
    boolean settled = size == before && trialsWithNoneWaiting == 0;
    requestsToTrial = settled ? REQUESTS_BETWEEN_TRIALS : 0;
  }

  private static boolean isWithin(double factor, double one, double other) {
    return Math.max(one, other) <= factor * Math.min(one, other);
  }
}
