package io.kinesisagent.agent.tail;

import io.kinesisagent.agent.frame.Bytes;
import io.kinesisagent.agent.frame.Newlines;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Holds files that look like copies until it is clear what they are, and finds the copies that
 * generations go on in when their files were cut. Owned by the flow's thread.
 */
final class CopyWatch {
  private static final int BUFFER_BYTES = 128 * 1024;

  private final HeadIndex index = new HeadIndex();
  private final List<CopyCheck> checks = new ArrayList<>();
  private final List<Tail> seeking = new ArrayList<>();
  private final TailSet tails;
  private byte[][] buffers;

  CopyWatch(TailSet tails) {
    this.tails = tails;
  }

  HeadIndex index() {
    return index;
  }

  /** Whether anything waits to become clear. */
  boolean busy() {
    if (!seeking.isEmpty()) {
      return true;
    }
    // Asked several times a step, and nearly always of an empty list.
    for (int i = 0; i < checks.size(); i++) {
      if (!checks.get(i).resting()) {
        return true;
      }
    }
    return false;
  }

  /** Whether a file has too few bytes to be compared with others, and no whole line among them. */
  boolean tooShortToTell(Tail file) throws IOException {
    byte[] first = new byte[HeadIndex.LEAST_BYTES];
    int available = file.handle.read(0, first, 0, first.length);
    return available < first.length && Bytes.newline(first, 0, available) < 0;
  }

  /**
   * Looks at the beginning of a file that was just opened, and holds it where it is a known one.
   */
  void examine(Tail file) throws IOException {
    index.remove(file);
    byte[] first = new byte[Fingerprint.FULL_LENGTH];
    int available = file.handle.read(0, first, 0, first.length);
    file.head = Fingerprint.of(first, available);
    file.firstBytes = HeadIndex.firstBytes(first, available);
    ArrayDeque<Tail> candidates = new ArrayDeque<>(index.candidates(file.head, file.firstBytes));
    candidates.remove(file);
    if (candidates.isEmpty()) {
      index.add(file);
      return;
    }
    file.phase = Tail.Phase.HELD;
    checks.add(new CopyCheck(file, candidates));
  }

  /** Seeks the rest of a generation whose file was cut, among the files that are held or appear. */
  void seek(Tail cut) {
    seeking.add(cut);
  }

  /**
   * One of two buffers to compare files with, held only as long as there is anything to compare.
   */
  byte[] buffer(int which) {
    if (buffers == null) {
      buffers = new byte[2][BUFFER_BYTES];
    }
    return buffers[which];
  }

  /** Where lines end in the flow's files. */
  Newlines newlines() {
    return tails.newlines();
  }

  /** Whether an original still holds what was read of it; where it does not, that is dealt with. */
  boolean intact(Tail original) throws IOException {
    return original.phase == Tail.Phase.HELD || tails.verify(original);
  }

  /** Lets go of a file that is no more. */
  void drop(Tail file) {
    checks.removeIf(check -> check.file() == file);
    seeking.remove(file);
    index.remove(file);
  }

  /**
   * Goes on with everything that is not clear yet.
   *
   * @param looked whether all files were looked at since the last cut was found
   * @return the number of files that more became clear of
   */
  int step(long nowNanos, boolean looked) {
    int settled = 0;
    for (CopyCheck check : new ArrayList<>(checks)) {
      long before = check.verifiedBytes();
      if (checks.contains(check) && (step(check, nowNanos) || check.verifiedBytes() > before)) {
        settled++;
      }
    }
    for (Iterator<Tail> cuts = seeking.iterator(); cuts.hasNext(); ) {
      Tail cut = cuts.next();
      if (looked && checks.stream().noneMatch(check -> check.involves(cut))) {
        cuts.remove();
        tails.lost(cut);
        settled++;
      }
    }
    if (checks.isEmpty()) {
      buffers = null;
    }
    return settled;
  }

  private boolean step(CopyCheck check, long nowNanos) {
    Tail file = check.file();
    if (file.handle == null || check.resting()) {
      return false;
    }
    try {
      switch (check.step(nowNanos, this)) {
        case PENDING -> {
          return false;
        }
        case DIFFERENT -> {
          checks.remove(check);
          known(file);
          if (file.position.offset() > 0) {
            // It began like a copy and turned out to be a file of its own.
            tails.startOver(file);
          }
          tails.release(file);
        }
        case REDUNDANT -> {
          // It stays held: as long as its original is there, it may still be being copied.
          skipCopied(check);
          if (!file.gone) {
            return false;
          }
          tails.finish(file);
        }
        case DIVERGED -> {
          skipCopied(check);
          checks.remove(check);
          known(file);
          tails.release(file);
        }
        case CONTINUES -> {
          checks.remove(check);
          seeking.remove(check.original());
          tails.adopt(check.original(), file);
        }
      }
      return true;
    } catch (IOException e) {
      tails.trouble(file, e);
      return false;
    }
  }

  /** What is held may be a copy of this file, too. */
  private void known(Tail file) {
    index.add(file);
    if (file.head.full()) {
      checks.forEach(check -> check.offer(file));
    }
  }

  private void skipCopied(CopyCheck check) {
    if (check.file().position.offset() < check.verified().offset()) {
      tails.skipCopied(check.file(), check.original(), check.verified());
    }
  }

  /** Opens an original whose handle was closed while it was idle. */
  boolean reopen(Tail original) {
    return tails.open(original);
  }
}
