package io.kinesisagent.agent.send;

/**
 * How many requests of a flow are worth having in flight: enough that the destination is never
 * waited for, and no more, for each takes memory, a thread and a connection. Requests beyond what
 * the destination, or this host, does at once only wait for each other, which shows in their
 * latency: with twice as many in flight each takes twice as long. From that and from what a request
 * takes that waits for none follows how many wait, and the window is kept where a few do.
 *
 * <p>It begins small and doubles with each round of answers until some wait, as it does again after
 * a few rounds in which none did: a destination that takes many has them soon. Now and then half as
 * many tell what a request takes alone. Owned by the flow's thread.
 */
final class SendWindow {
  private static final int LEAST = 2;
  private static final int FIRST = 8;
  private static final int LEAST_ROUND = 8;
  private static final int REQUESTS_BETWEEN_PROBES = 2_000;
  private static final int CALM_ROUNDS = 3;
  private static final double FEW_WAITING = 1.5;
  private static final double MANY_WAITING = 3;

  private final int most;
  private int size;
  private int calmRounds = CALM_ROUNDS;
  private int requestsToProbe = REQUESTS_BETWEEN_PROBES;
  private boolean probing;
  private double alone = Double.MAX_VALUE;

  /** What the answers of this round took, in order. They are few: a sort would cost more. */
  private final long[] nanos;

  private int answers;
  private int passedOver;

  /**
   * @param most requests in flight, at least 1
   */
  SendWindow(int most) {
    this.most = most;
    this.size = Math.min(FIRST, most);
    this.nanos = new long[Math.max(LEAST_ROUND, most)];
  }

  /** Most requests in flight now. */
  int size() {
    return probing ? (size + 1) / 2 : size;
  }

  /**
   * Takes note of an answer that came while the window was full and more was waiting; others do not
   * tell whether the window is too small.
   */
  void answered(long latencyNanos) {
    requestsToProbe--;
    // What was sent before the window was changed tells of the time before.
    if (passedOver > 0) {
      passedOver--;
      return;
    }
    int at = answers++;
    for (; at > 0 && nanos[at - 1] > latencyNanos; at--) {
      nanos[at] = nanos[at - 1];
    }
    nanos[at] = latencyNanos;
    if (answers >= Math.max(LEAST_ROUND, size)) {
      int before = size();
      // What a few requests met with by chance tells nothing of the rest.
      round((double) nanos[answers / 2]);
      answers = 0;
      passedOver = size() == before ? 0 : before;
    }
  }

  private void round(double latency) {
    if (probing) {
      probing = false;
      alone = latency;
      return;
    }
    alone = Math.min(alone, latency);
    double waiting = size * (1 - alone / latency);
    if (waiting < FEW_WAITING) {
      calmRounds++;
      size = Math.min(most, calmRounds >= CALM_ROUNDS ? size * 2 : size + 1);
    } else {
      calmRounds = 0;
      if (waiting > MANY_WAITING) {
        // Half of the way to where a few wait.
        int less = (int) Math.ceil((waiting - FEW_WAITING) / 2);
        size = Math.max(Math.min(LEAST, most), size - less);
      }
    }
    if (requestsToProbe <= 0) {
      requestsToProbe = REQUESTS_BETWEEN_PROBES;
      probing = size > LEAST;
    }
  }
}
