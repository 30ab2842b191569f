package io.kinesisagent.agent.tail;

import io.kinesisagent.agent.files.OpenFile;
import io.kinesisagent.agent.files.Trouble;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The handles of a flow's files, oldest first: those of files at rest are closed to make room for
 * others. A tail lives on without its handle. Owned by the flow's thread.
 */
final class Handles {
  /** How many handles are looked at to find one that can be closed. */
  private static final int LOOKED_AT = 32;

  private final Set<Tail> open = new LinkedHashSet<>();
  private final int most;
  private final TailListener listener;

  /**
   * @param most how many handles are open at most, unless more files are being read
   */
  Handles(int most, TailListener listener) {
    this.most = most;
    this.listener = listener;
  }

  /** Whether one more can be open without closing another. */
  boolean room() {
    return open.size() < most;
  }

  /** Gives a tail its handle. */
  void hold(Tail tail, OpenFile opened) {
    tail.handle = opened;
    open.add(tail);
  }

  /** Gives a tail another handle of its file, in place of the one that it has. */
  void replace(Tail tail, OpenFile opened) {
    close(tail, tail.handle);
    tail.handle = opened;
  }

  /** Takes note of a tail that has a handle, or has none any more. */
  void note(Tail tail) {
    if (tail.handle == null) {
      open.remove(tail);
    } else {
      open.add(tail);
    }
  }

  /** Takes a tail's handle away from it, open as it is, or null. */
  OpenFile take(Tail tail) {
    OpenFile handle = tail.handle;
    tail.handle = null;
    open.remove(tail);
    return handle;
  }

  /** Whether more are open than should be: more files were being read. */
  boolean tooMany() {
    return open.size() > most;
  }

  /**
   * Closes handles of files at rest, oldest first, while there are too many for one more. A few are
   * looked at; those that are not at rest are the newest then.
   */
  void makeRoom(Predicate<Tail> idle) {
    for (int i = Math.min(LOOKED_AT, open.size()); i > 0 && !room(); i--) {
      Tail tail = open.iterator().next();
      if (idle.test(tail)) {
        close(tail);
        tail.letGoAtRest();
      } else if (open.remove(tail)) {
        open.add(tail);
      }
    }
  }

  void close(Tail tail) {
    OpenFile handle = take(tail);
    if (handle != null) {
      close(tail, handle);
    }
  }

  private void close(Tail tail, OpenFile handle) {
    tail.handle = null;
    try {
      handle.close();
    } catch (IOException e) {
      listener.unreadable(tail, "its handle could not be closed: " + Trouble.reason(e));
    }
  }

  void closeAll() {
    new ArrayList<>(open).forEach(this::close);
  }
}
