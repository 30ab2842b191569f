package io.kinesisagent.agent.tail;

import io.kinesisagent.agent.files.OpenFile;
import io.kinesisagent.agent.frame.Newlines;
import java.io.IOException;

/** Finds the end of the last complete line of a file, from behind. */
final class EndOfLines {
  private static final int STEP_BYTES = 64 * 1024;

  private EndOfLines() {}

  /**
   * The position behind the last newline before {@code size}; the beginning where there is none.
   * Its checksum is that of no bytes, for reading begins there.
   */
  static Position find(OpenFile file, long size, Newlines newlines) throws IOException {
    byte[] data = new byte[STEP_BYTES];
    for (long end = size - size % newlines.unitBytes(); end > 0; ) {
      long start = Math.max(0, end - data.length);
      int got = file.read(start, data, 0, (int) (end - start));
      int lineEnd = newlines.lastEnd(data, 0, got);
      if (lineEnd >= 0) {
        return at(file, start + lineEnd, data);
      }
      end = start;
    }
    return Position.START;
  }

  private static Position at(OpenFile file, long offset, byte[] data) throws IOException {
    int near = (int) Math.min(Position.NEAR_BYTES, offset);
    int got = file.read(offset - near, data, 0, near);
    return new Position(offset, 0, Fingerprint.hash(data, 0, got));
  }
}
