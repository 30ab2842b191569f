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

  private static final int LOOK_BYTES = 64 * 1024;

  private static final int LONG_HOLE = -1;
  private static final int HEADER_GOES_ON = -2;
  private static final int READ_AGAIN = -1;

  private final Framer framer;
  private final TailOptions options;
  private final RecordTarget target;

  private final byte[] first = new byte[Fingerprint.FULL_LENGTH];
  private Tail tail;
  private byte[] data;
  private long base;
  private int committed;
  private int taken;
  private boolean nearEnd;

  public TailReader(Framer framer, TailOptions options, RecordTarget target) {
    this.framer = framer;
    this.options = options;
    this.target = target;
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
    try {
      return which.longSpan == null ? readRecords(length, flush) : readLongSpan(flush);
    } finally {
      commit();
      tail = null;
      nearEnd = false;
    }
  }

  /** The place in the file of a byte of the buffer, during {@link RecordTarget#offer}. */
  public long offsetOf(int index) {
    return base + index;
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
    return options.newlines().end(data, committed, from, taken);
  }

  private Outcome readRecords(int length, Framer.Flush flush) throws IOException {
    int near = tail.position.nearLength();
    base = tail.position.offset() - near;
    committed = near;
    taken = near;
    long wanted = Math.max(length, Math.max(tail.searchedTo, tail.seenTo) - base + length);
    int want = (int) Math.min(data.length, wanted);
    int got = tail.handle.read(base, data, 0, want);
    if (got < near || Fingerprint.hash(data, 0, near) != tail.position.near()) {
      return tail.handle.size() < base + near || got >= near ? Outcome.CHANGED : Outcome.DRAINED;
    }
    if (!beginsAsKnown(got)) {
      return Outcome.CHANGED;
    }
    if (!tail.head.full()
        && base + got >= Fingerprint.FULL_LENGTH
        && Fingerprint.of(tail.handle, first).full()) {
      // By now it can be told whether the file is a copy: that comes first.
      return Outcome.MORE;
    }
    if (base + got > tail.size) {
      tail.size = base + got;
    }
    nearEnd = tail.size - (base + got) < NEAR_END_BYTES;
    int limit = withoutRoom(near, got, got < want);
    if (limit == READ_AGAIN) {
      return Outcome.MORE;
    }
    boolean atEnd = got < want || limit < got;
    while (taken < limit && !tail.ended) {
      int skipped = skip(limit, atEnd, flush);
      if (skipped == LONG_HOLE) {
        return longHole(limit, atEnd);
      }
      if (skipped > 0) {
        continue;
      }
      if (skipped == HEADER_GOES_ON) {
        return unfinished(limit, atEnd, true);
      }
      int scanned = (int) Math.max(taken, tail.searchedTo - base);
      // Only what the tail is at can have waited.
      boolean flushed = atEnd && (taken == near || flush != Framer.Flush.WAITING);
      int end =
          offeredBefore(limit)
              ? (int) (tail.offeredTo - base)
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
      if (!target.offer(tail, data, taken, end - taken, false)) {
        tail.offeredFrom = base + taken;
        tail.offeredTo = base + end;
        return Outcome.BLOCKED;
      }
      take(end);
    }
    return atEnd || tail.ended ? Outcome.DRAINED : Outcome.MORE;
  }

  /**
   * Whether the record was offered before. However its file has grown, it ends where it ended then:
   * a part of what became of it may have been taken.
   */
  private boolean offeredBefore(int limit) {
    return tail.offeredFrom == base + taken && tail.offeredTo <= base + limit;
  }

  /**
   * Whether the file still begins with what is known of it. Looked at after the data was read: a
   * file that was cut and has grown past the tail's position may be the same just before it.
   */
  private boolean beginsAsKnown(int got) throws IOException {
    int length = tail.head.length();
    if (base == 0 && got >= length) {
      return tail.head.matches(data, got);
    }
    return tail.head.matches(first, tail.handle.read(0, first, 0, length));
  }

  /** Puts a record behind the reader's position and in the books. */
  private void take(int end) {
    tail.account.readRecord(end - taken);
    taken = end;
    tail.searchedTo = base + end;
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
      tail.searchedTo = base + framer.searched(data, taken, upTo);
      tail.seenTo = base + upTo;
      return atEnd ? Outcome.DRAINED : Outcome.MORE;
    }
    if (tail.headerLinesLeft == 0 && footer(taken, upTo)) {
      return Outcome.DRAINED;
    }
    if (options.split() && tail.headerLinesLeft == 0) {
      int cut = framer.cut(data, taken, taken + options.maxRawBytes());
      if (!target.offer(tail, data, taken, cut - taken, false)) {
        return Outcome.BLOCKED;
      }
      take(cut);
      return null;
    }
    commit();
    tail.longSpan = new Tail.LongSpan(tail.position.offset(), data, taken);
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
      int end = options.newlines().align(taken, nuls);
      boolean behindHole = base + taken == tail.position.offset() && behindNothingButHole();
      if (end - taken >= (behindHole ? 1 : TailOptions.HOLE_BYTES)) {
        return skipTo(end);
      }
    }
    if (tail.headerLinesLeft > 0) {
      int lineEnd = options.newlines().end(data, taken, taken, limit);
      if (lineEnd >= 0) {
        tail.headerLinesLeft--;
        return skipTo(lineEnd);
      }
      return atEnd && flush == Framer.Flush.EVERYTHING ? skipTo(limit) : HEADER_GOES_ON;
    }
    return 0;
  }

  /** The file may be another by now, with a longer hole: few NULs at this place belong to it. */
  private boolean behindNothingButHole() {
    return tail.position.offset() > 0 && tail.readNothing();
  }

  private int skipTo(int end) {
    int count = end - taken;
    tail.account.skipped(count);
    taken = end;
    tail.searchedTo = base + end;
    return count;
  }

  /** Whether the record begins with the line that ends its file. */
  private boolean footer(int start, int end) {
    if (options.footer() == null) {
      return false;
    }
    int lineEnd = options.newlines().end(data, start, start, end);
    tail.ended =
        options
            .footer()
            .test(data, start, lineEnd < 0 ? end : lineEnd - options.newlines().unitBytes());
    return tail.ended;
  }

  /**
   * Leaves out the NULs that a file ends with: they may be room that a writer has set aside and
   * will fill.
   *
   * @param start where something is to be read at
   * @param end the end of what is at hand
   * @return an index from {@code start} to {@code end}, or {@link #READ_AGAIN} where NULs were read
   *     that may have been room when they were, and are none any more
   */
  private int withoutRoom(int start, int end, boolean atEnd) throws IOException {
    tail.roomFrom = Long.MAX_VALUE;
    if (end <= start || data[end - 1] != 0) {
      return end;
    }
    int unit = options.newlines().unitBytes();
    int written = Bytes.lastNotNul(data, start, end) + 1;
    int room = start + (written - start + unit - 1) / unit * unit;
    if (room >= end || base + end <= tail.filledTo) {
      return end;
    }
    if (!atEnd && !nothingFollows(base + end)) {
      return READ_AGAIN;
    }
    tail.roomFrom = base + room;
    return room;
  }

  /** Whether there is nothing but NULs from here to the end of the file. */
  private boolean nothingFollows(long from) throws IOException {
    long filledTo = Fingerprint.filledTo(tail.handle);
    if (filledTo > from) {
      tail.filledTo = filledTo;
      return false;
    }
    byte[] look = new byte[LOOK_BYTES];
    long end = from;
    int got = look.length;
    while (got == look.length) {
      got = tail.handle.read(end, look, 0, look.length);
      int nuls = Bytes.notNul(look, 0, got);
      end += nuls;
      if (nuls < got) {
        tail.filledTo = end;
        return false;
      }
      // Room is filled from its beginning on.
      end = Math.max(end, tail.roomTo);
    }
    tail.roomTo = end;
    return true;
  }

  /** A run of NULs up to the end of what is at hand: a hole, if something follows it. */
  private Outcome longHole(int limit, boolean atEnd) throws IOException {
    commit();
    long end = base + limit;
    int got = atEnd ? 0 : data.length;
    int nuls = got;
    while (got == data.length && nuls == got) {
      got = tail.handle.read(end, data, 0, data.length);
      nuls = Bytes.notNul(data, 0, got);
      end += nuls;
    }
    return nuls < got ? skipHole(end) : Outcome.DRAINED;
  }

  private Outcome skipHole(long holeEnd) throws IOException {
    long half = (holeEnd - tail.position.offset()) % options.newlines().unitBytes();
    long end = holeEnd - half;
    long count = end - tail.position.offset();
    if (count < (behindNothingButHole() ? 1 : TailOptions.HOLE_BYTES)) {
      tail.seenTo = holeEnd;
      return Outcome.MORE;
    }
    byte[] zeros = new byte[8192];
    if (count < Position.NEAR_BYTES) {
      return skipShortHole((int) count, zeros);
    }
    CRC32C crc = new CRC32C();
    for (long left = count; left > 0; left -= zeros.length) {
      crc.update(zeros, 0, (int) Math.min(left, zeros.length));
    }
    tail.moveTo(tail.position.advance(count, (int) crc.getValue(), zeros, zeros.length));
    tail.account.skipped(count);
    return Outcome.MORE;
  }

  /** The position behind a short hole covers what is before it, which is looked at once more. */
  private Outcome skipShortHole(int count, byte[] room) throws IOException {
    int near = tail.position.nearLength();
    int got = tail.handle.read(tail.position.offset() - near, room, 0, near + count);
    boolean same =
        got == near + count
            && Fingerprint.hash(room, 0, near) == tail.position.near()
            && Bytes.notNul(room, near, got) == got;
    if (!same) {
      return Outcome.CHANGED;
    }
    tail.moveTo(tail.position.advance(room, near, got));
    tail.account.skipped(count);
    return Outcome.MORE;
  }

  /** Searches the end of a record that is too long to be held, a buffer at a time. */
  private Outcome readLongSpan(Framer.Flush flush) throws IOException {
    Tail.LongSpan span = tail.longSpan;
    if (span.whole) {
      return takeLongSpan(span);
    }
    long start = tail.position.offset();
    boolean first = span.searchedTo == start;
    int lead = first ? 0 : options.newlines().unitBytes();
    base = span.searchedTo - lead;
    int read = tail.handle.read(base, data, 0, data.length);
    int got = withoutRoom(lead, read, read < data.length);
    if (got == READ_AGAIN) {
      return Outcome.MORE;
    }
    if (got <= lead) {
      if (tail.handle.size() < span.searchedTo) {
        return Outcome.CHANGED;
      }
      return flush == Framer.Flush.EVERYTHING ? takeLongSpan(span) : Outcome.DRAINED;
    }
    boolean atEnd = read < data.length || got < read;
    int resume = span.insideLine ? resumeLine(lead, got) : lead;
    int end =
        resume < 0
            ? Framer.INCOMPLETE
            : framer.end(data, 0, resume, got, atEnd ? flush : Framer.Flush.NOTHING);
    if (end == Framer.INCOMPLETE && atEnd && flush == Framer.Flush.EVERYTHING) {
      end = got;
    }
    if (end != Framer.INCOMPLETE) {
      span.pass(data, lead, end);
      span.whole = true;
      return takeLongSpan(span);
    }
    int searched =
        resume < 0
            ? options.newlines().align(0, got)
            : Math.max(lead, framer.searched(data, lead, got));
    if (searched <= lead) {
      span.insideLine = resume < 0 || !atEnd;
      searched = atEnd ? lead : options.newlines().align(0, got);
    } else {
      span.insideLine = resume < 0;
    }
    span.pass(data, lead, searched);
    return atEnd ? Outcome.DRAINED : Outcome.MORE;
  }

  /** Where the line ends that the search stopped in, or -1. */
  private int resumeLine(int lead, int got) {
    return options.newlines().end(data, 0, lead, got);
  }

  /** Hands on what is held of a record that is too long, now that its end is known. */
  private Outcome takeLongSpan(Tail.LongSpan span) throws IOException {
    Position position = tail.position;
    int near = position.nearLength();
    base = position.offset() - near;
    int got = tail.handle.read(base, data, 0, near + options.maxRawBytes() + 1);
    if (got < near || Fingerprint.hash(data, 0, near) != position.near()) {
      return Outcome.CHANGED;
    }
    if (!beginsAsKnown(got)) {
      return Outcome.CHANGED;
    }
    long length = span.searchedTo - position.offset();
    if (tail.headerLinesLeft > 0) {
      tail.headerLinesLeft--;
      tail.moveTo(span.end(position));
      tail.account.skipped(length);
      return Outcome.MORE;
    }
    int held = (int) Math.min(got - near, length);
    if (!target.offer(tail, data, near, held, length > held)) {
      return Outcome.BLOCKED;
    }
    tail.moveTo(span.end(position));
    tail.account.readRecord(length);
    target.taken();
    return Outcome.MORE;
  }
}
