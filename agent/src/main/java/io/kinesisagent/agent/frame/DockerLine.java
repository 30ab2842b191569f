package io.kinesisagent.agent.frame;

import io.kinesisagent.spi.MutableBytes;
import io.kinesisagent.spi.ProcessingException;

/**
 * A line of Docker's json-file driver: an object with {@code log}, {@code stream} and {@code time}.
 * The message goes on in a later line where {@code log} does not end with a newline. Other members
 * are passed over.
 */
public final class DockerLine implements WrappedLine {
  private byte[] json;
  private int at;
  private int limit;
  private int stringStart;
  private int stringEnd;

  private int logStart;
  private int logEnd;
  private int stream;
  private boolean partial;
  private int timeStart;
  private int timeEnd;

  @Override
  public boolean parse(byte[] data, int start, int end) {
    json = data;
    at = start;
    limit = end;
    logStart = -1;
    stream = 0;
    timeStart = start;
    timeEnd = start;
    boolean whole = object();
    json = null;
    if (!whole || logStart < 0) {
      return false;
    }
    partial = !endsWithNewline(data);
    return true;
  }

  private boolean object() {
    if (!take('{')) {
      return false;
    }
    if (take('}')) {
      return atEnd();
    }
    do {
      if (!string()) {
        return false;
      }
      int nameStart = stringStart;
      int nameLength = stringEnd - stringStart;
      if (!take(':') || !member(nameStart, nameLength)) {
        return false;
      }
    } while (take(','));
    return take('}') && atEnd();
  }

  private boolean member(int nameStart, int nameLength) {
    skipBlanks();
    boolean text = at < limit && json[at] == '"';
    if (!text) {
      return skipValue();
    }
    if (!string()) {
      return false;
    }
    if (is(nameStart, nameLength, "log")) {
      logStart = stringStart;
      logEnd = stringEnd;
    } else if (is(nameStart, nameLength, "stream")) {
      stream = is(stringStart, stringEnd - stringStart, "stderr") ? 1 : 0;
    } else if (is(nameStart, nameLength, "time")) {
      timeStart = stringStart;
      timeEnd = stringEnd;
    }
    return true;
  }

  private boolean is(int start, int length, String ascii) {
    if (length != ascii.length()) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (json[start + i] != ascii.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Passes over anything that is not text: brackets are counted, what is within is not checked. */
  private boolean skipValue() {
    int depth = 0;
    while (at < limit) {
      byte c = json[at];
      if (c == '"') {
        if (!string()) {
          return false;
        }
        continue;
      }
      if (c == '{' || c == '[') {
        depth++;
      } else if (c == '}' || c == ']') {
        if (depth == 0) {
          return true;
        }
        depth--;
      } else if (c == ',' && depth == 0) {
        return true;
      }
      at++;
    }
    return false;
  }

  private boolean string() {
    if (!take('"')) {
      return false;
    }
    stringStart = at;
    for (; at < limit; at++) {
      if (json[at] == '\\') {
        at++;
      } else if (json[at] == '"') {
        stringEnd = at++;
        return true;
      }
    }
    return false;
  }

  private boolean take(char c) {
    skipBlanks();
    if (at < limit && json[at] == c) {
      at++;
      return true;
    }
    return false;
  }

  private boolean atEnd() {
    skipBlanks();
    return at == limit;
  }

  private void skipBlanks() {
    while (at < limit
        && (json[at] == ' ' || json[at] == '\t' || json[at] == '\r' || json[at] == '\n')) {
      at++;
    }
  }

  @Override
  public int stream() {
    return stream;
  }

  /** The escape is found from behind: its backslash is not itself escaped. */
  private boolean endsWithNewline(byte[] data) {
    if (logEnd - logStart < 2 || data[logEnd - 1] != 'n') {
      return endsWithNumberedNewline(data);
    }
    return backslashes(data, logEnd - 2) % 2 == 1;
  }

  private boolean endsWithNumberedNewline(byte[] data) {
    return logEnd - logStart >= 6
        && data[logEnd - 5] == 'u'
        && data[logEnd - 4] == '0'
        && data[logEnd - 3] == '0'
        && data[logEnd - 2] == '0'
        && (data[logEnd - 1] | 0x20) == 'a'
        && backslashes(data, logEnd - 6) % 2 == 1;
  }

  private int backslashes(byte[] data, int last) {
    int count = 0;
    while (last - count >= logStart && data[last - count] == '\\') {
      count++;
    }
    return count;
  }

  @Override
  public boolean partial() {
    return partial;
  }

  @Override
  public int timeStart() {
    return timeStart;
  }

  @Override
  public int timeEnd() {
    return timeEnd;
  }

  @Override
  public void appendMessage(byte[] data, MutableBytes out) throws ProcessingException {
    int copied = logStart;
    for (int i = logStart; i < logEnd; i++) {
      if (data[i] == '\\') {
        out.append(data, copied, i - copied);
        i = appendEscape(data, i + 1, out);
        copied = i + 1;
      }
    }
    out.append(data, copied, logEnd - copied);
  }

  /** Appends what an escape stands for; gives the index of its last byte. */
  private int appendEscape(byte[] data, int i, MutableBytes out) throws ProcessingException {
    switch (data[i]) {
      case 'n' -> out.append('\n');
      case 't' -> out.append('\t');
      case 'r' -> out.append('\r');
      case 'b' -> out.append('\b');
      case 'f' -> out.append('\f');
      case '"', '\\', '/' -> out.append(data[i]);
      case 'u' -> {
        return appendNumbered(data, i, out);
      }
      default -> throw ProcessingException.failed("the log message holds an unknown escape");
    }
    return i;
  }

  private int appendNumbered(byte[] data, int i, MutableBytes out) throws ProcessingException {
    int unit = number(data, i + 1);
    int last = i + 4;
    int codePoint = unit;
    if (Character.isHighSurrogate((char) unit)
        && last + 6 < logEnd
        && data[last + 1] == '\\'
        && data[last + 2] == 'u') {
      int low = number(data, last + 3);
      if (Character.isLowSurrogate((char) low)) {
        codePoint = Character.toCodePoint((char) unit, (char) low);
        last += 6;
      }
    }
    appendUtf8(codePoint, out);
    return last;
  }

  private int number(byte[] data, int from) throws ProcessingException {
    int value = 0;
    for (int i = from; i < from + 4; i++) {
      int digit = i < logEnd ? Character.digit(data[i], 16) : -1;
      if (digit < 0) {
        throw ProcessingException.failed("the log message holds a malformed escape");
      }
      value = value << 4 | digit;
    }
    return value;
  }

  private static void appendUtf8(int codePoint, MutableBytes out) {
    if (codePoint < 0x80) {
      out.append(codePoint);
    } else if (codePoint < 0x800) {
      out.append(0xC0 | codePoint >> 6);
      out.append(0x80 | (codePoint & 0x3F));
    } else if (codePoint >= 0x10000) {
      out.append(0xF0 | codePoint >> 18);
      out.append(0x80 | (codePoint >> 12 & 0x3F));
      out.append(0x80 | (codePoint >> 6 & 0x3F));
      out.append(0x80 | (codePoint & 0x3F));
    } else if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
      // Half a pair is no character.
      appendUtf8(0xFFFD, out);
    } else {
      out.append(0xE0 | codePoint >> 12);
      out.append(0x80 | (codePoint >> 6 & 0x3F));
      out.append(0x80 | (codePoint & 0x3F));
    }
  }
}
