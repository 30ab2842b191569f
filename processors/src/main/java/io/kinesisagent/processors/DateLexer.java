package io.kinesisagent.processors;

import java.nio.charset.StandardCharsets;

/** The parts of dates and times, as {@link Lexer} has the other tokens. */
final class DateLexer {
  private static final byte[][] LONG_NAMES = {
    {},
    rest("uary"),
    rest("ruary"),
    rest("ch"),
    rest("il"),
    rest("e"),
    rest("y"),
    rest("ust"),
    rest("tember"),
    rest("ober"),
    rest("ember"),
    rest("day"),
    rest("sday"),
    rest("nesday"),
    rest("rsday"),
    rest("urday")
  };

  private DateLexer() {}

  /** {@code Jan(?:uary)?|Feb(?:ruary)?|…}. */
  static int month(byte[] bytes, int from, int to) {
    return switch (letters(bytes, from, to)) {
      case 'J' << 16 | 'a' << 8 | 'n' -> name(1, bytes, from, to);
      case 'F' << 16 | 'e' << 8 | 'b' -> name(2, bytes, from, to);
      case 'M' << 16 | 'a' << 8 | 'r' -> name(3, bytes, from, to);
      case 'A' << 16 | 'p' << 8 | 'r' -> name(4, bytes, from, to);
      case 'M' << 16 | 'a' << 8 | 'y' -> name(0, bytes, from, to);
      case 'J' << 16 | 'u' << 8 | 'n' -> name(5, bytes, from, to);
      case 'J' << 16 | 'u' << 8 | 'l' -> name(6, bytes, from, to);
      case 'A' << 16 | 'u' << 8 | 'g' -> name(7, bytes, from, to);
      case 'S' << 16 | 'e' << 8 | 'p' -> name(8, bytes, from, to);
      case 'O' << 16 | 'c' << 8 | 't' -> name(9, bytes, from, to);
      case 'N' << 16 | 'o' << 8 | 'v', 'D' << 16 | 'e' << 8 | 'c' -> name(10, bytes, from, to);
      default -> -1;
    };
  }

  /** {@code Mon(?:day)?|Tue(?:sday)?|…}. */
  static int weekday(byte[] bytes, int from, int to) {
    return switch (letters(bytes, from, to)) {
      case 'M' << 16 | 'o' << 8 | 'n', 'F' << 16 | 'r' << 8 | 'i', 'S' << 16 | 'u' << 8 | 'n' ->
          name(11, bytes, from, to);
      case 'T' << 16 | 'u' << 8 | 'e' -> name(12, bytes, from, to);
      case 'W' << 16 | 'e' << 8 | 'd' -> name(13, bytes, from, to);
      case 'T' << 16 | 'h' << 8 | 'u' -> name(14, bytes, from, to);
      case 'S' << 16 | 'a' << 8 | 't' -> name(15, bytes, from, to);
      default -> -1;
    };
  }

  /** {@code 0[1-9]|[12]\d|3[01]|[1-9]}. */
  static int monthDay(byte[] bytes, int from, int to) {
    int end = Lexer.digits(bytes, from, Math.min(from + 2, to));
    int value = value(bytes, from, end);
    return value >= 1 && value <= 31 ? end : -1;
  }

  /** {@code (?:2[0-3]|[01]?\d):[0-5]\d:(?:60|[0-5]?\d)(?:[:.,]\d+)?}. */
  static int time(byte[] bytes, int from, int to) {
    int hourEnd = Lexer.digits(bytes, from, Math.min(from + 2, to));
    if (hourEnd == from || value(bytes, from, hourEnd) > 23 || !has(bytes, hourEnd, to, ':')) {
      return -1;
    }
    int minute = hourEnd + 1;
    int minuteEnd = Lexer.digits(bytes, minute, Math.min(minute + 2, to));
    if (minuteEnd != minute + 2
        || value(bytes, minute, minuteEnd) > 59
        || !has(bytes, minuteEnd, to, ':')) {
      return -1;
    }
    int second = minuteEnd + 1;
    int secondEnd = Lexer.digits(bytes, second, Math.min(second + 2, to));
    if (secondEnd == second || value(bytes, second, secondEnd) > 60) {
      return -1;
    }
    return fraction(bytes, secondEnd, to);
  }

  /** {@code \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)}. */
  static int rfc3339(byte[] bytes, int from, int to) {
    int end = shape("0000-00-00T00:00:00", bytes, from, to);
    if (end < 0) {
      return -1;
    }
    if (has(bytes, end, to, '.')) {
      int fraction = Lexer.number(bytes, end + 1, to);
      end = fraction < 0 ? end : fraction;
    }
    if (has(bytes, end, to, 'Z')) {
      return end + 1;
    }
    return has(bytes, end, to, '+') || has(bytes, end, to, '-')
        ? shape("00:00", bytes, end + 1, to)
        : -1;
  }

  /** A text in which a {@code 0} stands for any digit. */
  static int shape(String shape, byte[] bytes, int from, int to) {
    if (to - from < shape.length()) {
      return -1;
    }
    for (int i = 0; i < shape.length(); i++) {
      char wanted = shape.charAt(i);
      byte value = bytes[from + i];
      if (wanted == '0' ? !Lexer.isDigit(value) : value != wanted) {
        return -1;
      }
    }
    return from + shape.length();
  }

  private static boolean has(byte[] bytes, int at, int to, char wanted) {
    return Lexer.has(bytes, at, to, wanted);
  }

  private static int fraction(byte[] bytes, int from, int to) {
    if (from < to && (bytes[from] == '.' || bytes[from] == ':' || bytes[from] == ',')) {
      int end = Lexer.number(bytes, from + 1, to);
      return end < 0 ? from : end;
    }
    return from;
  }

  private static int value(byte[] bytes, int from, int to) {
    int value = 0;
    for (int i = from; i < to; i++) {
      value = value * 10 + bytes[i] - '0';
    }
    return value;
  }

  /** Three ASCII letters as one number, or -1. */
  private static int letters(byte[] bytes, int from, int to) {
    if (from < 0 || to - from < 3) {
      return -1;
    }
    return bytes[from] << 16 | bytes[from + 1] << 8 | bytes[from + 2];
  }

  /** The end of a name: of all of it, or else of its first three letters, which are there. */
  private static int name(int index, byte[] bytes, int from, int to) {
    int end = Lexer.text(bytes, from + 3, to, LONG_NAMES[index]);
    return end < 0 ? from + 3 : end;
  }

  private static byte[] rest(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
