package io.kinesisagent.backends.aws;

import io.kinesisagent.spi.MutableBytes;
import java.util.ArrayDeque;
import java.util.Deque;
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

  /** Longer ones are kept by themselves: in the hands of small requests they would be wasted. */
  private static final int MOST_SMALL_BYTES = 512 << 10;

  private final Deque<MutableBytes> small = new ArrayDeque<>();
  private final Deque<MutableBytes> large = new ArrayDeque<>();
  private long largeBytes;
  private final Semaphore units;
  private final int mostUnits;

  BodyPool(long boundBytes) {
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
    MutableBytes last = last(bytes);
    if (last == null || last.array().length < bytes) {
      // In steps, so that one serves for others of about its length.
      int step = bytes <= MOST_SMALL_BYTES ? UNIT_BYTES : MOST_SMALL_BYTES;
      return new MutableBytes((bytes / step + 1) * step);
    }
    return last;
  }

  private synchronized MutableBytes last(int bytes) {
    if (bytes <= MOST_SMALL_BYTES) {
      return small.poll();
    }
    MutableBytes last = large.poll();
    if (last != null) {
      largeBytes -= last.array().length;
    }
    return last;
  }

  /**
   * Gives a buffer back.
   *
   * @param bytes what it was taken for
   */
  public void give(MutableBytes buffer, int bytes) {
    buffer.clear();
    keep(buffer, bytes);
    units.release(units(bytes));
  }

  private synchronized void keep(MutableBytes buffer, int bytes) {
    int length = buffer.array().length;
    if (bytes <= MOST_SMALL_BYTES) {
      small.push(buffer);
    } else if (largeBytes + length <= mostUnits / 4L * UNIT_BYTES) {
      largeBytes += length;
      large.push(buffer);
    }
  }

  private int units(int bytes) {
    return Math.min(mostUnits, bytes / UNIT_BYTES + 1);
  }
}
