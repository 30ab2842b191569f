package io.kinesisagent.spi;

/** A record view that is pointed at one record of a batch after the other. */
public final class RecordCursor implements RecordView {
  private byte[] array;
  private int offset;
  private int length;
  private RecordContext context;

  /** Points the cursor at a record. */
  public void set(byte[] newArray, int newOffset, int newLength, RecordContext newContext) {
    array = newArray;
    offset = newOffset;
    length = newLength;
    context = newContext;
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
    return context;
  }
}
