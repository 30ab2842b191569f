package io.kinesisagent.backends.aws;

import io.kinesisagent.spi.MutableBytes;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;

/**
 * Buffers for request bodies, bounded in bytes: at the bound a taker waits for another to give
 * back. The buffer given back last is handed out first, so that there are no more than requests
 * under way. A buffer belongs to its taker until it gives it back. Safe for use by several threads.
 */
public final class BodyPool {
  /** What the smallest heap has room for; a body that is larger is the only one of its time. */
  private static final long LEAST_BOUND_BYTES = 8L << 20;

  private static final int UNIT_BYTES = 64 << 10;

  /** A longer one is not kept: in the hands of small requests it would cost what nobody uses. */
  private static final int MOST_KEPT_BYTES = 512 << 10;

  private final ConcurrentLinkedDeque<MutableBytes> free = new ConcurrentLinkedDeque<>();
  private final Semaphore units;
  private final int mostUnits;

  private BodyPool(long boundBytes) {
    mostUnits = Math.toIntExact(boundBytes / UNIT_BYTES);
    units = new Semaphore(mostUnits);
  }

  /** A pool of an eighth of the heap, and at least what most requests need. */
  static BodyPool ofHeap() {
    return new BodyPool(Math.max(LEAST_BOUND_BYTES, Runtime.getRuntime().maxMemory() / 8));
  }

  /**
   * An empty buffer with room for a body.
   *
   * @param bytes most bytes that will be written to it
   */
  public MutableBytes take(int bytes) {
    units.acquireUninterruptibly(units(bytes));
    MutableBytes last = free.pollFirst();
    if (last == null || last.array().length < bytes) {
      return new MutableBytes((bytes / UNIT_BYTES + 1) * UNIT_BYTES);
    }
    return last;
  }

  /**
   * Gives a buffer back.
   *
   * @param bytes what it was taken for
   */
  public void give(MutableBytes buffer, int bytes) {
    if (buffer.array().length <= MOST_KEPT_BYTES) {
      buffer.clear();
      free.addFirst(buffer);
    }
    units.release(units(bytes));
  }

  private int units(int bytes) {
    return Math.min(mostUnits, bytes / UNIT_BYTES + 1);
  }
}
