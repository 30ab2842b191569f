package io.kinesisagent.processors;

import io.kinesisagent.spi.MutableBytes;

/** What a field of a line becomes in JSON. */
enum FieldType {
  STRING {
    @Override
    boolean append(byte[] bytes, int from, int to, MutableBytes out) {
      return false;
    }
  },
  INTEGER {
    @Override
    boolean append(byte[] bytes, int from, int to, MutableBytes out) {
      int digits = afterSign(bytes, from, to);
      if (digits == to || Lexer.digits(bytes, digits, to) != to) {
        return false;
      }
      appendDigits(bytes, digits, to, from < digits && bytes[from] == '-', out);
      return true;
    }
  },
  NUMBER {
    @Override
    boolean append(byte[] bytes, int from, int to, MutableBytes out) {
      int digits = afterSign(bytes, from, to);
      int point = Lexer.digits(bytes, digits, to);
      int exponent = afterFraction(bytes, point, to);
      if (exponent < 0
          || (point == digits && exponent == point)
          || !isExponent(bytes, exponent, to)) {
        return false;
      }
      appendDigits(bytes, digits, point, from < digits && bytes[from] == '-', out);
      out.append(bytes, point, to - point);
      return true;
    }
  },
  BOOLEAN {
    @Override
    boolean append(byte[] bytes, int from, int to, MutableBytes out) {
      if (isWord(bytes, from, to, TRUE)) {
        out.append(TRUE);
        return true;
      }
      if (isWord(bytes, from, to, FALSE)) {
        out.append(FALSE);
        return true;
      }
      return false;
    }
  };

  private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
  private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};

  /**
   * Appends the bytes as a JSON value of this type.
   *
   * @return false, with nothing appended, where they cannot be read as one
   */
  abstract boolean append(byte[] bytes, int from, int to, MutableBytes out);

  /** JSON knows no plus sign. */
  private static int afterSign(byte[] bytes, int from, int to) {
    return from < to && (bytes[from] == '-' || bytes[from] == '+') ? from + 1 : from;
  }

  /** Behind a point and its digits; {@code from} where there is no point; -1 where no digits. */
  private static int afterFraction(byte[] bytes, int from, int to) {
    if (from == to || bytes[from] != '.') {
      return from;
    }
    int end = Lexer.digits(bytes, from + 1, to);
    return end == from + 1 ? -1 : end;
  }

  private static boolean isExponent(byte[] bytes, int from, int to) {
    if (from == to) {
      return true;
    }
    if ((bytes[from] | 0x20) != 'e') {
      return false;
    }
    int digits = afterSign(bytes, from + 1, to);
    return digits < to && Lexer.digits(bytes, digits, to) == to;
  }

  /** JSON knows no leading zeros, and asks for a digit. */
  private static void appendDigits(
      byte[] bytes, int from, int to, boolean negative, MutableBytes out) {
    int first = from;
    while (first < to - 1 && bytes[first] == '0') {
      first++;
    }
    if (negative) {
      out.append('-');
    }
    if (first == to) {
      out.append('0');
    }
    out.append(bytes, first, to - first);
  }

  private static boolean isWord(byte[] bytes, int from, int to, byte[] word) {
    if (to - from != word.length) {
      return false;
    }
    for (int i = 0; i < word.length; i++) {
      if ((bytes[from + i] | 0x20) != word[i]) {
        return false;
      }
    }
    return true;
  }
}
