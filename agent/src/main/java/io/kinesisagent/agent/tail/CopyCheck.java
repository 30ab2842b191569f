package io.kinesisagent.agent.tail;

import java.io.IOException;
import java.util.Arrays;
import java.util.Deque;

/**
 * Finds out, a little at a time, whether a file is a copy of a generation that is known, and how
 * far. While the original is whole, the two are compared byte by byte; when it was cut or is not to
 * be found any more, the checksum of what was read of it decides.
 *
 * <p>A copy that is being made is a beginning of its original: the answer waits until it has become
 * as long as the original was when the copy was first seen, or has stopped growing.
 */
final class CopyCheck {
  /** What is known so far. */
  enum Verdict {
    /** It is not clear yet. */
    PENDING,
    /** It is a copy of no candidate. */
    DIFFERENT,
    /** All of it, as far as {@link #verified()}, was or will be read from its original. */
    REDUNDANT,
    /** It is a copy up to {@link #verified()} and went its own way from there. */
    DIVERGED,
    /** It holds what was read of its original, which is gone, and what was not read of it. */
    CONTINUES
  }

  private final Tail file;
  private final Deque<Tail> candidates;
  private Tail original;
  private Position verified;
  private Position wholeLines;
  private long sizeAtFirst;
  private long restingAtSize = -1;
  private Position copied;
  private Tail copiedFrom;

  /**
   * @param candidates the generations that {@code file} may be a copy of, at least one
   */
  CopyCheck(Tail file, Deque<Tail> candidates) {
    this.file = file;
    this.candidates = candidates;
    nextCandidate();
  }

  Tail file() {
    return file;
  }

  /** The generation that the file is compared with. */
  Tail original() {
    return original;
  }

  /** How many bytes are known to be equal. */
  long verifiedBytes() {
    return verified.offset();
  }

  /** How far the file is known to be equal to its original, in whole lines. */
  Position verified() {
    return wholeLines;
  }

  /** Another generation that the file may be a copy of has become known. */
  void offer(Tail candidate) {
    if (candidate != file && candidate != original && file.head.equals(candidate.head)) {
      candidates.add(candidate);
    }
  }

  boolean involves(Tail tail) {
    return original == tail || candidates.contains(tail);
  }

  /** Whether nothing has changed since all of the file was found to be redundant. */
  boolean resting() {
    return restingAtSize >= 0
        && restingAtSize == file.size
        && !file.gone
        && original.phase == Tail.Phase.FOLLOWING;
  }

  private boolean nextCandidate() {
    if (candidates.isEmpty()) {
      return false;
    }
    original = candidates.poll();
    verified = Position.START;
    wholeLines = Position.START;
    sizeAtFirst = original.size;
    return true;
  }

  /**
   * Looks at a little more.
   *
   * @param nowNanos the time
   * @param watch told when the original turns out to have been cut
   */
  Verdict step(long nowNanos, CopyWatch watch) throws IOException {
    boolean whole = original.phase == Tail.Phase.FOLLOWING;
    boolean readable = original.handle != null || (whole && watch.reopen(original));
    Verdict verdict =
        whole && readable ? stepByContent(nowNanos, watch) : stepByChecksum(nowNanos, watch);
    if (whole && !readable && verdict != Verdict.DIFFERENT) {
      // It is like the original as far as that was read; the rest can be told when it is readable.
      verdict = Verdict.PENDING;
    }
    restingAtSize = verdict == Verdict.REDUNDANT ? verified.offset() : -1;
    if (verdict == Verdict.DIVERGED && (copied == null || copied.offset() < wholeLines.offset())) {
      copied = wholeLines;
      copiedFrom = original;
    }
    boolean own = verdict == Verdict.DIFFERENT || verdict == Verdict.DIVERGED;
    if (!own) {
      return verdict;
    }
    if (nextCandidate()) {
      return Verdict.PENDING;
    }
    if (copied == null) {
      return Verdict.DIFFERENT;
    }
    wholeLines = copied;
    original = copiedFrom;
    return Verdict.DIVERGED;
  }

  private Verdict stepByContent(long nowNanos, CopyWatch watch) throws IOException {
    byte[] ours = watch.buffer(0);
    byte[] theirs = watch.buffer(1);
    int near = verified.nearLength();
    long base = verified.offset() - near;
    int got = file.handle.read(base, ours, 0, ours.length);
    int gotTheirs = original.handle.read(base, theirs, 0, Math.max(got, 1));
    int common = Math.min(got, gotTheirs);
    int mismatch = Arrays.mismatch(ours, 0, common, theirs, 0, common);
    int equal = mismatch < 0 ? common : mismatch;
    if (!watch.intact(original)) {
      return Verdict.PENDING;
    }
    if (got < near || equal < near) {
      // The file itself was cut or rewritten while it was looked at.
      return Verdict.DIFFERENT;
    }
    verify(ours, near, equal, watch);
    if (equal < got) {
      return longEnough(verified.offset()) ? settled(Verdict.DIVERGED) : Verdict.DIFFERENT;
    }
    if (got == ours.length) {
      return Verdict.PENDING;
    }
    if (verified.offset() >= Fingerprint.FULL_LENGTH) {
      return settled(Verdict.REDUNDANT);
    }
    return stoppedGrowing(nowNanos) ? Verdict.DIFFERENT : Verdict.PENDING;
  }

  private boolean longEnough(long size) {
    return size >= sizeAtFirst && size >= Fingerprint.FULL_LENGTH;
  }

  private boolean stoppedGrowing(long nowNanos) {
    return nowNanos - file.grewAtNanos > TailOptions.COPY_HOLD_NANOS;
  }

  /** What the original has not settled yet is not settled in the copy. */
  private Verdict settled(Verdict verdict) {
    return original.watermark().offset() >= verified.offset() ? verdict : Verdict.PENDING;
  }

  private Verdict stepByChecksum(long nowNanos, CopyWatch watch) throws IOException {
    Position end = original.position;
    if (verified.offset() >= end.offset()) {
      return end.offset() >= Fingerprint.FULL_LENGTH ? Verdict.CONTINUES : Verdict.DIFFERENT;
    }
    if (file.handle.size() < end.offset()) {
      return stepShort(nowNanos, watch);
    }
    if (!readUpTo(end.offset(), watch)) {
      return Verdict.PENDING;
    }
    return verified.equals(end) && end.offset() >= Fingerprint.FULL_LENGTH
        ? Verdict.CONTINUES
        : Verdict.DIFFERENT;
  }

  /**
   * A file that is shorter than what was read of its original: a copy made shortly before the cut.
   */
  private Verdict stepShort(long nowNanos, CopyWatch watch) throws IOException {
    long size = file.handle.size();
    if (verified.offset() < size || size < Fingerprint.FULL_LENGTH) {
      Position last = original.recentUpTo(size);
      if (last == null || last.offset() < Fingerprint.FULL_LENGTH) {
        return stoppedGrowing(nowNanos) ? Verdict.DIFFERENT : Verdict.PENDING;
      }
      if (verified.offset() <= last.offset()) {
        if (!readUpTo(last.offset(), watch)) {
          return Verdict.PENDING;
        }
        if (!verified.equals(last)) {
          return Verdict.DIFFERENT;
        }
      }
    }
    if (!readUpTo(size, watch)) {
      return Verdict.PENDING;
    }
    return original.settled() ? Verdict.DIVERGED : Verdict.PENDING;
  }

  /** Reads on, and tells whether {@code target} is reached. */
  private boolean readUpTo(long target, CopyWatch watch) throws IOException {
    byte[] data = watch.buffer(0);
    int near = verified.nearLength();
    int want = (int) Math.min(data.length, target - verified.offset() + near);
    int got = file.handle.read(verified.offset() - near, data, 0, want);
    if (got > near) {
      verify(data, near, got, watch);
    }
    return verified.offset() == target;
  }

  /** Takes the bytes in {@code [from, to)} as equal, and notes where the last whole line ends. */
  private void verify(byte[] data, int from, int to, CopyWatch watch) {
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
