package io.kinesisagent.agent.tail;

import io.kinesisagent.agent.files.OpenFile;
import io.kinesisagent.agent.frame.Bytes;
import io.kinesisagent.agent.frame.Newlines;
import java.io.IOException;

/**
 * The room that a writer has set aside at the end of its file: NULs, which are no part of what the
 * file holds until something is written there, from their beginning on. Owned by the flow's thread.
 */
final class Room {
  /** What the NULs are that a file ends with as far as it was read. */
  enum Finding {
    /** There is nothing but NULs up to the end of the file. */
    ROOM,
    /** Something follows them. */
    HOLE,
    /** They may have been room when they were read, and are none any more. */
    FILLED
  }

  private static final long UNKNOWN = Long.MAX_VALUE;
  private static final int LOOK_BYTES = 64 * 1024;

  private long from = UNKNOWN;

  /** Up to where there was nothing but NULs when that was looked at last. */
  private long lookedTo;

  /** Just behind something that was there, so that no NULs before it are room. */
  private long filledTo;

  /** Where it begins; where none is known it lies beyond the file. */
  long from() {
    return from;
  }

  /** Says that the file is not known to end with any. */
  void none() {
    from = UNKNOWN;
  }

  /** Forgets what is known of it: the file is another one. */
  void forget() {
    from = UNKNOWN;
    lookedTo = 0;
    filledTo = 0;
  }

  /** Whether something was written where it began. */
  boolean isFilled(OpenFile file) throws IOException {
    byte[] begin = new byte[Newlines.MAX_UNIT_BYTES];
    int got = file.read(from, begin, 0, begin.length);
    return Bytes.notNul(begin, 0, got) < got;
  }

  /**
   * Finds out what NULs are that were read.
   *
   * @param begin where the first of them is
   * @param end the end of what was read
   * @param atEnd whether that was the end of the file
   */
  Finding find(OpenFile file, long begin, long end, boolean atEnd) throws IOException {
    none();
    if (end <= filledTo && isFilledAt(file, filledTo - 1)) {
      return Finding.HOLE;
    }
    if (!atEnd && !nothingFollows(file, end)) {
      return Finding.FILLED;
    }
    from = begin;
    return Finding.ROOM;
  }

  /** Whether something other than a NUL is at a place in a file. */
  private static boolean isFilledAt(OpenFile file, long offset) throws IOException {
    byte[] at = new byte[1];
    return file.read(offset, at, 0, 1) == 1 && at[0] != 0;
  }

  /** Whether a file of a size ends with a character other than a NUL. */
  static boolean isFilledAtEnd(OpenFile file, long size, Newlines newlines) throws IOException {
    byte[] end = new byte[(int) Math.min(size, newlines.unitBytes())];
    int got = file.read(size - end.length, end, 0, end.length);
    return Bytes.notNul(end, 0, got) < got;
  }

  /** Whether there is nothing but NULs from here to the end of the file. */
  private boolean nothingFollows(OpenFile file, long start) throws IOException {
    long size = file.size();
    if (size > start && isFilledAt(file, size - 1)) {
      filledTo = size;
      return false;
    }
    // Room is filled from its beginning on: unless the file was cut, what was looked at is room.
    long known = lookedTo <= size ? lookedTo : 0;
    byte[] look = new byte[LOOK_BYTES];
    long end = start;
    int got = look.length;
    while (got == look.length) {
      got = file.read(end, look, 0, look.length);
      int nuls = Bytes.notNul(look, 0, got);
      end += nuls;
      if (nuls < got) {
        filledTo = end + 1;
        return false;
      }
      end = Math.max(end, known);
    }
    lookedTo = end;
    return true;
  }
}
