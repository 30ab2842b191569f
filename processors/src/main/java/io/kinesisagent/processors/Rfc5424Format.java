package io.kinesisagent.processors;

import io.kinesisagent.spi.Utf8;
import java.util.List;

/**
 * Syslog messages of RFC 5424: {@code <PRI>VERSION TIMESTAMP HOSTNAME APP-NAME PROCID MSGID
 * STRUCTURED-DATA MSG}. The nil value {@code -} of a header field is null; so is a message that is
 * not there. A byte order mark before the message is left out.
 */
final class Rfc5424Format implements LineFormat {
  private static final List<String> FIELDS =
      List.of(
          "priority",
          "version",
          "timestamp",
          "hostname",
          "program",
          "processid",
          "messageid",
          "structureddata",
          "message");
  private static final int MESSAGE = 8;
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  @Override
  public List<String> fieldNames() {
    return FIELDS;
  }

  @Override
  public boolean parse(byte[] bytes, int from, int to, FieldSpans spans) {
    int at = header(bytes, from, to, spans);
    if (at < 0) {
      return false;
    }
    for (int field = 3; field <= 6; field++) {
      int end = Lexer.unspaced(bytes, at, to);
      if (!Lexer.has(bytes, end, to, ' ')) {
        return false;
      }
      spans.set(field, at, end);
      at = end + 1;
    }
    int dataEnd = structuredData(bytes, at, to);
    if (dataEnd < 0) {
      return false;
    }
    spans.set(7, at, dataEnd);
    spans.nullDashes(bytes);
    return message(bytes, dataEnd, to, spans);
  }

  /** {@code <(\d{1,3})>([1-9]\d{0,2}) (RFC3339|-) }. */
  private static int header(byte[] bytes, int from, int to, FieldSpans spans) {
    int priority = Lexer.one(bytes, from, to, '<');
    int priorityEnd = priority < 0 ? -1 : Lexer.number(bytes, priority, to);
    if (!Lexer.has(bytes, priorityEnd, to, '>') || priorityEnd - priority > 3) {
      return -1;
    }
    int version = priorityEnd + 1;
    int versionEnd = Lexer.positive(bytes, version, to);
    if (!Lexer.has(bytes, versionEnd, to, ' ') || versionEnd - version > 3) {
      return -1;
    }
    int time = versionEnd + 1;
    int timeEnd = DateLexer.rfc3339(bytes, time, to);
    if (timeEnd < 0) {
      timeEnd = Lexer.one(bytes, time, to, '-');
    }
    spans.set(0, priority, priorityEnd);
    spans.set(1, version, versionEnd);
    spans.set(2, time, timeEnd);
    return Lexer.one(bytes, timeEnd, to, ' ');
  }

  private static boolean message(byte[] bytes, int at, int to, FieldSpans spans) {
    if (at == to) {
      return true;
    }
    if (bytes[at] != ' ') {
      return false;
    }
    int mark = Lexer.text(bytes, at + 1, to, BYTE_ORDER_MARK);
    spans.set(MESSAGE, mark < 0 ? at + 1 : mark, to);
    return true;
  }

  /** {@code -|(?:\[NAME(?: NAME="(?:[^"\\]|\\.)*")*\])+}. */
  private static int structuredData(byte[] bytes, int from, int to) {
    int at = Lexer.one(bytes, from, to, '-');
    if (at >= 0) {
      return at;
    }
    at = from;
    while (Lexer.has(bytes, at, to, '[')) {
      at = element(bytes, at + 1, to);
    }
    return at == from ? -1 : at;
  }

  private static int element(byte[] bytes, int from, int to) {
    int at = name(bytes, from, to);
    while (Lexer.has(bytes, at, to, ' ')) {
      int nameEnd = name(bytes, at + 1, to);
      if (!Lexer.has(bytes, nameEnd, to, '=') || !Lexer.has(bytes, nameEnd + 1, to, '"')) {
        return -1;
      }
      int end = Lexer.escapedUnquoted(bytes, nameEnd + 2, to);
      if (end < 0) {
        return -1;
      }
      at = end + 1;
    }
    return Lexer.one(bytes, at, to, ']');
  }

  /** {@code [^\s="\]]+}: what the standard allows and any text beyond ASCII. */
  private static int name(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to
        && !Lexer.isSpace(bytes[at])
        && bytes[at] != '='
        && bytes[at] != '"'
        && bytes[at] != ']') {
      at += Math.abs(Utf8.characterLength(bytes, at, to));
    }
    return at == from ? -1 : at;
  }
}
