package io.kinesisagent.processors;

import io.kinesisagent.spi.Utf8;
import java.util.List;

/** Syslog files as rsyslog writes them, with the traditional time stamp or that of RFC 3339. */
final class SyslogFormat implements LineFormat {
  private static final List<String> FIELDS =
      List.of("timestamp", "hostname", "program", "processid", "message");
  private static final int MAX_PRIORITY_DIGITS = 3;

  private final boolean rfc3339;

  private SyslogFormat(boolean rfc3339) {
    this.rfc3339 = rfc3339;
  }

  static SyslogFormat traditional() {
    return new SyslogFormat(false);
  }

  static SyslogFormat rfc3339() {
    return new SyslogFormat(true);
  }

  @Override
  public List<String> fieldNames() {
    return FIELDS;
  }

  @Override
  public boolean parse(byte[] bytes, int from, int to, FieldSpans spans) {
    int time = afterPriority(bytes, from, to);
    int timeEnd = rfc3339 ? DateLexer.rfc3339(bytes, time, to) : timestamp(bytes, time, to);
    if (!Lexer.has(bytes, timeEnd, to, ' ')) {
      return false;
    }
    int host = afterFacility(bytes, timeEnd + 1, to);
    int hostEnd = host(bytes, host, to);
    if (!Lexer.has(bytes, hostEnd, to, ' ')) {
      return false;
    }
    int program = hostEnd + 1;
    int programEnd = Lexer.program(bytes, program, to);
    int at = process(bytes, programEnd, to, spans);
    if (!Lexer.has(bytes, at, to, ':') || !Lexer.has(bytes, at + 1, to, ' ')) {
      return false;
    }
    spans.set(0, time, timeEnd);
    spans.set(1, host, hostEnd);
    spans.set(2, program, programEnd);
    spans.set(4, at + 2, to);
    return true;
  }

  /** {@code (?:<\d{1,3}>)?}. */
  private static int afterPriority(byte[] bytes, int from, int to) {
    if (!Lexer.has(bytes, from, to, '<')) {
      return from;
    }
    int end = Lexer.number(bytes, from + 1, to);
    return Lexer.has(bytes, end, to, '>') && end - from - 1 <= MAX_PRIORITY_DIGITS ? end + 1 : from;
  }

  private static int timestamp(byte[] bytes, int from, int to) {
    int day = Lexer.spaces(bytes, DateLexer.month(bytes, from, to), to);
    int dayEnd = day < 0 ? -1 : DateLexer.monthDay(bytes, day, to);
    int time = Lexer.spaces(bytes, dayEnd, to);
    return time < 0 ? -1 : DateLexer.time(bytes, time, to);
  }

  /** {@code (?:<\d+.\d+> )?}, in which the point stands for any character. */
  private static int afterFacility(byte[] bytes, int from, int to) {
    if (!Lexer.has(bytes, from, to, '<')) {
      return from;
    }
    int end = Lexer.number(bytes, from + 1, to);
    if (end < 0) {
      return from;
    }
    if (end - from > 3 && isFacilityEnd(bytes, end, to)) {
      return end + 2;
    }
    if (end == to) {
      return from;
    }
    int level = end + Math.abs(Utf8.characterLength(bytes, end, to));
    int levelEnd = Lexer.number(bytes, level, to);
    return isFacilityEnd(bytes, levelEnd, to) ? levelEnd + 2 : from;
  }

  private static boolean isFacilityEnd(byte[] bytes, int at, int to) {
    return Lexer.has(bytes, at, to, '>') && Lexer.has(bytes, at + 1, to, ' ');
  }

  private static int host(byte[] bytes, int from, int to) {
    int end = Lexer.plainHost(bytes, from, to);
    return Lexer.has(bytes, end, to, ' ') ? end : Lexer.address6(bytes, from, to);
  }

  /** {@code (?:\[(\d+)\])?}. */
  private static int process(byte[] bytes, int from, int to, FieldSpans spans) {
    if (!Lexer.has(bytes, from, to, '[')) {
      return from;
    }
    int end = Lexer.number(bytes, from + 1, to);
    if (!Lexer.has(bytes, end, to, ']')) {
      return -1;
    }
    spans.set(3, from + 1, end);
    return end + 1;
  }
}
