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

  /** The escape of each byte that has one, by the byte's value. */
  private static final byte[][] ESCAPES = escapes();

  private JsonText() {}

  /**
   * Appends a JSON string, quotes included.
   *
   * @return how many of the bytes were malformed, and became U+FFFD
   */
  static int appendString(byte[] bytes, int from, int to, MutableBytes out) {
    int malformed = 0;
    out.append('"');
    int copied = from;
    int at = from;
    while ((at = firstSpecial(bytes, at, to)) < to) {
      byte special = bytes[at];
      if (special >= 0) {
        out.append(bytes, copied, at - copied);
        out.append(ESCAPES[special]);
        copied = ++at;
        continue;
      }
      int length = Utf8.characterLength(bytes, at, to);
      if (length > 0) {
        at += length;
        continue;
      }
      out.append(bytes, copied, at - copied);
      Utf8.appendReplacement(out);
      malformed -= length;
      at -= length;
      copied = at;
    }
    out.append(bytes, copied, to - copied);
    out.append('"');
    return malformed;
  }

  /** A text as a JSON string, quotes included. */
  static byte[] string(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    MutableBytes out = new MutableBytes(bytes.length + 2);
    appendString(bytes, 0, bytes.length, out);
    return Arrays.copyOf(out.array(), out.length());
  }

  /** The index of the first byte that cannot simply be copied into a JSON string, or {@code to}. */
  private static int firstSpecial(byte[] bytes, int from, int to) {
    int at = from;
    for (; at <= to - Long.BYTES; at += Long.BYTES) {
      long word = (long) LONGS.get(bytes, at);
      // A byte's high bit comes out set where the byte is not ASCII, below a blank, a quote or a
      // backslash; a borrow can set others, but only above one that is rightly set.
      long special =
          (word | (word - BLANKS) | ((word ^ QUOTES) - ONES) | ((word ^ BACKSLASHES) - ONES))
              & HIGH_BITS;
      if (special != 0) {
        return at + (Long.numberOfTrailingZeros(special) >>> 3);
      }
    }
    while (at < to && bytes[at] >= ' ' && bytes[at] != '"' && bytes[at] != '\\') {
      at++;
    }
    return at;
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
