package io.kinesisagent.agent.frame;

/**
 * A record is a wrapped line, or the parts of one and whatever other lines came in between: it ends
 * where no line is left unfinished. What grows beyond a bound in that way ends before the line that
 * exceeds it. What is whole does not wait for the rest of another stream's line for good: once it
 * has waited long enough, the record ends with the line unfinished.
 */
public final class JoiningFramer implements Framer {
  private final WrappedLine lines;
  private final int maxBytes;

  /**
   * Records of wrapped lines.
   *
   * @param lines understands a line; used for nothing else
   * @param maxBytes of several lines together, at most
   */
  public JoiningFramer(WrappedLine lines, int maxBytes) {
    this.lines = lines;
    this.maxBytes = maxBytes;
  }

  @Override
  public int end(byte[] data, int start, int scanned, int limit, Flush flush) {
    int open = 0;
    int line = start;
    boolean waiting = false;
    int waited = INCOMPLETE;
    int from = Math.max(start, scanned);
    for (int newline = Bytes.newline(data, from, limit); newline >= 0; ) {
      int end = newline + 1;
      if (end - start > maxBytes && line > start) {
        return line;
      }
      boolean wrapped = lines.parse(data, line, newline);
      int stream = wrapped ? 1 << lines.stream() : 0;
      boolean part = wrapped && lines.partial();
      // The set of streams, a bit each, whose last line is unfinished.
      open = part ? open | stream : open & ~stream;
      if (open == 0) {
        return end;
      }
      waiting |= !part;
      // What the other stream has just begun is better left to the next record.
      if (waiting && (waited == INCOMPLETE || Integer.bitCount(open) == 1)) {
        waited = end;
      }
      line = end;
      newline = Bytes.newline(data, line, limit);
    }
    if (limit - start > maxBytes && line > start) {
      return line;
    }
    return switch (flush) {
      case NOTHING -> INCOMPLETE;
      case WAITING -> waited;
      case LINES -> line > start ? line : INCOMPLETE;
      case EVERYTHING -> limit > start ? limit : INCOMPLETE;
    };
  }

  /** Parts are looked at again each time, for what they leave unfinished; a mere line is not. */
  @Override
  public int searched(byte[] data, int start, int limit) {
    return Bytes.newline(data, start, limit) < 0 ? limit : start;
  }

  @Override
  public int cut(byte[] data, int start, int to) {
    return Newlines.ASCII.cut(data, start, to);
  }
}
