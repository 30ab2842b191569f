package io.kinesisagent.processors;

import io.kinesisagent.spi.MutableBytes;

/**
 * Splits lines of RFC 4180: a field that begins with a quote ends at the next one that is not
 * doubled, and may hold delimiters and newlines. What stands between the closing quote and the
 * delimiter is kept; a quote that is never closed ends with the line. An empty field at the end is
 * a missing one unless it is quoted.
 */
final class QuotedSplitter implements FieldSplitter {
  private final byte[] delimiter;
  private final byte[] quote;
  private final boolean trim;
  private final MutableBytes unquoted = new MutableBytes(256);
  private boolean quoted;

  /**
   * A splitter.
   *
   * @param delimiter the UTF-8 bytes of the delimiter
   * @param quote the UTF-8 bytes of one character
   * @param trim whether blanks around fields, outside of the quotes, are left out
   */
  QuotedSplitter(byte[] delimiter, byte[] quote, boolean trim) {
    this.delimiter = delimiter.clone();
    this.quote = quote.clone();
    this.trim = trim;
  }

  @Override
  public byte[] split(byte[] bytes, int from, int to, FieldSpans spans) {
    int lineEnd = to > from && bytes[to - 1] == '\r' ? to - 1 : to;
    unquoted.clear();
    int at = from;
    int field = 0;
    int present = 0;
    while (at >= 0 && (field < spans.count() || present < field)) {
      int start = unquoted.length();
      at = field(bytes, at, lineEnd);
      if (field < spans.count()) {
        spans.set(field, start, unquoted.length());
      }
      field++;
      if (quoted || unquoted.length() > start || (at < 0 && field == 1)) {
        present = field;
      }
    }
    for (int i = present; i < Math.min(field, spans.count()); i++) {
      spans.setNull(i);
    }
    return unquoted.array();
  }

  /** Appends one field, unquoted; the index behind its delimiter, or -1 at the end of the line. */
  private int field(byte[] bytes, int from, int to) {
    int at = trim ? skipBlanks(bytes, from, to) : from;
    quoted = Lexer.text(bytes, at, to, quote) >= 0;
    if (quoted) {
      at = quotedPart(bytes, at + quote.length, to);
    }
    int end = at;
    while (end < to && Lexer.text(bytes, end, to, delimiter) < 0) {
      end++;
    }
    int kept = trim ? Lexer.trimEnd(bytes, at, end) : end;
    unquoted.append(bytes, at, kept - at);
    return end < to ? end + delimiter.length : -1;
  }

  /** A delimiter may itself be a blank. */
  private int skipBlanks(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to
        && Lexer.trimStart(bytes, at, at + 1) > at
        && Lexer.text(bytes, at, to, delimiter) < 0) {
      at++;
    }
    return at;
  }

  private int quotedPart(byte[] bytes, int from, int to) {
    int at = from;
    int copied = from;
    while (at < to) {
      int behind = Lexer.text(bytes, at, to, quote);
      if (behind < 0) {
        at++;
        continue;
      }
      unquoted.append(bytes, copied, at - copied);
      if (Lexer.text(bytes, behind, to, quote) < 0) {
        return behind;
      }
      copied = behind;
      at = behind + quote.length;
    }
    unquoted.append(bytes, copied, to - copied);
    return to;
  }
}
