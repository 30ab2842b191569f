package io.kinesisagent.processors;

import io.kinesisagent.spi.MutableBytes;
import io.kinesisagent.spi.Utf8;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * JSON strings, from UTF-8 to UTF-8, escaped as Jackson does by default: {@code "}, {@code \} and
 * what is below U+0020, nothing else.
 */
final class JsonText {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long BLANKS = ONES * 0x20;
  private static final long QUOTES = ONES * '"';
  private static final long BACKSLASHES = ONES * '\\';

  /** Room for two quotes, and for the rest of a word of which one byte is wanted. */
  private static final int SLACK = 2 + Long.BYTES;

  private static final byte[] NOTHING = {};

  /** The escape of each byte that has one, by the byte's value. */
  private static final byte[][] ESCAPES = escapes();

  private JsonText() {}

  /**
   * Appends a JSON string, quotes included.
   *
   * @return how many of the bytes were malformed, and became U+FFFD
   */
  static int appendString(byte[] bytes, int from, int to, MutableBytes out) {
    return appendString(NOTHING, bytes, from, to, out);
  }

  /**
   * Appends some bytes as they are and then a JSON string, quotes included.
   *
   * @return how many of the string's bytes were malformed, and became U+FFFD
   */
  static int appendString(byte[] before, byte[] bytes, int from, int to, MutableBytes out) {
    byte[] target = out.reserve(before.length + to - from + SLACK);
    int start = out.length();
    System.arraycopy(before, 0, target, start, before.length);
    int text = start + before.length + 1;
    target[text - 1] = '"';
    int at = copyPlain(bytes, from, to, target, text);
    int end = text + at - from;
    if (at == to) {
      target[end] = '"';
      out.advance(end + 1 - start);
      return 0;
    }
    out.advance(end - start);
    int malformed = appendSpecial(bytes, at, to, out);
    out.append('"');
    return malformed;
  }

  /** Appends what begins with a byte that is not simply copied. */
  private static int appendSpecial(byte[] bytes, int from, int to, MutableBytes out) {
    int malformed = 0;
    int at = from;
    while (at < to) {
      int length = bytes[at] >= 0 ? 0 : Utf8.characterLength(bytes, at, to);
      if (length > 0) {
        out.append(bytes, at, length);
        at += length;
      } else if (length < 0) {
        Utf8.appendReplacement(out);
        malformed -= length;
        at -= length;
      } else {
        out.append(ESCAPES[bytes[at++]]);
      }
      byte[] target = out.reserve(to - at + SLACK);
      int plainEnd = copyPlain(bytes, at, to, target, out.length());
      out.advance(plainEnd - at);
      at = plainEnd;
    }
    return malformed;
  }

  /** A text as a JSON string, quotes included. */
  static byte[] string(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    MutableBytes out = new MutableBytes(bytes.length + 2);
    appendString(bytes, 0, bytes.length, out);
    return Arrays.copyOf(out.array(), out.length());
  }

  /**
   * Copies bytes up to the first that cannot simply stand in a JSON string; may write as far as
   * {@link #SLACK} allows beyond what it copied.
   *
   * @return the index of that byte, or {@code to}
   */
  private static int copyPlain(byte[] bytes, int from, int to, byte[] target, int targetFrom) {
    int shift = targetFrom - from;
    int at = from;
    for (; at <= to - Long.BYTES; at += Long.BYTES) {
      long word = (long) LONGS.get(bytes, at);
      LONGS.set(target, at + shift, word);
      long special = special(word);
      if (special != 0) {
        return at + (Long.numberOfTrailingZeros(special) >>> 3);
      }
    }
    if (at < to && at <= bytes.length - Long.BYTES) {
      // The bytes behind the text's end are copied along, and not looked at.
      long word = (long) LONGS.get(bytes, at);
      LONGS.set(target, at + shift, word);
      long special = special(word) & ~(-1L << ((to - at) * Byte.SIZE));
      return special == 0 ? to : at + (Long.numberOfTrailingZeros(special) >>> 3);
    }
    while (at < to && bytes[at] >= ' ' && bytes[at] != '"' && bytes[at] != '\\') {
      target[at + shift] = bytes[at];
      at++;
    }
    return at;
  }

  /**
   * A word in which the lowest bit that is set is that of a byte that is not ASCII, below a blank,
   * a quote or a backslash: a borrow can set others, but only above one that is rightly set.
   */
  private static long special(long word) {
    return (word | (word - BLANKS) | ((word ^ QUOTES) - ONES) | ((word ^ BACKSLASHES) - ONES))
        & HIGH_BITS;
  }

  private static byte[][] escapes() {
    byte[][] escapes = new byte[128][];
    for (int i = 0; i < ' '; i++) {
      escapes[i] = String.format("\\u%04X", i).getBytes(StandardCharsets.US_ASCII);
    }
    String shortForms = "\bb\tt\nn\ff\rr\"\"\\\\";
    for (int i = 0; i < shortForms.length(); i += 2) {
      escapes[shortForms.charAt(i)] = new byte[] {'\\', (byte) shortForms.charAt(i + 1)};
    }
    return escapes;
  }
}
