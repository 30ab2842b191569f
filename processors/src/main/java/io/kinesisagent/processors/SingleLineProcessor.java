package io.kinesisagent.processors;

import io.kinesisagent.spi.Counter;
import io.kinesisagent.spi.MutableBytes;
import io.kinesisagent.spi.Processor;
import io.kinesisagent.spi.RecordSink;
import io.kinesisagent.spi.RecordView;
import io.kinesisagent.spi.Utf8;

/** Joins the lines of a record, each trimmed. Makes no garbage. */
final class SingleLineProcessor implements Processor {
  /** An escaped backslash and an {@code n}: what the reference agent writes. */
  private static final byte[] ESCAPED_NEW_LINE = {'\\', '\\', 'n'};

  private final boolean trim;
  private final boolean escapeNewLine;
  private final Counter malformedBytes;

  SingleLineProcessor(boolean trim, boolean escapeNewLine, Counter malformedBytes) {
    this.trim = trim;
    this.escapeNewLine = escapeNewLine;
    this.malformedBytes = malformedBytes;
  }

  @Override
  public void process(RecordView in, RecordSink sink) {
    byte[] bytes = in.array();
    int at = in.offset();
    int end = at + in.length();
    while (end > at && bytes[end - 1] == '\n') {
      end--;
    }
    MutableBytes out = sink.begin();
    int malformed = 0;
    while (true) {
      int lineEnd = Lexer.indexOf((byte) '\n', bytes, at, end);
      malformed += appendLine(bytes, at, lineEnd, out);
      if (lineEnd == end) {
        break;
      }
      if (escapeNewLine) {
        out.append(ESCAPED_NEW_LINE);
      }
      at = lineEnd + 1;
    }
    out.append('\n');
    sink.commit();
    if (malformed > 0) {
      malformedBytes.add(malformed);
    }
  }

  private int appendLine(byte[] bytes, int from, int to, MutableBytes out) {
    if (!trim) {
      return Utf8.appendWellFormed(bytes, from, to, out);
    }
    int start = Lexer.trimStart(bytes, from, to);
    return Utf8.appendWellFormed(bytes, start, Lexer.trimEnd(bytes, start, to), out);
  }
}
