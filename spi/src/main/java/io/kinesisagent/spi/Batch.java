package io.kinesisagent.spi;

/**
 * Records packed into one array with an index, sealed. It may be read by any thread from the call
 * of {@link Backend#send} until the returned stage completes, and by nobody afterwards.
 */
public interface Batch {
  /** The number of records, at least 1. */
  int size();

  /** The bytes of all records' data. */
  int bytes();

  /**
   * Points a cursor at a record.
   *
   * @param index 0 to {@link #size()} - 1, in the order of reading
   */
  void read(int index, RecordCursor into);

  /**
   * Where a record comes from. Valid as long as the batch is.
   *
   * @param index 0 to {@link #size()} - 1
   */
  RecordContext context(int index);

  /**
   * Whether every record is known to end with a newline: the agent sees that when it copies them,
   * and looking once more would fetch each from memory.
   *
   * @return false also where it is not known
   */
  default boolean wholeLines() {
    return false;
  }

  /**
   * Whether records of one key must arrive in the order of the batch: no record may be tried before
   * the one before it, of the same key, was taken. A destination without keys need not care.
   */
  default boolean inOrder() {
    return false;
  }
}
