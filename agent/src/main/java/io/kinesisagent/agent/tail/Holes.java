package io.kinesisagent.agent.tail;

import io.kinesisagent.agent.frame.Bytes;
import io.kinesisagent.agent.frame.Newlines;
import io.kinesisagent.agent.tail.TailReader.Outcome;
import java.io.IOException;
import java.util.zip.CRC32C;

/** Passes over runs of NULs in front of a record that are no content. Stateless. */
final class Holes {
  private static final int ZEROS_BYTES = 8192;
  private static final int LOOK_BYTES = 64 * 1024;

  private final Newlines newlines;

  Holes(Newlines newlines) {
    this.newlines = newlines;
  }

  /**
   * How many NULs at a place are a hole. Where nothing but a hole was read of a file, the file may
   * be another by now, with a longer one: few NULs belong to it, too.
   *
   * @param at an offset that is not before the tail's position
   */
  int leastBytes(Tail tail, long at) {
    boolean behindNothingButHole = at > 0 && at == tail.position.offset() && tail.readNothing();
    return behindNothingButHole ? 1 : TailOptions.HOLE_BYTES;
  }

  /**
   * Whether a tail of which nothing but a hole was read has that hole still. Where NULs follow,
   * such as room, what its position is known by is the same in another file.
   */
  static boolean asKnown(Tail tail) throws IOException {
    long end = tail.position.offset();
    if (end == 0 || !tail.readNothing()) {
      return true;
    }
    byte[] buffer = new byte[LOOK_BYTES];
    long at = 0;
    while (at < end) {
      int wanted = (int) Math.min(buffer.length, end - at);
      if (tail.handle.read(at, buffer, 0, wanted) < wanted
          || Bytes.notNul(buffer, 0, wanted) < wanted) {
        return false;
      }
      at += wanted;
    }
    return true;
  }

  /**
   * Moves a tail behind the hole at its position, if something follows that.
   *
   * @param knownTo there are NULs up to here
   * @param atEnd whether the file ends there
   * @param buffer room to read on in
   */
  Outcome pass(Tail tail, long knownTo, boolean atEnd, byte[] buffer) throws IOException {
    long end = knownTo;
    int got = atEnd ? 0 : buffer.length;
    int nuls = got;
    while (got == buffer.length && nuls == got) {
      got = tail.handle.read(end, buffer, 0, buffer.length);
      nuls = Bytes.notNul(buffer, 0, got);
      end += nuls;
    }
    return nuls < got ? passUpTo(tail, end) : Outcome.DRAINED;
  }

  private Outcome passUpTo(Tail tail, long holeEnd) throws IOException {
    long start = tail.position.offset();
    // The last may be the first half of a character that comes behind the hole.
    long count = (holeEnd - start) / newlines.unitBytes() * newlines.unitBytes();
    if (count < leastBytes(tail, start)) {
      tail.seenTo = holeEnd;
      return Outcome.MORE;
    }
    byte[] zeros = new byte[ZEROS_BYTES];
    if (count < Position.NEAR_BYTES) {
      return passShort(tail, (int) count, zeros);
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
  private Outcome passShort(Tail tail, int count, byte[] buffer) throws IOException {
    int near = tail.position.nearLength();
    int got = tail.handle.read(tail.position.offset() - near, buffer, 0, near + count);
    boolean same =
        got == near + count
            && Fingerprint.hash(buffer, 0, near) == tail.position.near()
            && Bytes.notNul(buffer, near, got) == got;
    if (!same) {
      return Outcome.CHANGED;
    }
    tail.moveTo(tail.position.advance(buffer, near, got));
    tail.account.skipped(count);
    return Outcome.MORE;
  }
}
