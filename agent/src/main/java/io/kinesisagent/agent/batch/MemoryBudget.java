package io.kinesisagent.agent.batch;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The bound on the bytes of all batches, over all flows. Each flow has a share of its own that
 * nobody else can take, so that a destination that takes nothing never starves the others; beyond
 * it all draw on what is common. Safe for use by several threads.
 */
public final class MemoryBudget {
  /** What is kept for use again lies outside the bound, and is at most this part of it. */
  private static final int SPARE_PART = 8;

  private final long total;
  private final AtomicLong common;
  private final SpareArrays spares;

  /**
   * @param totalBytes the bound, positive
   */
  public MemoryBudget(long totalBytes) {
    total = totalBytes;
    common = new AtomicLong(totalBytes);
    spares = new SpareArrays(totalBytes / SPARE_PART);
  }

  /** The bound in bytes. */
  public long totalBytes() {
    return total;
  }

  /**
   * Sets a share aside.
   *
   * @param reservedBytes what it may always have; less is set aside where less is left
   */
  public Share share(long reservedBytes) {
    long reserved = reservedBytes;
    while (true) {
      long left = common.get();
      reserved = Math.max(0, Math.min(reservedBytes, left));
      if (common.compareAndSet(left, left - reserved)) {
        return new Share(reserved);
      }
    }
  }

  private boolean takeCommon(long bytes) {
    while (true) {
      long left = common.get();
      if (left < bytes) {
        return false;
      }
      if (common.compareAndSet(left, left - bytes)) {
        return true;
      }
    }
  }

  /** What one flow has of the budget. Owned by the flow's thread. */
  public final class Share {
    private final long reserved;
    private long held;

    private Share(long reserved) {
      this.reserved = reserved;
    }

    /**
     * An array of this size, with anything in it; null where it would exceed the bound. Nobody else
     * has it until it is given back.
     */
    public byte[] take(int size) {
      return acquire(size) ? spares.take(size) : null;
    }

    /** Gives an array back that was taken, and that nobody reads any more. */
    public void giveBack(byte[] array) {
      discard(array);
      spares.give(array);
    }

    /** Gives an array back that is of no use to anyone. */
    void discard(byte[] array) {
      release(array.length);
    }

    private boolean acquire(int bytes) {
      long beyond = Math.max(0, held + bytes - reserved) - Math.max(0, held - reserved);
      if (beyond > 0 && !takeCommon(beyond)) {
        return false;
      }
      held += bytes;
      return true;
    }

    private void release(int bytes) {
      if (bytes > held) {
        throw new IllegalStateException("gives back " + bytes + " bytes of " + held);
      }
      long beyond = Math.max(0, held - reserved) - Math.max(0, held - bytes - reserved);
      held -= bytes;
      if (beyond > 0) {
        common.addAndGet(beyond);
      }
    }

    /** The bytes held at the moment. */
    public long held() {
      return held;
    }

    /** Gives the share itself back, with everything that is still held. */
    public void close() {
      common.addAndGet(Math.max(reserved, held));
      held = 0;
    }
  }
}
