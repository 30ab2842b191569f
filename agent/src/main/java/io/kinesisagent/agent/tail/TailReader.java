package io.kinesisagent.agent.tail;

import io.kinesisagent.agent.frame.Bytes;
import io.kinesisagent.agent.frame.Framer;
import io.kinesisagent.agent.frame.Newlines;
import java.io.IOException;
import java.util.zip.CRC32C;

/**
 * Reads and frames a little of one tail at a time. Nothing is kept in memory between two calls:
 * what is not a whole record yet is read again. Each read begins with the last bytes before the
 * tail's position, which must be what they were, or the file is not the one that was read.
 *
 * <p>Owned by the flow's thread. The buffer is its own during {@link #read} only.
 */
public final class TailReader {
  /** What came of a read. */
  public enum Outcome {
    /** There is more to read at once. */
    MORE,
    /** Everything that is a whole record was read. */
    DRAINED,
    /** The target has no room. */
    BLOCKED,
    /** The file does not hold what was read of it any more. */
    CHANGED
  }

  /** Where a copy may end that is being made: there each line's end is noted. */
  private static final int NEAR_END_BYTES = 1024 * 1024;

  private static final int LONG_HOLE = -1;
  private static final int HEADER_GOES_ON = -2;

  private final Framer framer;
  private final TailOptions options;
  private final Newlines newlines;
  private final RecordTarget target;
  private final Window window;
  private final Holes holes;
  private final LongRecordReader longRecords;

  private Tail tail;
  private byte[] data;
  private int committed;
  private int taken;
  private boolean nearEnd;

  public TailReader(Framer framer, TailOptions options, RecordTarget target) {
    this.framer = framer;
    this.options = options;
    this.newlines = options.newlines();
    this.target = target;
    this.window = new Window(newlines);
    this.holes = new Holes(newlines);
    this.longRecords = new LongRecordReader(framer, options, target, window);
  }

  /**
   * Reads on.
   *
   * @param buffer at least {@link #bufferBytes} long
   * @param length how many bytes to read at most; a record that is longer is read all the same
   * @throws IOException where the file cannot be read at the moment
   */
  public Outcome read(Tail which, byte[] buffer, int length, Framer.Flush flush)
      throws IOException {
    tail = which;
    data = buffer;
    try (Window open = window.open(which, buffer)) {
      return which.longSpan == null ? readRecords(length, flush) : longRecords.read(flush);
    } finally {
      commit();
      tail = null;
      nearEnd = false;
    }
  }

  /** The place in the file of a byte of the buffer, during {@link RecordTarget#offer}. */
  public long offsetOf(int index) {
    return window.base + index;
  }

  /**
   * How long a buffer must be for records of up to {@code maxRawBytes}: it holds the whole of a run
   * of NULs that is no hole yet, together with the character behind it.
   */
  public static int bufferBytes(int maxRawBytes) {
    int leastBytes = TailOptions.HOLE_BYTES + Newlines.MAX_UNIT_BYTES;
    return Position.NEAR_BYTES + Math.max(maxRawBytes, leastBytes) + 1;
  }

  /** Moves the tail's position behind the records that were taken so far. */
  public void commit() {
    if (tail != null && taken > committed) {
      if (nearEnd) {
        passLines();
      }
      tail.moveTo(tail.position.advance(data, committed, taken));
      committed = taken;
    }
  }

  /** Notes where lines end before the place that is being moved to. */
  private void passLines() {
    CRC32C crc = new CRC32C();
    int from = committed;
    for (int end = lineEnd(from); end >= 0 && end < taken; end = lineEnd(from)) {
      crc.update(data, from, end - from);
      tail.rungs.passLine(tail.position, end - committed, (int) crc.getValue());
      from = end;
    }
  }

  private int lineEnd(int from) {
    return newlines.end(data, committed, from, taken);
  }

  private Outcome readRecords(int length, Framer.Flush flush) throws IOException {
    int near = tail.position.nearLength();
    committed = near;
    taken = near;
    long begin = tail.position.offset() - near;
    long wanted = Math.max(length, Math.max(tail.searchedTo, tail.seenTo) - begin + length);
    int want = (int) Math.min(data.length, wanted);
    int got = window.readNear(want);
    if (!window.nearAsKnown(got)) {
      // Fewer bytes than were read, of a file that is as long as it was: they may be there later.
      boolean cutShort = got < near && tail.handle.size() >= begin + near;
      return cutShort ? Outcome.DRAINED : Outcome.CHANGED;
    }
    if (!window.beginsAsKnown(got)) {
      return Outcome.CHANGED;
    }
    if (window.headGrown(got)) {
      // By now it can be told whether the file is a copy: that comes first.
      return Outcome.MORE;
    }
    tail.size = Math.max(tail.size, begin + got);
    nearEnd = tail.size - (begin + got) < NEAR_END_BYTES;
    int limit = window.withoutRoom(near, got, got < want);
    if (limit == Window.READ_AGAIN) {
      return Outcome.MORE;
    }
    return frame(limit, got < want || limit < got, flush);
  }

  /**
   * Takes the records at hand.
   *
   * @param limit the end of what is at hand
   * @param atEnd whether nothing is written behind it
   */
  private Outcome frame(int limit, boolean atEnd, Framer.Flush flush) throws IOException {
    int begin = taken;
    searchAnewWhereChanged(limit);
    while (taken < limit && !tail.ended) {
      int skipped = skip(limit, atEnd, flush);
      if (skipped == LONG_HOLE) {
        commit();
        return holes.pass(tail, offsetOf(limit), atEnd, data);
      }
      if (skipped > 0) {
        continue;
      }
      if (skipped == HEADER_GOES_ON) {
        return unfinished(limit, atEnd, true);
      }
      int scanned = (int) Math.max(taken, tail.searchedTo - window.base);
      // Only what the tail is at can have waited.
      boolean flushed = atEnd && (taken == begin || flush != Framer.Flush.WAITING);
      int before = tail.offered.lengthAt(offsetOf(taken), data, taken, limit);
      int end =
          before > 0
              ? taken + before
              : framer.end(data, taken, scanned, limit, flushed ? flush : Framer.Flush.NOTHING);
      if (end == Framer.INCOMPLETE || end - taken > options.maxRawBytes()) {
        Outcome outcome =
            unfinished(end == Framer.INCOMPLETE ? limit : end, atEnd, end == Framer.INCOMPLETE);
        if (outcome != null) {
          return outcome;
        }
        continue;
      }
      if (footer(taken, end)) {
        return Outcome.DRAINED;
      }
      if (!window.offer(target, taken, end - taken, false)) {
        return Outcome.BLOCKED;
      }
      take(end);
    }
    return atEnd || tail.ended ? Outcome.DRAINED : Outcome.MORE;
  }

  /** What was searched of the record at the tail's position may have been written anew. */
  private void searchAnewWhereChanged(int limit) {
    long searched = tail.searchedTo - offsetOf(taken);
    boolean same =
        searched <= limit - taken
            && Crc32c.of(data, taken, (int) Math.max(0, searched)) == tail.searchedCrc;
    if (searched > 0 && !same) {
      tail.searchedTo = offsetOf(taken);
    }
  }

  /** Puts a record behind the reader's position and in the books. */
  private void take(int end) {
    window.enter(end - taken);
    taken = end;
    tail.searchedTo = offsetOf(end);
    target.taken();
  }

  /**
   * A record that does not end at hand, or ends beyond what is held in memory.
   *
   * @return what came of the read, or null where a piece of the record was taken
   */
  private Outcome unfinished(int upTo, boolean atEnd, boolean open) {
    if (open && upTo - taken <= options.maxRawBytes()) {
      commit();
      int searched = framer.searched(data, taken, upTo);
      tail.searchedTo = offsetOf(searched);
      tail.searchedCrc = Crc32c.of(data, taken, searched - taken);
      tail.seenTo = offsetOf(upTo);
      return atEnd ? Outcome.DRAINED : Outcome.MORE;
    }
    if (tail.headerLinesLeft == 0 && footer(taken, upTo)) {
      return Outcome.DRAINED;
    }
    if (options.split() && tail.headerLinesLeft == 0) {
      int cut = framer.cut(data, taken, taken + options.maxRawBytes());
      if (!window.offer(target, taken, cut - taken, false)) {
        return Outcome.BLOCKED;
      }
      take(cut);
      return null;
    }
    commit();
    tail.longSpan = new LongSpan(tail.position.offset(), data, taken);
    return Outcome.MORE;
  }

  /**
   * Skips what is no record at the reader's place: header lines and holes.
   *
   * @return the number of bytes skipped, or {@link #LONG_HOLE} or {@link #HEADER_GOES_ON}
   */
  private int skip(int limit, boolean atEnd, Framer.Flush flush) {
    if (data[taken] == 0) {
      int nuls = Bytes.notNul(data, taken, limit);
      if (nuls == limit) {
        return LONG_HOLE;
      }
      // The last may be the first half of a character that comes behind the hole.
      int end = newlines.align(taken, nuls);
      if (end - taken >= holes.leastBytes(tail, offsetOf(taken))) {
        return skipTo(end);
      }
    }
    if (tail.headerLinesLeft > 0) {
      int lineEnd = newlines.end(data, taken, taken, limit);
      if (lineEnd >= 0) {
        tail.headerLinesLeft--;
        return skipTo(lineEnd);
      }
      return atEnd && flush == Framer.Flush.EVERYTHING ? skipTo(limit) : HEADER_GOES_ON;
    }
    return 0;
  }

  private int skipTo(int end) {
    int count = end - taken;
    tail.account.skipped(count);
    taken = end;
    tail.searchedTo = offsetOf(end);
    return count;
  }

  /** Whether the record begins with the line that ends its file. */
  private boolean footer(int start, int end) {
    if (options.footer() == null) {
      return false;
    }
    int lineEnd = newlines.end(data, start, start, end);
    int contentEnd = lineEnd < 0 ? end : lineEnd - newlines.unitBytes();
    tail.ended = options.footer().test(data, start, contentEnd);
    return tail.ended;
  }
}
