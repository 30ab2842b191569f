package io.kinesisagent.backends.wire;

import io.kinesisagent.spi.MutableBytes;
import java.nio.charset.StandardCharsets;

/**
 * Writes base64 (RFC 4648) of a part of one array into a part of another; the JDK's encoder wants a
 * whole array, or makes one.
 */
final class Base64Writer {
  private static final byte[] DIGITS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
          .getBytes(StandardCharsets.US_ASCII);

  /** The two digits of each value of twelve bits, the first in the upper byte. */
  private static final short[] PAIRS = pairs();

  private Base64Writer() {}

  static void append(byte[] source, int offset, int length, MutableBytes into) {
    byte[] out = into.reserve((length + 2) / 3 * 4);
    int at = into.length();
    int whole = offset + length / 3 * 3;
    for (int i = offset; i < whole; i += 3) {
      int bits = (source[i] & 255) << 16 | (source[i + 1] & 255) << 8 | (source[i + 2] & 255);
      int first = PAIRS[bits >> 12];
      int second = PAIRS[bits & 0xfff];
      out[at] = (byte) (first >> 8);
      out[at + 1] = (byte) first;
      out[at + 2] = (byte) (second >> 8);
      out[at + 3] = (byte) second;
      at += 4;
    }
    int rest = offset + length - whole;
    if (rest > 0) {
      int bits = (source[whole] & 255) << 16 | (rest > 1 ? (source[whole + 1] & 255) << 8 : 0);
      out[at++] = DIGITS[bits >> 18];
      out[at++] = DIGITS[bits >> 12 & 63];
      out[at++] = rest > 1 ? DIGITS[bits >> 6 & 63] : (byte) '=';
      out[at++] = '=';
    }
    into.advance(at - into.length());
  }

  private static short[] pairs() {
    short[] pairs = new short[1 << 12];
    for (int i = 0; i < pairs.length; i++) {
      pairs[i] = (short) (DIGITS[i >> 6] << 8 | DIGITS[i & 63]);
    }
    return pairs;
  }
}
