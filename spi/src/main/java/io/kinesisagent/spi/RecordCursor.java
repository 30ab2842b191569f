package io.kinesisagent.spi;

/** A record view that is pointed at one record of a batch after the other. */
public final class RecordCursor implements RecordView {
  private byte[] array;
  private int offset;
  private int length;
  private RecordContext context;
  private Batch batch;
  private int index;

  /**
   * Points the cursor at a record of a batch.
   *
   * @param newIndex the record's index in the batch, which tells its context
   */
  public void set(byte[] newArray, int newOffset, int newLength, Batch newBatch, int newIndex) {
    array = newArray;
    offset = newOffset;
    length = newLength;
    context = null;
    batch = newBatch;
    index = newIndex;
  }

  /** Points the cursor at a record whose context is at hand. */
  public void set(byte[] newArray, int newOffset, int newLength, RecordContext newContext) {
    array = newArray;
    offset = newOffset;
    length = newLength;
    context = newContext;
    batch = null;
  }

  @Override
  public byte[] array() {
    return array;
  }

  @Override
  public int offset() {
    return offset;
  }

  @Override
  public int length() {
    return length;
  }

  @Override
  public RecordContext context() {
    return batch == null ? context : batch.context(index);
  }
}
