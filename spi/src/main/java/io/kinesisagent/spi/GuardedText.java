package io.kinesisagent.spi;

import java.nio.charset.StandardCharsets;

/**
 * Bytes as the text that a regular expression looks at, and the count of its looks. ASCII is read
 * where it lies; anything else is decoded into arrays that are kept, with the byte index of each
 * character.
 */
final class GuardedText implements CharSequence {
  /** Thrown through the regular expression's engine to end it. */
  static final class LimitReached extends RuntimeException {
    private static final long serialVersionUID = 1;

    private LimitReached() {
      super(null, null, false, false);
    }
  }

  private static final int STEPS_BETWEEN_CHECKS = 1 << 16;
  private static final int FREE_STEPS_PER_CHARACTER = 64;

  private final Clock clock;
  private byte[] bytes = new byte[0];
  private int offset;
  private int length;
  private boolean decoded;
  private char[] chars = new char[0];
  private int[] byteIndexes = new int[1];

  private int budget;
  private long steps;
  private long deadline;
  private boolean timed;

  GuardedText(Clock clock) {
    this.clock = clock;
  }

  void set(byte[] newBytes, int newOffset, int byteLength) {
    bytes = newBytes;
    offset = newOffset;
    int end = newOffset + byteLength;
    decoded = Utf8.firstNonAscii(newBytes, newOffset, end) < end;
    length = decoded ? decode(newBytes, newOffset, end) : byteLength;
    long free = (long) FREE_STEPS_PER_CHARACTER * length;
    budget = (int) Math.min(Math.max(BoundedPattern.FREE_STEPS, free), BoundedPattern.MAX_STEPS);
    steps = budget;
    timed = false;
  }

  int byteIndex(int index) {
    if (index < 0) {
      return -1;
    }
    return decoded ? byteIndexes[index] : offset + index;
  }

  @Override
  public int length() {
    return length;
  }

  @Override
  public char charAt(int index) {
    if (--budget < 0) {
      check();
    }
    return decoded ? chars[index] : (char) bytes[offset + index];
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return toString().substring(start, end);
  }

  @Override
  public String toString() {
    return decoded
        ? new String(chars, 0, length)
        : new String(bytes, offset, length, StandardCharsets.US_ASCII);
  }

  private void check() {
    long now = clock.nanoTime();
    if (!timed) {
      timed = true;
      deadline = now + BoundedPattern.LIMIT_MILLIS * 1_000_000L;
    }
    if (now - deadline > 0 || steps >= BoundedPattern.MAX_STEPS) {
      throw new LimitReached();
    }
    budget = STEPS_BETWEEN_CHECKS;
    steps += STEPS_BETWEEN_CHECKS;
  }

  private int decode(byte[] source, int from, int to) {
    if (chars.length < to - from) {
      chars = new char[to - from];
      byteIndexes = new int[to - from + 1];
    }
    int count = 0;
    int at = from;
    while (at < to) {
      int size = Utf8.characterLength(source, at, to);
      byteIndexes[count] = at;
      if (size == 1) {
        chars[count++] = (char) source[at];
      } else if (size < 0) {
        chars[count++] = '\uFFFD';
      } else {
        int codePoint = codePoint(source, at, size);
        if (size == 4) {
          byteIndexes[count + 1] = at;
        }
        count += Character.toChars(codePoint, chars, count);
      }
      at += Math.abs(size);
    }
    byteIndexes[count] = to;
    return count;
  }

  private static int codePoint(byte[] source, int at, int size) {
    int value = source[at] & (0xFF >> (size + 1));
    for (int i = 1; i < size; i++) {
      value = value << 6 | (source[at + i] & 0x3F);
    }
    return value;
  }
}
