package io.kinesisagent.agent.send;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.PriorityQueue;

/**
 * What a flow has to send: batches in the order of their sealing, and what failed, each with the
 * time of its next attempt, which comes before. Owned by the flow's thread.
 */
final class SendQueue {
  private final boolean inOrder;
  private final Deque<Delivery> waiting = new ArrayDeque<>();
  private final PriorityQueue<Delivery> retrying =
      new PriorityQueue<>(Comparator.comparingLong((Delivery d) -> d.dueNanos));
  private long waitingBytes;

  /**
   * @param inOrder whether nothing may overtake what is sent again
   */
  SendQueue(boolean inOrder) {
    this.inOrder = inOrder;
  }

  void addLast(Delivery delivery) {
    waiting.addLast(delivery);
    waitingBytes += delivery.bytes();
  }

  void addFirst(Delivery delivery) {
    waiting.addFirst(delivery);
    waitingBytes += delivery.bytes();
  }

  /** Takes what failed, to be sent again when it is due. */
  void retry(Delivery delivery) {
    retrying.add(delivery);
  }

  /** Takes out what may go now; null where nothing may. */
  Delivery poll(long nowNanos) {
    Delivery retry = retrying.peek();
    if (retry != null && retry.dueNanos - nowNanos <= 0) {
      return retrying.poll();
    }
    if (retry != null && inOrder) {
      return null;
    }
    Delivery first = waiting.poll();
    if (first != null) {
      waitingBytes -= first.bytes();
    }
    return first;
  }

  /** Batches, and parts of them, that wait for their first attempt. */
  int waiting() {
    return waiting.size();
  }

  /** What those hold. */
  long waitingBytes() {
    return waitingBytes;
  }

  /** When something may go, in nanoseconds of the clock; far away where there is nothing. */
  long dueNanos(long nowNanos) {
    Delivery retry = retrying.peek();
    if (!waiting.isEmpty() && (retry == null || !inOrder)) {
      return nowNanos;
    }
    return retry == null ? Long.MAX_VALUE : retry.dueNanos;
  }
}
