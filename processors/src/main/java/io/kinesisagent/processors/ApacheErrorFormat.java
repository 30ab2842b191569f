package io.kinesisagent.processors;

import java.util.List;

/** Apache's error log, of 2.2 and 2.4; process, thread, module and client may be missing. */
final class ApacheErrorFormat implements LineFormat {
  private static final List<String> FIELDS =
      List.of("timestamp", "module", "severity", "processid", "threadid", "client", "message");
  private static final byte[] PROCESS = {'[', 'p', 'i', 'd', ' '};
  private static final byte[] THREAD = {':', 't', 'i', 'd', ' '};
  private static final byte[] CLIENT = {'[', 'c', 'l', 'i', 'e', 'n', 't'};

  @Override
  public List<String> fieldNames() {
    return FIELDS;
  }

  @Override
  public boolean parse(byte[] bytes, int from, int to, FieldSpans spans) {
    if (!Lexer.has(bytes, from, to, '[')) {
      return false;
    }
    int timestampEnd = timestamp(bytes, from + 1, to);
    int at = closing(bytes, timestampEnd, to);
    if (!Lexer.has(bytes, at, to, '[')) {
      return false;
    }
    spans.set(0, from + 1, timestampEnd);
    at = severity(bytes, at + 1, to, spans);
    if (at < 0) {
      return false;
    }
    at = client(bytes, process(bytes, at, to, spans), to, spans);
    spans.set(6, at, to);
    return true;
  }

  /** Behind {@code ] }. */
  private static int closing(byte[] bytes, int at, int to) {
    return Lexer.has(bytes, at, to, ']') ? Lexer.one(bytes, at + 1, to, ' ') : -1;
  }

  private static int timestamp(byte[] bytes, int from, int to) {
    int month = Lexer.spaces(bytes, DateLexer.weekday(bytes, from, to), to);
    int monthEnd = month < 0 ? -1 : DateLexer.month(bytes, month, to);
    int day = Lexer.spaces(bytes, monthEnd, to);
    int dayEnd = day < 0 ? -1 : DateLexer.monthDay(bytes, day, to);
    int time = Lexer.spaces(bytes, dayEnd, to);
    int timeEnd = time < 0 ? -1 : DateLexer.time(bytes, time, to);
    int year = Lexer.spaces(bytes, timeEnd, to);
    return year < 0 ? -1 : Lexer.positive(bytes, year, to);
  }

  /** {@code (?:(\w+)?:)?(\w+)\] }. */
  private static int severity(byte[] bytes, int from, int to, FieldSpans spans) {
    int severity = from;
    int end = Lexer.word(bytes, from, to);
    int colon = end < 0 ? from : end;
    if (Lexer.has(bytes, colon, to, ':')) {
      if (colon > from) {
        spans.set(1, from, colon);
      }
      severity = colon + 1;
      end = Lexer.word(bytes, severity, to);
    }
    spans.set(2, severity, end);
    return closing(bytes, end, to);
  }

  /** {@code (?:\[pid (\d+)(?::tid (\d+))?\] )?}. */
  private static int process(byte[] bytes, int from, int to, FieldSpans spans) {
    int id = Lexer.text(bytes, from, to, PROCESS);
    if (id < 0) {
      return from;
    }
    int idEnd = Lexer.number(bytes, id, to);
    int thread = Lexer.text(bytes, idEnd, to, THREAD);
    int threadEnd = thread < 0 ? -1 : Lexer.number(bytes, thread, to);
    int end = closing(bytes, threadEnd < 0 ? idEnd : threadEnd, to);
    if (end < 0) {
      return from;
    }
    spans.set(3, id, idEnd);
    if (threadEnd >= 0) {
      spans.set(4, thread, threadEnd);
    }
    return end;
  }

  /** {@code (?:\[client:? (HOST(?::[1-9]\d*)?|ADDRESS6)\] )?}. */
  private static int client(byte[] bytes, int from, int to, FieldSpans spans) {
    int at = Lexer.text(bytes, from, to, CLIENT);
    if (Lexer.has(bytes, at, to, ':')) {
      at++;
    }
    int client = Lexer.one(bytes, at, to, ' ');
    if (client < 0) {
      return from;
    }
    int clientEnd = Lexer.host(bytes, client, to);
    if (Lexer.has(bytes, clientEnd, to, ':')) {
      clientEnd = Lexer.positive(bytes, clientEnd + 1, to);
    }
    int end = closing(bytes, clientEnd, to);
    if (end < 0) {
      clientEnd = Lexer.address6(bytes, client, to);
      end = closing(bytes, clientEnd, to);
    }
    if (end < 0) {
      return from;
    }
    spans.set(5, client, clientEnd);
    return end;
  }
}
