package io.kinesisagent.processors;

/** The parts of dates and times, as {@link Lexer} has the other tokens. */
final class DateLexer {
  private static final String[] MONTHS = {
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December"
  };
  private static final String[] DAYS = {
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"
  };

  private DateLexer() {}

  /** {@code Jan(?:uary)?|Feb(?:ruary)?|…}. */
  static int month(byte[] bytes, int from, int to) {
    return name(MONTHS, bytes, from, to);
  }

  /** {@code Mon(?:day)?|Tue(?:sday)?|…}. */
  static int weekday(byte[] bytes, int from, int to) {
    return name(DAYS, bytes, from, to);
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

  /** The first three letters of a name, or all of it. */
  private static int name(String[] names, byte[] bytes, int from, int to) {
    if (to - from < 3) {
      return -1;
    }
    for (String name : names) {
      if (bytes[from + 1] == name.charAt(1)
          && bytes[from + 2] == name.charAt(2)
          && bytes[from] == name.charAt(0)) {
        int at = 3;
        while (at < name.length() && from + at < to && bytes[from + at] == name.charAt(at)) {
          at++;
        }
        return at == name.length() ? from + at : from + 3;
      }
    }
    return -1;
  }
}
