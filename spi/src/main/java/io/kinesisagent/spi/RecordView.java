package io.kinesisagent.spi;

/**
 * A record's bytes where they lie, in somebody else's array. A flyweight: valid only during the
 * call it is handed to, to be read and never written, never kept.
 */
public interface RecordView {
  /** The array that holds the record, among other things. */
  byte[] array();

  /** The index of the record's first byte in {@link #array()}. */
  int offset();

  /** The record's length in bytes, its newline included. */
  int length();

  /** Where the record comes from. Valid as long as this view is. */
  RecordContext context();
}
