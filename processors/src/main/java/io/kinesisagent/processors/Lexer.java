package io.kinesisagent.processors;

import io.kinesisagent.spi.Utf8;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The tokens that log formats are made of, found in bytes. Each function takes where a token may
 * begin and where the line ends, and returns where the token ends, or -1 where there is none. The
 * regular expression of each stands at it.
 */
final class Lexer {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;

  /** What {@code \w} and {@code \d} mean, and the other sets that tokens are made of. */
  private static final int WORD = 1;

  private static final int NAME = 2;
  private static final int PROGRAM = 4;
  private static final int ADDRESS = 8;
  private static final int NOT_USER = 16;
  private static final byte[] CLASSES = classes();

  private Lexer() {}

  /** The index of a byte, or {@code to}. */
  static int indexOf(byte wanted, byte[] bytes, int from, int to) {
    long pattern = (wanted & 0xFFL) * ONES;
    int at = from;
    for (; at <= to - Long.BYTES; at += Long.BYTES) {
      long found = zeros((long) LONGS.get(bytes, at) ^ pattern);
      if (found != 0) {
        return at + (Long.numberOfTrailingZeros(found) >>> 3);
      }
    }
    if (at < to && at <= bytes.length - Long.BYTES) {
      long found = zeros((long) LONGS.get(bytes, at) ^ pattern);
      return found == 0 ? to : Math.min(to, at + (Long.numberOfTrailingZeros(found) >>> 3));
    }
    while (at < to && bytes[at] != wanted) {
      at++;
    }
    return at;
  }

  /** A word whose lowest bit that is set is that of the first byte that is zero. */
  private static long zeros(long word) {
    return (word - ONES) & ~word & HIGH_BITS;
  }

  /** Behind the blanks, as {@link String#trim()} sees them, at the start. */
  static int trimStart(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && bytes[at] >= 0 && bytes[at] <= ' ') {
      at++;
    }
    return at;
  }

  /** Before the blanks, as {@link String#trim()} sees them, at the end. */
  static int trimEnd(byte[] bytes, int from, int to) {
    int at = to;
    while (at > from && bytes[at - 1] >= 0 && bytes[at - 1] <= ' ') {
      at--;
    }
    return at;
  }

  static boolean isDigit(byte value) {
    return value >= '0' && value <= '9';
  }

  /**
   * Whether a byte stands at an index; not where the index is -1, for a token that is not there.
   */
  static boolean has(byte[] bytes, int at, int to, char wanted) {
    return at >= 0 && at < to && bytes[at] == wanted;
  }

  /** One byte. */
  static int one(byte[] bytes, int at, int to, char wanted) {
    return has(bytes, at, to, wanted) ? at + 1 : -1;
  }

  /** A given ASCII text. */
  static int text(byte[] bytes, int at, int to, byte[] wanted) {
    if (at < 0 || to - at < wanted.length) {
      return -1;
    }
    for (int i = 0; i < wanted.length; i++) {
      if (bytes[at + i] != wanted[i]) {
        return -1;
      }
    }
    return at + wanted.length;
  }

  /** {@code \d*}; never -1. */
  static int digits(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && isDigit(bytes[at])) {
      at++;
    }
    return at;
  }

  /** {@code \d+}. */
  static int number(byte[] bytes, int from, int to) {
    int end = digits(bytes, from, to);
    return end == from ? -1 : end;
  }

  /** {@code [1-9]\d*}. */
  static int positive(byte[] bytes, int from, int to) {
    return has(bytes, from, to, '0') ? -1 : number(bytes, from, to);
  }

  /** {@code [+-]?\d+}. */
  static int integer(byte[] bytes, int from, int to) {
    boolean signed = from < to && (bytes[from] == '-' || bytes[from] == '+');
    return number(bytes, signed ? from + 1 : from, to);
  }

  /** {@code [+-]?\d+|-}. */
  static int integerOrDash(byte[] bytes, int from, int to) {
    int end = integer(bytes, from, to);
    return end < 0 ? one(bytes, from, to, '-') : end;
  }

  /** {@code \s}. */
  static boolean isSpace(byte value) {
    return value == ' ' || (value >= '\t' && value <= '\r');
  }

  /** {@code \s+}. */
  static int spaces(byte[] bytes, int from, int to) {
    int at = from;
    while (at >= 0 && at < to && isSpace(bytes[at])) {
      at++;
    }
    return at == from ? -1 : at;
  }

  /** {@code [^ ]+}. */
  static int unspaced(byte[] bytes, int from, int to) {
    int end = indexOf((byte) ' ', bytes, from, to);
    return end == from ? -1 : end;
  }

  /** {@code \w+}. */
  static int word(byte[] bytes, int from, int to) {
    int end = run(WORD, bytes, from, to);
    return end == from ? -1 : end;
  }

  /** A program's name: {@code [\w./%-]+}. */
  static int program(byte[] bytes, int from, int to) {
    int end = run(PROGRAM, bytes, from, to);
    return end == from ? -1 : end;
  }

  /** A user's name, as Apache may log it: {@code [^\s"\[\]]+}. */
  static int user(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && (bytes[at] < 0 || (CLASSES[bytes[at]] & NOT_USER) == 0)) {
      at++;
    }
    return at == from ? -1 : at;
  }

  /**
   * A host's name or IPv4 address, as Apache logs it: {@code [\w-]+(\.[\w-]+)*\.?|[\d.]+}, where
   * {@code -} and {@code _} are allowed anywhere.
   */
  static int host(byte[] bytes, int from, int to) {
    int at = from;
    boolean numeric = true;
    boolean labels = true;
    byte before = '.';
    for (; at < to && bytes[at] >= 0 && (CLASSES[bytes[at]] & NAME) != 0; at++) {
      byte value = bytes[at];
      numeric &= value == '.' || isDigit(value);
      labels &= value != '.' || before != '.';
      before = value;
    }
    return at == from || !(numeric || labels) ? -1 : at;
  }

  /** A host's name in a syslog line: {@code [a-zA-Z0-9._-]+}. */
  static int plainHost(byte[] bytes, int from, int to) {
    int end = run(NAME, bytes, from, to);
    return end == from ? -1 : end;
  }

  /**
   * An IPv6 address: hexadecimal digits, points and at least two colons, and a zone: {@code
   * [0-9A-Fa-f.]*:[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*(%[\w.-]+)?}.
   */
  static int address6(byte[] bytes, int from, int to) {
    int colons = 0;
    int at = from;
    for (; at < to && bytes[at] >= 0 && (CLASSES[bytes[at]] & ADDRESS) != 0; at++) {
      if (bytes[at] == ':') {
        colons++;
      }
    }
    if (colons < 2) {
      return -1;
    }
    if (has(bytes, at, to, '%')) {
      int zone = run(NAME, bytes, at + 1, to);
      return zone == at + 1 ? at : zone;
    }
    return at;
  }

  /** The end of a quoted text, of at least one character: the next quote. */
  static int unquoted(byte[] bytes, int from, int to) {
    int end = indexOf((byte) '"', bytes, from, to);
    return end == from || end == to ? -1 : end;
  }

  /** The end of a quoted text in which a backslash escapes: {@code (?:[^"\\]|\\.)*} and a quote. */
  static int escapedUnquoted(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && bytes[at] != '"') {
      if (bytes[at] == '\\') {
        at++;
        if (at == to) {
          return -1;
        }
        at += Math.abs(Utf8.characterLength(bytes, at, to));
      } else {
        at++;
      }
    }
    return at < to ? at : -1;
  }

  private static int run(int kind, byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && bytes[at] >= 0 && (CLASSES[bytes[at]] & kind) != 0) {
      at++;
    }
    return at;
  }

  private static byte[] classes() {
    byte[] classes = new byte[128];
    for (char c = 0; c < 128; c++) {
      boolean digit = c >= '0' && c <= '9';
      boolean alphanumeric = digit || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      boolean word = alphanumeric || c == '_';
      boolean name = word || c == '.' || c == '-';
      boolean hexadecimal = digit || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
      classes[c] =
          (byte)
              ((word ? WORD : 0)
                  | (name ? NAME : 0)
                  | (name || c == '/' || c == '%' ? PROGRAM : 0)
                  | (hexadecimal || c == ':' || c == '.' ? ADDRESS : 0)
                  | (isSpace((byte) c) || "\"[]".indexOf(c) >= 0 ? NOT_USER : 0));
    }
    return classes;
  }
}
