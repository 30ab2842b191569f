package io.kinesisagent.agent.frame;

/**
 * A record is a line that starts one and the lines behind it, up to the next that starts one. Lines
 * before the first start line are a record of their own.
 */
public final class MultiLineFramer implements Framer {
  private final Newlines newlines;
  private final LineTest startLine;

  /** Records of lines of UTF-8, or whatever has its newline. */
  public MultiLineFramer(LineTest startLine) {
    this(Newlines.ASCII, startLine);
  }

  /**
   * Records of lines of some character set.
   *
   * @param startLine whether a line starts a record
   */
  public MultiLineFramer(Newlines newlines, LineTest startLine) {
    this.newlines = newlines;
    this.startLine = startLine;
  }

  @Override
  public int end(byte[] data, int start, int scanned, int limit, Flush flush) {
    int line = scanned > start ? scanned : newlines.end(data, start, start, limit);
    while (line >= 0 && line < limit) {
      int end = newlines.end(data, start, line, limit);
      // A line without its newline may yet become another: it decides nothing before the file ends.
      if (end < 0 && flush != Flush.EVERYTHING) {
        break;
      }
      if (startLine.test(data, line, end < 0 ? limit : end - newlines.unitBytes())) {
        return line;
      }
      line = end < 0 ? limit : end;
    }
    return switch (flush) {
      case NOTHING -> INCOMPLETE;
      case LINES -> newlines.lastEnd(data, start, limit);
      case EVERYTHING -> limit > start ? limit : INCOMPLETE;
    };
  }

  @Override
  public int searched(byte[] data, int start, int limit) {
    return Math.max(start, newlines.lastEnd(data, start, limit));
  }
}
