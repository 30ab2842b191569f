package io.kinesisagent.agent.frame;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Searches in byte arrays, eight bytes at a time. */
public final class Bytes {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long LOW = 0x0101010101010101L;
  private static final long HIGH = 0x8080808080808080L;
  private static final long NEWLINES = LOW * '\n';

  private Bytes() {}

  /** The index of the first newline in {@code [from, to)}, or -1. */
  public static int newline(byte[] data, int from, int to) {
    int i = from;
    for (; i + 8 <= to; i += 8) {
      long word = (long) LONG.get(data, i) ^ NEWLINES;
      long hit = (word - LOW) & ~word & HIGH;
      if (hit != 0) {
        return i + (Long.numberOfTrailingZeros(hit) >>> 3);
      }
    }
    for (; i < to; i++) {
      if (data[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  /** The index of the first byte in {@code [from, to)} that is not NUL, or {@code to}. */
  public static int notNul(byte[] data, int from, int to) {
    int i = from;
    while (i + 8 <= to && (long) LONG.get(data, i) == 0) {
      i += 8;
    }
    while (i < to && data[i] == 0) {
      i++;
    }
    return i;
  }

  /** The index of the last byte in {@code [from, to)} that is not NUL, or {@code from - 1}. */
  public static int lastNotNul(byte[] data, int from, int to) {
    int i = to - 1;
    while (i >= from && data[i] == 0) {
      i--;
    }
    return i;
  }

  /**
   * The longest cut of {@code [from, to)} that does not split a UTF-8 character.
   *
   * @return an index from {@code to - 3} to {@code to}; {@code to} where the bytes are not UTF-8
   */
  public static int characterBoundary(byte[] data, int from, int to) {
    if (to >= data.length || (data[to] & 0xc0) != 0x80) {
      return to;
    }
    for (int i = to - 1; i >= from && i >= to - 3; i--) {
      if ((data[i] & 0xc0) != 0x80) {
        int length = Integer.numberOfLeadingZeros(~(data[i] << 24));
        return length >= 2 && i + length > to ? i : to;
      }
    }
    return to;
  }

  /**
   * The end of the last whole UTF-8 character of {@code [from, to)}, whatever follows it.
   *
   * @return an index from {@code to - 3} to {@code to}; {@code to} where the bytes are not UTF-8
   */
  public static int wholeCharacters(byte[] data, int from, int to) {
    for (int i = to - 1; i >= from && i >= to - 3; i--) {
      if ((data[i] & 0xc0) != 0x80) {
        int length = Integer.numberOfLeadingZeros(~(data[i] << 24));
        return length >= 2 && length <= 4 && i + length > to ? i : to;
      }
    }
    return to;
  }
}
