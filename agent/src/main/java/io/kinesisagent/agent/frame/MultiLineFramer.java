package io.kinesisagent.agent.frame;

/**
 * A record is a line that starts one and the lines behind it, up to the next that starts one. Lines
 * before the first start line are a record of their own.
 */
public final class MultiLineFramer implements Framer {
  /** Tells whether a line starts a record. */
  @FunctionalInterface
  public interface StartLine {
    /** Looks at the line in {@code [start, end)}, without its newline. */
    boolean test(byte[] data, int start, int end);
  }

  private final StartLine startLine;

  public MultiLineFramer(StartLine startLine) {
    this.startLine = startLine;
  }

  @Override
  public int end(byte[] data, int start, int scanned, int limit, Flush flush) {
    int line = scanned > start ? scanned : nextLine(data, start, limit);
    while (line >= 0 && line < limit) {
      int newline = Bytes.newline(data, line, limit);
      // A line without its newline may yet become another: it decides nothing before the file ends.
      if (newline < 0 && flush != Flush.EVERYTHING) {
        break;
      }
      int lineEnd = newline < 0 ? limit : newline;
      if (startLine.test(data, line, lineEnd)) {
        return line;
      }
      line = newline < 0 ? limit : newline + 1;
    }
    return switch (flush) {
      case NOTHING -> INCOMPLETE;
      case LINES ->
          Bytes.lastNewline(data, start, limit) < 0
              ? INCOMPLETE
              : Bytes.lastNewline(data, start, limit) + 1;
      case EVERYTHING -> limit > start ? limit : INCOMPLETE;
    };
  }

  @Override
  public int searched(byte[] data, int start, int limit) {
    int newline = Bytes.lastNewline(data, start, limit);
    return newline < 0 ? start : newline + 1;
  }

  private static int nextLine(byte[] data, int start, int limit) {
    int newline = Bytes.newline(data, start, limit);
    return newline < 0 ? -1 : newline + 1;
  }
}
