package io.kinesisagent.agent.tail;

import io.kinesisagent.agent.files.FileSource;
import io.kinesisagent.agent.files.OpenFile;
import io.kinesisagent.agent.files.Trouble;
import io.kinesisagent.spi.Clock;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The way from a generation to its file: opens it, makes sure that it still is the file that was
 * read, tries again what failed, and closes what is at rest to make room. Owned by the flow's
 * thread.
 */
final class Opener {
  private final FileSource source;
  private final Clock clock;
  private final TailListener listener;
  private final Registry registry;
  private final Attention attention;
  private final Strays strays;
  private final Handles handles;
  private final CopyWatch copies;
  private final Beginnings beginnings;
  private final Succession succession;

  Opener(
      FileSource source,
      Clock clock,
      TailListener listener,
      Registry registry,
      Attention attention,
      Strays strays,
      Handles handles,
      CopyWatch copies,
      Beginnings beginnings,
      Succession succession) {
    this.source = source;
    this.clock = clock;
    this.listener = listener;
    this.registry = registry;
    this.attention = attention;
    this.strays = strays;
    this.handles = handles;
    this.copies = copies;
    this.beginnings = beginnings;
    this.succession = succession;
  }

  // ---- opening

  /** Opens a tail's file, makes sure that it is that file, and has it read. */
  boolean open(Tail tail) {
    boolean same = reach(tail);
    if (tail.handle != null) {
      attention.read(tail);
    }
    return same;
  }

  /**
   * Opens a tail's file where there is room for one more: it is held from the first look on,
   * whatever becomes of its path before it is its turn to be read.
   */
  void openEarly(Tail tail) {
    if (tail.handle == null && handles.room()) {
      open(tail);
    }
  }

  /** Opens a tail's file where it is not open yet, and tells whether there is anything to read. */
  boolean readable(Tail tail) {
    if (tail.over()) {
      return false;
    }
    if (!tail.held() && !reach(tail)) {
      return false;
    }
    if (beginnings.expected(tail) && !examined(tail)) {
      return false;
    }
    if (!beginnings.expected(tail) && !tail.head.full()) {
      growHead(tail);
    }
    return tail.phase == Tail.Phase.FOLLOWING && !beginnings.expected(tail) && tail.handle != null;
  }

  /** Opens a tail's file where it is not open, and makes sure that it is that file. */
  private boolean reach(Tail tail) {
    if (tail.waitsForRetry(clock.nanoTime())) {
      attention.watch(tail);
      return false;
    }
    try {
      if (tail.handle == null) {
        OpenFile opened = source.open(tail.path);
        if (!opened.key().equals(tail.key)) {
          other(tail.path, opened);
          return false;
        }
        hold(tail, opened);
      }
      if (tail.verifyHead && !verifyHead(tail)) {
        return false;
      }
      if (beginnings.expected(tail)) {
        beginnings.opened(tail);
      }
      if (tail.copy && tail.phase == Tail.Phase.FOLLOWING) {
        copies.hold(tail);
      }
      return true;
    } catch (IOException e) {
      // What it is was not found out, so that is to be done again.
      tail.toBeVerified();
      trouble(tail, e);
      return false;
    }
  }

  private void hold(Tail tail, OpenFile opened) {
    makeRoom();
    handles.hold(tail, opened);
  }

  /** A path led to another file than was seen there; it is held before it is gone, too. */
  private void other(Path path, OpenFile opened) throws IOException {
    if (!registry.knows(opened.key())) {
      Tail tail = registry.begin(opened.key(), path, clock.nanoTime());
      beginnings.expect(tail);
      strays.unlisted(tail);
      hold(tail, opened);
      beginnings.opened(tail);
      tail.size = opened.size();
      tail.lookedAt(clock.nanoTime());
      attention.watch(tail);
      attention.read(tail);
    } else {
      opened.close();
    }
    // Until then a tail that was sought there is not opened again.
    strays.elsewhere(path);
  }

  // ---- making sure

  /** Finds out what a file is, and tells whether it could be read for that. */
  boolean examined(Tail tail) {
    try {
      beginnings.opened(tail);
      return true;
    } catch (IOException e) {
      trouble(tail, e);
      return false;
    }
  }

  /** Lets the fingerprint of a file that has grown cover more, so that copies of it are told. */
  void growHead(Tail tail) {
    if (tail.phase != Tail.Phase.FOLLOWING
        || beginnings.expected(tail)
        || (!tail.held() && !open(tail))) {
      return;
    }
    try {
      if (!copies.grow(tail)) {
        cutByOther(tail);
      }
    } catch (IOException e) {
      troubleMeanwhile(tail, e);
    }
  }

  /** Whether a file that was not held for a while is still the same. */
  private boolean verifyHead(Tail tail) throws IOException {
    // Should it be another file by now, its size says nothing of what was lost.
    long seen = tail.size;
    tail.size = tail.heldSize;
    boolean same = true;
    try {
      same = verify(tail);
      if (same && !Holes.asKnown(tail)) {
        same = false;
        cutByOther(tail);
      }
    } finally {
      tail.size = same ? seen : tail.size;
    }
    tail.verifyHead = false;
    return same;
  }

  /** Whether a tail's file still holds what was read of it; where it does not, the tail is cut. */
  boolean verify(Tail tail) throws IOException {
    if (tail.handle == null) {
      return false;
    }
    boolean same = copies.continues(tail);
    if (!same) {
      cutByOther(tail);
    }
    return same;
  }

  private void cutByOther(Tail tail) {
    succession.cut(tail, "its file holds something else", clock.nanoTime());
  }

  // ---- trouble

  /** Takes note that a tail's file can be read. */
  void works(Tail tail) {
    tail.failing = false;
    if (tail.trouble != null) {
      tail.trouble = null;
      listener.readable(tail);
    }
  }

  /** A tail could not be opened or read when it was its turn; it is tried again later. */
  void trouble(Tail tail, IOException e) {
    long now = clock.nanoTime();
    boolean again = tail.failing && now - tail.failedNanos < TailOptions.AGAIN_NANOS;
    if (!again) {
      tail.failingSinceNanos = now;
    }
    tail.failing = true;
    tail.failedNanos = now;
    troubleMeanwhile(tail, e);
    boolean onlyHandle = tail.gone && tail.handle != null;
    if (again && onlyHandle && now - tail.failingSinceNanos > TailOptions.GIVE_UP_NANOS) {
      succession.unreadable(tail);
    }
  }

  /** The same where it was read for another file's sake: it is not given up for that. */
  void troubleMeanwhile(Tail tail, IOException e) {
    if (tail.handle != null && !tail.gone) {
      openAnew(tail, e);
    }
    if (e instanceof NoSuchFileException) {
      strays.nothingAt(tail.path);
      return;
    }
    String reason = Trouble.reason(e);
    long now = clock.nanoTime();
    if (tail.trouble == null || now - tail.retryAtNanos >= TailOptions.AGAIN_NANOS) {
      tail.troubledNanos = now;
    }
    if (!tail.waitsForRetry(now)) {
      tail.retryAtNanos = now + TailOptions.RETRY_NANOS;
    }
    attention.watch(tail);
    if (!reason.equals(tail.trouble)) {
      tail.trouble = reason;
      listener.unreadable(tail, reason);
    }
  }

  /**
   * A stale handle of a network file system works again once the file is opened anew. Until that
   * has worked the old one is kept: the file may be deleted by now, and the trouble pass.
   */
  private void openAnew(Tail tail, IOException trouble) {
    try {
      OpenFile opened = source.open(tail.path);
      if (opened.key().equals(tail.key)) {
        handles.replace(tail, opened);
      } else {
        other(tail.path, opened);
      }
    } catch (NoSuchFileException e) {
      strays.nothingAt(tail.path);
    } catch (IOException e) {
      trouble.addSuppressed(e);
    }
  }

  // ---- closing

  /** Closes the handles of files at rest while too many are open for one more. */
  void makeRoom() {
    handles.makeRoom(this::idle);
  }

  /**
   * Whether a tail has read all that its file holds, and finds the file again by its path. What is
   * remembered of that may have changed: the path is looked at last, for what is written while
   * there is a path to it is not lost.
   */
  private boolean idle(Tail tail) {
    if (tail.phase != Tail.Phase.FOLLOWING || tail.gone || tail.ready || copies.examining(tail)) {
      return false;
    }
    try {
      return tail.handle.size() <= tail.position.offset()
          && source.stat(tail.path).key().equals(tail.key);
    } catch (NoSuchFileException e) {
      strays.nothingAt(tail.path);
      return false;
    } catch (IOException e) {
      trouble(tail, e);
      return false;
    }
  }
}
