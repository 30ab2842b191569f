package io.kinesisagent.processors;

import io.kinesisagent.spi.ProcessingException;

/**
 * Splits at each delimiter, as {@link String#split} does: empty fields at the end of the line are
 * missing ones, and a line without a delimiter is one field, even if it is empty.
 */
final class DelimitedSplitter implements FieldSplitter {
  private final Delimiter delimiter;
  private final boolean trim;

  DelimitedSplitter(Delimiter delimiter, boolean trim) {
    this.delimiter = delimiter;
    this.trim = trim;
  }

  @Override
  public byte[] split(byte[] bytes, int from, int to, FieldSpans spans) throws ProcessingException {
    delimiter.reset(bytes, from, to);
    int at = from;
    int field = 0;
    int present = 0;
    boolean more = true;
    while (more && (field < spans.count() || present < field)) {
      more = delimiter.find();
      int end = more ? delimiter.start() : to;
      int start = trim ? Lexer.trimStart(bytes, at, end) : at;
      int trimmedEnd = trim ? Lexer.trimEnd(bytes, start, end) : end;
      if (field < spans.count()) {
        spans.set(field, start, trimmedEnd);
      }
      field++;
      if (trimmedEnd > start || (!more && field == 1)) {
        present = field;
      }
      at = more ? delimiter.end() : to;
    }
    for (int i = present; i < Math.min(field, spans.count()); i++) {
      spans.setNull(i);
    }
    return bytes;
  }
}
