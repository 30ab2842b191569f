package io.kinesisagent.spi;

/** A record view that is pointed at one record of a batch after the other. */
public final class RecordCursor implements RecordView {
  private byte[] array;
  private int offset;
  private int length;
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
    batch = newBatch;
    index = newIndex;
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
    return batch.context(index);
  }
}
