package io.kinesisagent.agent.batch;

/**
 * The bound on the bytes of all batches, over all flows. A part of it is for shares alone: each
 * flow has one that nobody else can take, so that a destination that takes nothing never starves
 * the others, also where their flows come later. Beyond its share each flow draws on what is
 * common. Safe for use by several threads.
 */
public final class MemoryBudget {
  /** What is kept for use again lies outside the bound, and is at most this part of it. */
  private static final int SPARE_PART = 8;

  private final SpareArrays spares;
  private long total;
  private long taken;

  /** What is left of the part for shares. */
  private long reservable;

  /** What is left of the rest: below 0 while more than now is held of what were larger shares. */
  private long common;

  /**
   * @param totalBytes the bound, positive
   * @param reservableBytes the part of it that is for shares alone
   */
  public MemoryBudget(long totalBytes, long reservableBytes) {
    total = totalBytes;
    reservable = reservableBytes;
    common = totalBytes - reservableBytes;
    spares = new SpareArrays(totalBytes / SPARE_PART);
  }

  /** The bound in bytes. */
  public synchronized long totalBytes() {
    return total;
  }

  /** The bytes that are held of it at the moment. */
  public synchronized long heldBytes() {
    return taken;
  }

  /** Raises the bound, by so much for what is common and so much for shares. */
  public synchronized void raise(long moreCommonBytes, long moreReservableBytes) {
    total += moreCommonBytes + moreReservableBytes;
    common += moreCommonBytes;
    reservable += moreReservableBytes;
  }

  /**
   * Sets a share aside.
   *
   * @param reservedBytes what it may always have; less where less is left for shares
   */
  public Share share(long reservedBytes) {
    Share share = new Share();
    share.reserve(reservedBytes);
    return share;
  }

  /** What one flow has of the budget. */
  public final class Share {
    private long reserved;
    private long held;

    private Share() {}

    /** The budget that it is of. */
    public MemoryBudget budget() {
      return MemoryBudget.this;
    }

    /**
     * Makes the share larger or smaller. What is held beyond it counts as taken from what is
     * common.
     *
     * @param bytes what it may always have; less where less is left for shares
     */
    public void reserve(long bytes) {
      synchronized (MemoryBudget.this) {
        common += beyond();
        reservable += reserved;
        reserved = Math.min(bytes, reservable);
        reservable -= reserved;
        common -= beyond();
      }
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
      synchronized (MemoryBudget.this) {
        long more = Math.max(0, held + bytes - reserved) - beyond();
        if ((more > 0 && more > common) || taken + bytes > total) {
          return false;
        }
        hold(held + bytes);
        return true;
      }
    }

    private void release(int bytes) {
      synchronized (MemoryBudget.this) {
        if (bytes > held) {
          throw new IllegalStateException("gives back " + bytes + " bytes of " + held);
        }
        hold(held - bytes);
      }
    }

    private void hold(long bytes) {
      common += beyond();
      taken += bytes - held;
      held = bytes;
      common -= beyond();
    }

    /** What is held of what is common. */
    private long beyond() {
      return Math.max(0, held - reserved);
    }

    /** The bytes held at the moment. */
    public long held() {
      synchronized (MemoryBudget.this) {
        return held;
      }
    }

    /** Gives everything back that is held, and keeps the share. */
    public void clear() {
      synchronized (MemoryBudget.this) {
        hold(0);
      }
    }

    /** Gives the share itself back, with everything that is still held. */
    public void close() {
      synchronized (MemoryBudget.this) {
        hold(0);
        reserve(0);
      }
    }
  }
}
