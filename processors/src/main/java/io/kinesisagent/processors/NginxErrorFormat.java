package io.kinesisagent.processors;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * nginx's error log. What nginx adds about a request is taken apart where it is as nginx writes it;
 * otherwise it stays in the message.
 */
final class NginxErrorFormat implements LineFormat {
  private static final List<String> FIELDS =
      List.of(
          "timestamp",
          "severity",
          "processid",
          "threadid",
          "connection",
          "message",
          "client",
          "server",
          "request",
          "subrequest",
          "upstream",
          "host",
          "referrer");
  private static final int MESSAGE = 5;
  private static final int CLIENT_FIELD = 6;
  private static final int SERVER_FIELD = 7;
  private static final int FIRST_QUOTED = 8;
  private static final byte[] CLIENT = ascii(", client: ");
  private static final byte[] SERVER = ascii(", server: ");
  private static final byte[][] QUOTED = {
    ascii(", request: \""),
    ascii(", subrequest: \""),
    ascii(", upstream: \""),
    ascii(", host: \""),
    ascii(", referrer: \"")
  };

  @Override
  public List<String> fieldNames() {
    return FIELDS;
  }

  @Override
  public boolean parse(byte[] bytes, int from, int to, FieldSpans spans) {
    int timeEnd = DateLexer.shape("0000/00/00 00:00:00", bytes, from, to);
    if (!Lexer.has(bytes, timeEnd, to, ' ') || !Lexer.has(bytes, timeEnd + 1, to, '[')) {
      return false;
    }
    int severity = timeEnd + 2;
    int severityEnd = Lexer.word(bytes, severity, to);
    if (!Lexer.has(bytes, severityEnd, to, ']') || !Lexer.has(bytes, severityEnd + 1, to, ' ')) {
      return false;
    }
    int process = severityEnd + 2;
    int processEnd = Lexer.number(bytes, process, to);
    if (!Lexer.has(bytes, processEnd, to, '#')) {
      return false;
    }
    int threadEnd = Lexer.number(bytes, processEnd + 1, to);
    if (!Lexer.has(bytes, threadEnd, to, ':') || !Lexer.has(bytes, threadEnd + 1, to, ' ')) {
      return false;
    }
    spans.set(0, from, timeEnd);
    spans.set(1, severity, severityEnd);
    spans.set(2, process, processEnd);
    spans.set(3, processEnd + 1, threadEnd);
    message(bytes, connection(bytes, threadEnd + 2, to, spans), to, spans);
    return true;
  }

  /** {@code (?:\*(\d+) )?}. */
  private static int connection(byte[] bytes, int from, int to, FieldSpans spans) {
    int number = Lexer.one(bytes, from, to, '*');
    int end = number < 0 ? -1 : Lexer.number(bytes, number, to);
    if (!Lexer.has(bytes, end, to, ' ')) {
      return from;
    }
    spans.set(4, number, end);
    return end + 1;
  }

  private static void message(byte[] bytes, int from, int to, FieldSpans spans) {
    int at = Lexer.indexOf((byte) ',', bytes, from, to);
    while (at < to) {
      if (Lexer.text(bytes, at, to, CLIENT) >= 0 && request(bytes, at, to, spans)) {
        spans.set(MESSAGE, from, at);
        return;
      }
      at = Lexer.indexOf((byte) ',', bytes, at + 1, to);
    }
    spans.set(MESSAGE, from, to);
    for (int field = CLIENT_FIELD; field < FIELDS.size(); field++) {
      spans.setNull(field);
    }
  }

  private static boolean request(byte[] bytes, int from, int to, FieldSpans spans) {
    int at = untilComma(bytes, from + CLIENT.length, to, CLIENT_FIELD, spans);
    spans.setNull(SERVER_FIELD);
    int server = Lexer.text(bytes, at, to, SERVER);
    if (server >= 0) {
      at = untilComma(bytes, server, to, SERVER_FIELD, spans);
    }
    for (int i = 0; i < QUOTED.length; i++) {
      spans.setNull(FIRST_QUOTED + i);
      int value = Lexer.text(bytes, at, to, QUOTED[i]);
      if (value >= 0) {
        int end = Lexer.indexOf((byte) '"', bytes, value, to);
        if (end == to) {
          return false;
        }
        spans.set(FIRST_QUOTED + i, value, end);
        at = end + 1;
      }
    }
    return at == to;
  }

  private static int untilComma(byte[] bytes, int from, int to, int field, FieldSpans spans) {
    int end = Lexer.indexOf((byte) ',', bytes, from, to);
    spans.set(field, from, end);
    return end;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
