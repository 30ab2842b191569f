package io.kinesisagent.agent.frame;

/** A record is a line with its newline. */
public final class LineFramer implements Framer {
  @Override
  public int end(byte[] data, int start, int scanned, int limit, Flush flush) {
    int newline = Bytes.newline(data, Math.max(start, scanned), limit);
    if (newline >= 0) {
      return newline + 1;
    }
    return flush == Flush.EVERYTHING && limit > start ? limit : INCOMPLETE;
  }

  @Override
  public int searched(byte[] data, int start, int limit) {
    return limit;
  }
}
