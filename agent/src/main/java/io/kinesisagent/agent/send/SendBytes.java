package io.kinesisagent.agent.send;

import java.util.concurrent.TimeUnit;

/**
 * How many bytes of records a flow has in flight: with so many no further request is begun. Large
 * requests are few in flight, so these follow how late answers are, and not, as {@link SendWindow}
 * does, whether requests wait for each other: as many bytes as ship {@value #BYTES_A_MILLISECOND} a
 * millisecond at the latency that requests have, from a quarter of the most on. Owned by the flow's
 * thread.
 */
final class SendBytes {
  private static final long BYTES_A_MILLISECOND = 128 * 1024;
  private static final int ROUND = 16;

  private final long most;
  private long bytes;
  private long shortestNanos = Long.MAX_VALUE;
  private int answers;

  /**
   * @param most bytes in flight, positive
   */
  SendBytes(long most) {
    this.most = most;
    this.bytes = least();
  }

  private long least() {
    return (most + 3) / 4;
  }

  /** With so many bytes in flight no further request is begun. */
  long inFlight() {
    return bytes;
  }

  /** With so many bytes waiting no further batch is wanted. */
  long waiting() {
    return (bytes + 1) / 2;
  }

  /** Takes note of an answer. The fastest of a round tells what a request takes by itself. */
  void answered(long latencyNanos) {
    shortestNanos = Math.min(shortestNanos, latencyNanos);
    if (++answers == ROUND) {
      long wanted = TimeUnit.NANOSECONDS.toMillis(shortestNanos) * BYTES_A_MILLISECOND;
      bytes = Math.min(most, Math.max(least(), wanted));
      shortestNanos = Long.MAX_VALUE;
      answers = 0;
    }
  }
}
