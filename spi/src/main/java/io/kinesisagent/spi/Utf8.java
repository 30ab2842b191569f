package io.kinesisagent.spi;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * UTF-8 as bytes, without making strings. What is malformed is taken apart exactly as {@link
 * java.nio.charset.StandardCharsets#UTF_8}'s decoder does, so that bytes and decoded text agree.
 */
public final class Utf8 {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long HIGH_BITS = 0x8080808080808080L;

  private Utf8() {}

  /**
   * The length in bytes of the character that begins at an index.
   *
   * @param end where the bytes end; must be greater than {@code at}
   * @return 1 to 4; or, for bytes that are no character, minus the number of them (1 to 3) that the
   *     decoder replaces by one U+FFFD
   */
  public static int characterLength(byte[] bytes, int at, int end) {
    int lead = bytes[at] & 0xFF;
    if (lead < 0x80) {
      return 1;
    }
    if (lead >= 0xC2 && lead <= 0xDF) {
      return end - at > 1 && isContinuation(bytes[at + 1]) ? 2 : -1;
    }
    if (lead >= 0xE0 && lead <= 0xEF) {
      return lengthOfThree(bytes, at, end, lead);
    }
    if (lead >= 0xF0 && lead <= 0xF4) {
      return lengthOfFour(bytes, at, end, lead);
    }
    return -1;
  }

  /** The index of the first byte that is not ASCII, or {@code to}. */
  public static int firstNonAscii(byte[] bytes, int from, int to) {
    int at = from;
    for (; at <= to - Long.BYTES; at += Long.BYTES) {
      long high = (long) LONGS.get(bytes, at) & HIGH_BITS;
      if (high != 0) {
        return at + (Long.numberOfTrailingZeros(high) >>> 3);
      }
    }
    while (at < to && bytes[at] >= 0) {
      at++;
    }
    return at;
  }

  /**
   * Appends bytes as they are, but U+FFFD for what is malformed.
   *
   * @return the number of malformed bytes
   */
  public static int appendWellFormed(byte[] bytes, int from, int to, MutableBytes out) {
    int malformed = 0;
    int copied = from;
    int at = firstNonAscii(bytes, from, to);
    while (at < to) {
      int length = characterLength(bytes, at, to);
      if (length > 0) {
        at += length;
      } else {
        out.append(bytes, copied, at - copied);
        appendReplacement(out);
        malformed -= length;
        at -= length;
        copied = at;
      }
      at = firstNonAscii(bytes, at, to);
    }
    out.append(bytes, copied, to - copied);
    return malformed;
  }

  /** Appends U+FFFD, which stands for malformed bytes. */
  public static void appendReplacement(MutableBytes out) {
    byte[] array = out.reserve(3);
    int at = out.length();
    array[at] = (byte) 0xEF;
    array[at + 1] = (byte) 0xBF;
    array[at + 2] = (byte) 0xBD;
    out.advance(3);
  }

  private static int lengthOfThree(byte[] bytes, int at, int end, int lead) {
    if (end - at < 2) {
      return -1;
    }
    int second = bytes[at + 1] & 0xFF;
    if (!isContinuation(bytes[at + 1]) || (lead == 0xE0 && second < 0xA0)) {
      return -1;
    }
    if (end - at < 3 || !isContinuation(bytes[at + 2])) {
      return -2;
    }
    // A surrogate: the decoder replaces all of it by one character.
    return lead == 0xED && second >= 0xA0 ? -3 : 3;
  }

  private static int lengthOfFour(byte[] bytes, int at, int end, int lead) {
    if (end - at < 2) {
      return -1;
    }
    int second = bytes[at + 1] & 0xFF;
    if (!isContinuation(bytes[at + 1])
        || (lead == 0xF0 && second < 0x90)
        || (lead == 0xF4 && second >= 0x90)) {
      return -1;
    }
    if (end - at < 3 || !isContinuation(bytes[at + 2])) {
      return -2;
    }
    return end - at < 4 || !isContinuation(bytes[at + 3]) ? -3 : 4;
  }

  private static boolean isContinuation(byte value) {
    return (value & 0xC0) == 0x80;
  }
}
