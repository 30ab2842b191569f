package io.kinesisagent.processors;

import java.util.List;

/**
 * Apache's common and combined log formats. A quoted field ends at the next quote; only where the
 * line makes no sense that way, backslashes in it escape.
 */
final class ApacheAccessFormat implements LineFormat {
  private static final List<String> COMMON_FIELDS =
      List.of("host", "ident", "authuser", "datetime", "request", "response", "bytes");
  private static final List<String> COMBINED_FIELDS =
      List.of(
          "host",
          "ident",
          "authuser",
          "datetime",
          "request",
          "response",
          "bytes",
          "referer",
          "agent");

  private final boolean combined;

  private ApacheAccessFormat(boolean combined) {
    this.combined = combined;
  }

  static ApacheAccessFormat common() {
    return new ApacheAccessFormat(false);
  }

  static ApacheAccessFormat combined() {
    return new ApacheAccessFormat(true);
  }

  @Override
  public List<String> fieldNames() {
    return combined ? COMBINED_FIELDS : COMMON_FIELDS;
  }

  @Override
  public boolean parse(byte[] bytes, int from, int to, FieldSpans spans) {
    int hostEnd = host(bytes, from, to);
    if (!Lexer.has(bytes, hostEnd, to, ' ')) {
      return false;
    }
    int identEnd = Lexer.user(bytes, hostEnd + 1, to);
    if (!Lexer.has(bytes, identEnd, to, ' ')) {
      return false;
    }
    int userEnd = Lexer.user(bytes, identEnd + 1, to);
    if (!Lexer.has(bytes, userEnd, to, ' ') || !Lexer.has(bytes, userEnd + 1, to, '[')) {
      return false;
    }
    int dateEnd = date(bytes, userEnd + 2, to);
    if (!Lexer.has(bytes, dateEnd, to, ']')
        || !Lexer.has(bytes, dateEnd + 1, to, ' ')
        || !Lexer.has(bytes, dateEnd + 2, to, '"')) {
      return false;
    }
    spans.set(0, from, hostEnd);
    spans.set(1, hostEnd + 1, identEnd);
    spans.set(2, identEnd + 1, userEnd);
    spans.set(3, userEnd + 2, dateEnd);
    return request(bytes, dateEnd + 3, to, spans);
  }

  private static int host(byte[] bytes, int from, int to) {
    int end = Lexer.host(bytes, from, to);
    return Lexer.has(bytes, end, to, ' ') ? end : Lexer.address6(bytes, from, to);
  }

  private static int date(byte[] bytes, int from, int to) {
    int dayEnd = DateLexer.monthDay(bytes, from, to);
    if (!Lexer.has(bytes, dayEnd, to, '/')) {
      return -1;
    }
    int monthEnd = DateLexer.month(bytes, dayEnd + 1, to);
    if (!Lexer.has(bytes, monthEnd, to, '/')) {
      return -1;
    }
    int yearEnd = Lexer.positive(bytes, monthEnd + 1, to);
    if (!Lexer.has(bytes, yearEnd, to, ':')) {
      return -1;
    }
    int timeEnd = DateLexer.time(bytes, yearEnd + 1, to);
    if (timeEnd < 0 || timeEnd == to || !Lexer.isSpace(bytes[timeEnd])) {
      return -1;
    }
    return Lexer.integer(bytes, timeEnd + 1, to);
  }

  private boolean request(byte[] bytes, int from, int to, FieldSpans spans) {
    int plain = Lexer.unquoted(bytes, from, to);
    if (plain >= 0 && afterRequest(bytes, from, plain, to, spans)) {
      return true;
    }
    int escaped = Lexer.escapedUnquoted(bytes, from, to);
    return escaped >= 0 && escaped != plain && afterRequest(bytes, from, escaped, to, spans);
  }

  private boolean afterRequest(byte[] bytes, int from, int end, int to, FieldSpans spans) {
    if (!Lexer.has(bytes, end + 1, to, ' ')) {
      return false;
    }
    int responseEnd = Lexer.integerOrDash(bytes, end + 2, to);
    if (!Lexer.has(bytes, responseEnd, to, ' ')) {
      return false;
    }
    int bytesEnd = Lexer.integerOrDash(bytes, responseEnd + 1, to);
    if (bytesEnd < 0) {
      return false;
    }
    spans.set(4, from, end);
    spans.set(5, end + 2, responseEnd);
    spans.set(6, responseEnd + 1, bytesEnd);
    return !combined || referer(bytes, bytesEnd, to, spans);
  }

  private static boolean referer(byte[] bytes, int at, int to, FieldSpans spans) {
    if (!Lexer.has(bytes, at, to, ' ') || !Lexer.has(bytes, at + 1, to, '"')) {
      return false;
    }
    int from = at + 2;
    int plain = Lexer.unquoted(bytes, from, to);
    int end = plain;
    if (plain < 0 || !agent(bytes, plain + 1, to, spans)) {
      end = Lexer.escapedUnquoted(bytes, from, to);
      if (end < 0 || end == plain || !agent(bytes, end + 1, to, spans)) {
        return false;
      }
    }
    spans.set(7, from, end);
    return true;
  }

  private static boolean agent(byte[] bytes, int at, int to, FieldSpans spans) {
    if (!Lexer.has(bytes, at, to, ' ') || !Lexer.has(bytes, at + 1, to, '"')) {
      return false;
    }
    int end = Lexer.unquoted(bytes, at + 2, to);
    if (end < 0) {
      end = Lexer.escapedUnquoted(bytes, at + 2, to);
    }
    if (end < 0) {
      return false;
    }
    spans.set(8, at + 2, end);
    return true;
  }
}
