package io.kinesisagent.agent.batch;

import io.kinesisagent.agent.tail.Tail;
import io.kinesisagent.spi.BatchLimits;
import io.kinesisagent.spi.Failure;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Packs records into batches within the limits of the destination and of memory. Owned by the
 * flow's thread.
 */
public final class Batcher {
  /** What came of adding a record. */
  public enum Added {
    YES,
    /** The open batch is full: seal it and add again. */
    FULL,
    /** Memory is at its bound: wait until batches have settled. */
    NO_MEMORY
  }

  private static final int SMALLEST_ARRAY = 64 * 1024;

  /** What is known of the records of batches that are kept for use again. */
  private static final int MOST_SPARE_RECORDS = 1 << 16;

  private final BatchLimits limits;
  private final int sealBytes;
  private final MemoryBudget.Share memory;
  private final String flow;
  private final String host;
  private final JoinCount joinCount;
  private final Deque<PackedBatch> spare = new ArrayDeque<>();
  private PackedBatch open;
  private int spareRecords;
  private int usualBytes = SMALLEST_ARRAY;

  /**
   * @param limits of the destination and of the flow, whichever is narrower
   * @param sealBytes a batch is full at this many bytes; a single record may be longer
   * @param memory the flow's share of the budget
   */
  public Batcher(
      BatchLimits limits, int sealBytes, MemoryBudget.Share memory, String flow, String host) {
    this.limits = limits;
    this.sealBytes = Math.min(sealBytes, limits.maxBytes());
    this.memory = memory;
    this.flow = flow;
    this.host = host;
    this.joinCount = new JoinCount(limits);
  }

  public BatchLimits limits() {
    return limits;
  }

  /**
   * Copies a record into the open batch.
   *
   * @param length at most {@link BatchLimits#maxDataBytes()} where the record is to be sent
   * @param sourceOffset where the record begins in its file
   */
  public Added add(
      Tail tail, byte[] source, int offset, int length, long sourceOffset, long nowNanos) {
    if (open != null && !fits(length)) {
      return Added.FULL;
    }
    int needed = (open == null ? 0 : open.bytes()) + length;
    if (open == null || open.capacity() < needed) {
      if (!makeRoom(needed, nowNanos)) {
        return open == null ? Added.NO_MEMORY : Added.FULL;
      }
    }
    open.add(tail, source, offset, length, sourceOffset);
    joinCount.add(length);
    return Added.YES;
  }

  /** The record that was added last is not to be sent: it is for the dead letters. */
  public void refuseLast(Failure reason) {
    open.refuseLast(reason);
  }

  private boolean fits(int length) {
    long overhead = (long) (open.size() + 1) * limits.perRecordOverhead();
    return open.size() < limits.maxRecords()
        && open.bytes() + length + overhead <= sealBytes
        && joinCount.takes(length);
  }

  private boolean makeRoom(int needed, long nowNanos) {
    if (open == null) {
      byte[] array = takeAtLeast(needed);
      if (array == null) {
        return false;
      }
      openNew(array, nowNanos);
      return true;
    }
    byte[] larger = memory.take(arraySize(needed));
    if (larger == null) {
      return false;
    }
    // The next batch begins with what this one needed, so what it has outgrown is not kept.
    memory.discard(open.replaceArray(larger));
    return true;
  }

  /**
   * An array of the usual size, or of what there is memory for. It is less than the smallest of the
   * usual ones only where nothing of the flow's own is to come back, which is better waited for.
   */
  private byte[] takeAtLeast(int needed) {
    int size = arraySize(Math.max(needed, usualBytes));
    byte[] array = memory.take(size);
    while (array == null && size > least(needed)) {
      size = Math.max(least(needed), size / 2);
      array = memory.take(size);
    }
    return array;
  }

  private int least(int needed) {
    return memory.held() == 0 ? needed : arraySize(needed);
  }

  private void openNew(byte[] array, long nowNanos) {
    PackedBatch batch = spare.poll();
    if (batch == null) {
      batch = new PackedBatch(flow, host);
    } else {
      spareRecords -= batch.mostRecords();
    }
    batch.open(array, nowNanos);
    joinCount.clear();
    open = batch;
  }

  /** A size of few, so that arrays fit again: powers of two, and those in the middle of two. */
  private int arraySize(int needed) {
    int size = SMALLEST_ARRAY;
    while (size < needed && size < limits.maxBytes()) {
      size = Integer.bitCount(size) == 1 ? size / 2 * 3 : size / 3 * 4;
    }
    return Math.max(needed, Math.min(size, limits.maxBytes()));
  }

  /** Whether the open batch can take no further record of any size. */
  public boolean full() {
    return open != null
        && (open.size() >= limits.maxRecords()
            || open.bytes() + (long) open.size() * limits.perRecordOverhead() >= sealBytes);
  }

  /** Whether there is an open batch with records. */
  public boolean anyOpen() {
    return open != null;
  }

  /** When the first record of the open batch came in. */
  public long openedAtNanos() {
    return open.openedAtNanos();
  }

  /** Whether the open batch holds records of a tail. */
  public boolean covers(Tail tail) {
    return open != null && open.covers(tail);
  }

  /**
   * Closes the open batch: what its files were read to by now is tracked as its spans.
   *
   * @return the batch, to be settled once and then {@link #release}d
   */
  public PackedBatch seal() {
    PackedBatch batch = open;
    open = null;
    batch.seal();
    usualBytes = Math.min(batch.capacity(), arraySize(sealBytes));
    if (batch.bytes() < usualBytes / 2) {
      usualBytes = Math.max(SMALLEST_ARRAY, usualBytes / 2);
    }
    return batch;
  }

  /** Takes back the memory of a batch that has settled. */
  public void release(PackedBatch batch) {
    memory.giveBack(batch.takeArray());
    batch.spans().clear();
    if (spareRecords + batch.mostRecords() <= MOST_SPARE_RECORDS) {
      spareRecords += batch.mostRecords();
      spare.push(batch);
    }
  }
}
