package io.kinesisagent.agent.tail;

/**
 * A place in a file together with what proves it: that the content before it is the content that
 * was read.
 *
 * @param offset source bytes before this place
 * @param crc CRC-32C of the bytes from the generation's origin to this place
 * @param near a hash of the last {@link #NEAR_BYTES} bytes before this place, or of all where there
 *     are fewer
 */
public record Position(long offset, int crc, long near) {
  /** How many bytes before a position are looked at again each time that reading goes on there. */
  public static final int NEAR_BYTES = 64;

  /** The beginning of a file. */
  public static final Position START = new Position(0, 0, Fingerprint.hash(new byte[0], 0, 0));

  /** How many bytes {@link #near} covers. */
  public int nearLength() {
    return (int) Math.min(NEAR_BYTES, offset);
  }

  /**
   * The position behind some more bytes.
   *
   * @param data holds at least {@link #nearLength()} bytes before {@code start}, as in the file
   * @param start where in {@code data} this position is
   * @param end where in {@code data} the new position is
   */
  public Position advance(byte[] data, int start, int end) {
    return advance(end - start, Crc32c.of(data, start, end - start), data, end);
  }

  /**
   * The position behind some more bytes that are not all at hand.
   *
   * @param count how many more bytes
   * @param theirCrc the CRC-32C of those bytes
   * @param data holds, before {@code end}, the bytes that the new {@link #near} covers
   */
  public Position advance(long count, int theirCrc, byte[] data, int end) {
    long newOffset = offset + count;
    int nearLength = (int) Math.min(NEAR_BYTES, newOffset);
    return new Position(
        newOffset,
        Crc32c.combine(crc, theirCrc, count),
        Fingerprint.hash(data, end - nearLength, nearLength));
  }
}
