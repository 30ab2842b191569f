package io.kinesisagent.agent.frame;

/** A record is a line with its newline. */
public final class LineFramer implements Framer {
  private final Newlines newlines;

  /** Lines of UTF-8, or whatever has its newline. */
  public LineFramer() {
    this(Newlines.ASCII);
  }

  /** Lines of some character set. */
  public LineFramer(Newlines newlines) {
    this.newlines = newlines;
  }

  @Override
  public int end(byte[] data, int start, int scanned, int limit, Flush flush) {
    int end = newlines.end(data, start, Math.max(start, scanned), limit);
    if (end >= 0) {
      return end;
    }
    return flush == Flush.EVERYTHING && limit > start ? limit : INCOMPLETE;
  }

  @Override
  public int searched(byte[] data, int start, int limit) {
    return newlines.align(start, limit);
  }

  @Override
  public int cut(byte[] data, int start, int to) {
    return newlines.cut(data, start, to);
  }
}
