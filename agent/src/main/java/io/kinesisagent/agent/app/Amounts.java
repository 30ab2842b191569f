package io.kinesisagent.agent.app;

import java.util.Locale;

/** Amounts as people read them, in few columns. */
final class Amounts {
  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

  private Amounts() {}

  /** Such as {@code 1,234,567}. */
  static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** Such as {@code 1 file} or {@code 2 files}. */
  static String counted(long count, String what) {
    return count(count) + " " + what + (count == 1 ? "" : "s");
  }

  /** Such as {@code 12.3 MiB}. */
  static String bytes(long bytes) {
    int unit = 0;
    double amount = bytes;
    while (Math.abs(amount) >= 1023.95 && unit < UNITS.length - 1) {
      amount /= 1024;
      unit++;
    }
    return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", amount, UNITS[unit]);
  }

  /** Such as {@code 12 s}, {@code 3 min 20 s}, {@code 5 h 2 min} or {@code 3 d 4 h}. */
  static String time(long seconds) {
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3600) {
      return two(seconds / 60, "min", seconds % 60, "s");
    }
    if (seconds < 86_400) {
      return two(seconds / 3600, "h", seconds % 3600 / 60, "min");
    }
    return two(seconds / 86_400, "d", seconds % 86_400 / 3600, "h");
  }

  private static String two(long large, String largeUnit, long small, String smallUnit) {
    return large + " " + largeUnit + (small == 0 ? "" : " " + small + " " + smallUnit);
  }

  /** At most so many columns; the middle of what is longer is left out. */
  static String fit(String text, int columns) {
    if (text.length() <= columns) {
      return text;
    }
    int head = (columns - 1) / 3;
    return text.substring(0, head) + "…" + text.substring(text.length() - (columns - 1 - head));
  }
}
