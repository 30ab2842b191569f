package io.kinesisagent.agent.send;

import io.kinesisagent.agent.batch.PackedBatch;
import io.kinesisagent.spi.Batch;
import io.kinesisagent.spi.RecordContext;
import io.kinesisagent.spi.RecordCursor;

/**
 * What one request carries: the records of a batch that have not come to their end. Seen by the
 * backend while it is in flight; everything else is the flow thread's.
 */
final class Delivery implements Batch {
  private final PackedBatch batch;
  private final int[] indexes;
  private final int bytes;
  private final boolean inOrder;
  int failures;
  long dueNanos;
  long sentNanos;

  private Delivery(PackedBatch batch, int[] indexes, int bytes, boolean inOrder) {
    this.inOrder = inOrder;
    this.batch = batch;
    this.indexes = indexes;
    this.bytes = bytes;
  }

  /** All records of a batch. */
  static Delivery of(PackedBatch batch, boolean inOrder) {
    return new Delivery(batch, null, batch.bytes(), inOrder);
  }

  /**
   * Some records of this delivery.
   *
   * @param some their indexes in this delivery, in order
   */
  Delivery part(int[] some) {
    int[] mapped = new int[some.length];
    int size = 0;
    RecordCursor cursor = new RecordCursor();
    for (int i = 0; i < some.length; i++) {
      mapped[i] = indexInBatch(some[i]);
      batch.read(mapped[i], cursor);
      size += cursor.length();
    }
    Delivery part = new Delivery(batch, mapped, size, inOrder);
    part.failures = failures;
    return part;
  }

  PackedBatch batch() {
    return batch;
  }

  int indexInBatch(int index) {
    return indexes == null ? index : indexes[index];
  }

  @Override
  public int size() {
    return indexes == null ? batch.size() : indexes.length;
  }

  @Override
  public boolean inOrder() {
    return inOrder;
  }

  @Override
  public boolean wholeLines() {
    return batch.wholeLines();
  }

  @Override
  public int bytes() {
    return bytes;
  }

  @Override
  public void read(int index, RecordCursor into) {
    batch.read(indexInBatch(index), into);
  }

  @Override
  public RecordContext context(int index) {
    return batch.context(indexInBatch(index));
  }
}
