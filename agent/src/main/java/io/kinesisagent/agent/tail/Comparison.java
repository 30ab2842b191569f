package io.kinesisagent.agent.tail;

import java.io.IOException;
import java.util.Arrays;

/**
 * Compares a file that is held with one generation that is known, a little at a time. While the
 * generation's file is whole the two are compared byte by byte; when it was cut or is not to be
 * found any more, the checksum of what was read of it decides. Owned by the flow's thread.
 */
final class Comparison {
  /** What is known so far. */
  enum Finding {
    /** It is not clear yet. */
    UNCLEAR,
    /** The file is no copy of the generation. */
    DIFFERENT,
    /** All of the file was or will be read from the generation's own file. */
    COVERED,
    /** The file is a copy as far as {@link #shared()}, and went its own way from there. */
    DIVERGED,
    /** The file holds what was read of the generation, whose file is gone, and maybe more. */
    CONTINUES,
    /** The file holds all that the generation's file has, and more. */
    EXTENDS
  }

  private final Tail file;
  private final Tail original;
  private final CopyWatch watch;
  private final long wholeBytes;
  private Position verified = Position.START;
  private Position wholeLines = Position.START;
  private long provenBytes;
  private long sizeBytes;
  private long moves;
  private Finding finding = Finding.UNCLEAR;

  /**
   * @param wholeBytes a file that goes its own way before this many bytes is a different one: a
   *     copy holds all that there was when it was made
   */
  Comparison(Tail file, Tail original, long wholeBytes, CopyWatch watch) {
    this.file = file;
    this.original = original;
    this.wholeBytes = wholeBytes;
    this.watch = watch;
    this.moves = original.moves;
  }

  Tail original() {
    return original;
  }

  Finding finding() {
    return finding;
  }

  /** How far the file is known to be equal to its original, in whole lines. */
  Position shared() {
    return wholeLines;
  }

  /** How many bytes are known to be equal. */
  long verifiedBytes() {
    return verified.offset();
  }

  /** The size that the file had when all of it was found to be in its original. */
  long sizeBytes() {
    return sizeBytes;
  }

  /** How many bytes of the file need not be read, by what is known. */
  long knownBytes() {
    return finding == Finding.CONTINUES ? original.position.offset() : verified.offset();
  }

  /** Looks at a little more. */
  Finding step(long nowNanos) throws IOException {
    if (moves != original.moves) {
      // The generation goes on in another file, of which nothing was compared yet.
      moves = original.moves;
      verified = Position.START;
      wholeLines = Position.START;
      provenBytes = 0;
    }
    boolean whole = original.phase == Tail.Phase.FOLLOWING;
    boolean unseen = original.phase == Tail.Phase.FINISHED && watch.mayYetBeFound(original);
    if (original.phase == Tail.Phase.HELD) {
      // What becomes of the older one comes first; a copy is nobody's original, its own original
      // is.
      boolean first = original.generation < file.generation;
      boolean undecided = first && file.head.full() && !watch.resting(original);
      finding = undecided ? Finding.UNCLEAR : Finding.DIFFERENT;
    } else if (whole && (original.held() || watch.reopen(original))) {
      finding = byContent(nowNanos);
    } else if (whole || unseen) {
      finding = whileUnreadable();
    } else {
      finding = byChecksum(nowNanos);
    }
    return finding;
  }

  /**
   * What is known to be another file is told at once; the rest when the original can be read again.
   */
  private Finding whileUnreadable() throws IOException {
    Position end = original.position;
    boolean longEnough = anyChecksum() && file.handle.size() >= end.offset();
    if (longEnough && verified.offset() <= end.offset() && readUpTo(end.offset())) {
      return verified.crc() == end.crc() ? Finding.UNCLEAR : Finding.DIFFERENT;
    }
    return Finding.UNCLEAR;
  }

  /** Whether what was read of the original is enough to tell a copy by. */
  private boolean anyChecksum() {
    return !original.readNothing()
        && (sameHead() || original.position.offset() >= Fingerprint.FULL_LENGTH);
  }

  /** Whether the two are known to begin differently. */
  private boolean otherHead() {
    return file.head.full() && original.head.full() && !file.head.equals(original.head);
  }

  /** Whether the two are known to begin alike, as far as a fingerprint goes. */
  private boolean sameHead() {
    return file.head.full() && file.head.equals(original.head);
  }

  private Finding byContent(long nowNanos) throws IOException {
    byte[] ours = watch.buffer(0);
    byte[] theirs = watch.buffer(1);
    int near = verified.nearLength();
    long base = verified.offset() - near;
    int read;
    int got;
    try (Window window = watch.window().open(file, ours)) {
      read = window.read(base, ours.length);
      // Room that the file ends with may yet become something else than its original holds there.
      got = window.withoutRoom(near, read, read < ours.length);
    }
    if (got == Window.READ_AGAIN) {
      return Finding.UNCLEAR;
    }
    sizeBytes = got < read ? file.handle.size() : base + read;
    int gotTheirs = readOriginal(base, theirs);
    if (gotTheirs < 0) {
      return Finding.UNCLEAR;
    }
    int common = Math.min(got, gotTheirs);
    int mismatch = Arrays.mismatch(ours, 0, common, theirs, 0, common);
    int equal = mismatch < 0 ? common : mismatch;
    if (got < near || equal < near) {
      // The file itself was cut or rewritten while it was looked at.
      return Finding.DIFFERENT;
    }
    verify(ours, near, watch.newlines().align(near, equal));
    provenBytes = verified.offset();
    boolean longEnough = verified.offset() >= Fingerprint.FULL_LENGTH;
    if (mismatch >= 0) {
      return longEnough && verified.offset() >= wholeBytes
          ? onceSettled(Finding.DIVERGED)
          : Finding.DIFFERENT;
    }
    if (got > gotTheirs && longEnough) {
      // What the original's file holds was read from this one already: each goes its own way.
      return file.position.offset() >= verified.offset() ? Finding.DIVERGED : Finding.EXTENDS;
    }
    if (got == read && read == ours.length) {
      return Finding.UNCLEAR;
    }
    if (longEnough) {
      return onceSettled(Finding.COVERED);
    }
    return stoppedGrowing(nowNanos) ? Finding.DIFFERENT : Finding.UNCLEAR;
  }

  /** How many bytes the original's file has, or -1 where it is not what it was, or unreadable. */
  private int readOriginal(long from, byte[] into) {
    try {
      int got = original.handle.read(from, into, 0, into.length);
      return watch.intact(original) ? got : -1;
    } catch (IOException e) {
      watch.unreadable(original, e);
      return -1;
    }
  }

  private boolean stoppedGrowing(long nowNanos) {
    return nowNanos - file.grewAtNanos > TailOptions.COPY_HOLD_NANOS;
  }

  /** What the original has not settled yet is not settled in the copy. */
  private Finding onceSettled(Finding then) {
    return original.watermark().offset() >= verified.offset() ? then : Finding.UNCLEAR;
  }

  private Finding byChecksum(long nowNanos) throws IOException {
    Position end = original.position;
    if (!anyChecksum() || otherHead()) {
      return Finding.DIFFERENT;
    }
    if (verified.offset() >= end.offset()) {
      return Finding.CONTINUES;
    }
    if (file.handle.size() < end.offset()) {
      return byRung(nowNanos);
    }
    if (!readUpTo(end.offset())) {
      return Finding.UNCLEAR;
    }
    return verified.equals(end) ? Finding.CONTINUES : Finding.DIFFERENT;
  }

  /** A file with less than what was read of its original: a copy made shortly before the cut. */
  private Finding byRung(long nowNanos) throws IOException {
    long size = file.handle.size();
    Rungs.Rung rung = original.rungs.upTo(size);
    if (rung == null || rung.offset() < Fingerprint.FULL_LENGTH) {
      if (provenBytes >= Fingerprint.FULL_LENGTH) {
        return original.settled() ? Finding.DIVERGED : Finding.UNCLEAR;
      }
      return stoppedGrowing(nowNanos) ? Finding.DIFFERENT : Finding.UNCLEAR;
    }
    if (verified.offset() <= rung.offset()) {
      if (!readUpTo(rung.offset())) {
        return Finding.UNCLEAR;
      }
      if (verified.crc() != rung.crc()) {
        return Finding.DIFFERENT;
      }
    }
    // Of what lies behind that place nothing is proven.
    return original.settled() ? Finding.DIVERGED : Finding.UNCLEAR;
  }

  /** Reads on, and tells whether {@code target} is reached. */
  private boolean readUpTo(long target) throws IOException {
    byte[] data = watch.buffer(0);
    int near = verified.nearLength();
    int want = (int) Math.min(data.length, target - verified.offset() + near);
    int got = file.handle.read(verified.offset() - near, data, 0, want);
    if (got > near) {
      verify(data, near, got == want ? got : watch.newlines().align(near, got));
    }
    return verified.offset() == target;
  }

  /**
   * Takes the bytes in {@code [from, to)} as equal, and notes where the last whole line ends. They
   * are whole characters: only from the beginning of one can lines be told.
   */
  private void verify(byte[] data, int from, int to) {
    int rest = watch.newlines().lastEnd(data, from, to);
    if (rest < 0) {
      rest = from;
    } else {
      verified = behind(data, from, rest);
      wholeLines = verified;
    }
    verified = behind(data, rest, to);
  }

  /** The position behind some more bytes; the checksum begins where the original's does. */
  private Position behind(byte[] data, int from, int to) {
    long before = Math.min(to - from, Math.max(0, original.origin - verified.offset()));
    Position position = verified;
    int start = from;
    if (before > 0) {
      start = (int) (from + before);
      Position plain = position.advance(data, from, start);
      position = new Position(plain.offset(), 0, plain.near());
    }
    return to > start ? position.advance(data, start, to) : position;
  }
}
