package io.kinesisagent.agent.frame;

/**
 * A record is a line that starts one and the lines behind it, up to the next that starts one. Lines
 * before the first start line are a record of their own.
 */
public final class MultiLineFramer implements Framer {
  private final Newlines newlines;
  private final LineTest startLine;
  private final int maxLineBytes;

  /**
   * Records of lines of some character set.
   *
   * @param startLine whether a line starts a record
   * @param maxLineBytes of a line to look at; a longer one is judged by its beginning
   */
  public MultiLineFramer(Newlines newlines, LineTest startLine, int maxLineBytes) {
    this.newlines = newlines;
    this.maxLineBytes = newlines.align(0, maxLineBytes);
    this.startLine = startLine;
  }

  @Override
  public int end(byte[] data, int start, int scanned, int limit, Flush flush) {
    int line = scanned > start ? scanned : newlines.end(data, start, start, limit);
    while (line >= 0 && line < limit) {
      int end = newlines.end(data, start, line, limit);
      // A line without its newline may yet become another: it decides nothing before the file ends.
      if (end < 0 && flush != Flush.EVERYTHING && limit - line <= maxLineBytes) {
        break;
      }
      int lineEnd = end < 0 ? limit : end - newlines.unitBytes();
      if (startLine.test(data, line, Math.min(lineEnd, line + maxLineBytes))) {
        return line;
      }
      if (end < 0 && flush != Flush.EVERYTHING) {
        break;
      }
      line = end < 0 ? limit : end;
    }
    return switch (flush) {
      case NOTHING, WAITING -> INCOMPLETE;
      case LINES -> newlines.lastEnd(data, start, limit);
      case EVERYTHING -> limit > start ? limit : INCOMPLETE;
    };
  }

  @Override
  public int searched(byte[] data, int start, int limit) {
    return Math.max(start, newlines.lastEnd(data, start, limit));
  }

  /** Behind a whole line, for the next one may be one that starts a record. */
  @Override
  public int cut(byte[] data, int start, int to) {
    int line = newlines.lastEnd(data, start, to);
    return line < 0 ? newlines.cut(data, start, to) : line;
  }
}
