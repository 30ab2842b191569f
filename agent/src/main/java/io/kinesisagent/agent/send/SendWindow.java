package io.kinesisagent.agent.send;

/**
 * How many requests of a flow are worth having in flight: enough that the destination is never
 * waited for, and no more, for each takes memory, a thread and a connection. Requests beyond what
 * the destination, or this host, does at once only wait for each other, which shows in their
 * latency: with twice as many in flight each takes twice as long. So now and then half as many tell
 * what a request takes that waits for none; from that and from what they take now follows how many
 * wait, and the window is kept where a few do. Owned by the flow's thread.
 */
final class SendWindow {
  private static final int LEAST = 2;
  private static final int EPOCH_REQUESTS = 32;
  private static final int EPOCHS_BETWEEN_PROBES = 64;
  private static final double FEW_WAITING = 1.5;
  private static final double MANY_WAITING = 3;

  private final int most;
  private int size;
  private int epochsToProbe = EPOCHS_BETWEEN_PROBES;
  private boolean probing;
  private double alone = Double.MAX_VALUE;
  private int answers;
  private int passedOver;
  private double nanos;

  /**
   * @param most requests in flight, at least 1
   */
  SendWindow(int most) {
    this.most = most;
    this.size = most;
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
    // What was sent before the window was halved or widened tells of the time before.
    if (passedOver > 0) {
      passedOver--;
      return;
    }
    nanos += latencyNanos;
    answers++;
    if (answers == EPOCH_REQUESTS) {
      epoch(nanos / answers);
      nanos = 0;
      answers = 0;
      passedOver = size;
    }
  }

  private void epoch(double latency) {
    if (probing) {
      probing = false;
      alone = latency;
      return;
    }
    alone = Math.min(alone, latency);
    double waiting = size * (1 - alone / latency);
    if (waiting < FEW_WAITING && size < most) {
      size++;
    } else if (waiting > MANY_WAITING && size > Math.min(LEAST, most)) {
      size--;
    }
    epochsToProbe--;
    if (epochsToProbe == 0) {
      epochsToProbe = EPOCHS_BETWEEN_PROBES;
      probing = size > LEAST;
    }
  }
}
