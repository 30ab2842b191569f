package io.kinesisagent.agent.tail;

/**
 * The record that a tail offered last and that was not taken as a whole. However its file grows, it
 * is the same when it is offered again: a part of what became of it may have been taken. Owned by
 * the flow's thread.
 */
final class Offered {
  private long from = -1;
  private int length;
  private int crc;

  /** How many of the records that became of it were taken. */
  int pieces;

  /** Takes note of a record that is not taken as a whole. */
  void refused(long offset, byte[] data, int start, int count) {
    from = offset;
    length = count;
    crc = Crc32c.of(data, start, count);
  }

  /**
   * The length of what is at an offset of the file if it is this record, or 0.
   *
   * @param limit the end of what is at hand
   */
  int lengthAt(long offset, byte[] data, int start, int limit) {
    boolean same =
        from == offset && length <= limit - start && Crc32c.of(data, start, length) == crc;
    return same ? length : 0;
  }
}
