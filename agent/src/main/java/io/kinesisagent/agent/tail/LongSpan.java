package io.kinesisagent.agent.tail;

/**
 * A span that is too long to be held: how far it was searched, what proves that it is still the
 * same, and whether that is its end. Owned by the flow's thread.
 */
final class LongSpan {
  private final byte[] last = new byte[Position.NEAR_BYTES];
  private int crc;
  long searchedTo;
  boolean insideLine;
  boolean whole;

  /**
   * @param data holds before {@code start} what a position covers
   */
  LongSpan(long searchedTo, byte[] data, int start) {
    this.searchedTo = searchedTo;
    keepLast(data, Math.max(0, start - last.length), start);
  }

  /** Takes bytes of the file that belong to the span. */
  void pass(byte[] data, int from, int to) {
    crc = Crc32c.combine(crc, Crc32c.of(data, from, to - from), to - from);
    searchedTo += to - from;
    keepLast(data, from, to);
  }

  private void keepLast(byte[] data, int from, int to) {
    int count = Math.min(to - from, last.length);
    System.arraycopy(last, count, last, 0, last.length - count);
    System.arraycopy(data, to - count, last, last.length - count, count);
  }

  /** The position at the end of what was taken. */
  Position end(Position start) {
    return start.advance(searchedTo - start.offset(), crc, last, last.length);
  }
}
