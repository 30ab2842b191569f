package io.kinesisagent.agent.tail;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which of a flow's generations something is to be done about, so that a file at rest is in no list
 * that is walked. Owned by the flow's thread.
 */
final class Attention {
  /** How many generations at rest are remembered line by line: a copy of them may yet be found. */
  private static final int MOST_RESTING_LATELY = 64;

  private final Deque<Tail> ready = new ArrayDeque<>();
  private final Set<Tail> active = new LinkedHashSet<>();
  private final Set<Tail> unfinished = new LinkedHashSet<>();
  private final Set<Tail> restingLately = new LinkedHashSet<>();

  // ---- to be read

  /** Puts a tail at the end of the row of those to read. */
  void read(Tail tail) {
    if (!tail.ready && !tail.over()) {
      tail.ready = true;
      ready.add(tail);
    }
  }

  /** Puts a tail at the front of the row of those to read. */
  void readFirst(Tail tail) {
    if (!tail.ready) {
      tail.ready = true;
      ready.addFirst(tail);
    }
  }

  /** Takes the first of those to read out of the row, or null. */
  Tail nextToRead() {
    Tail tail = ready.poll();
    if (tail != null) {
      tail.ready = false;
    }
    return tail;
  }

  boolean anyToRead() {
    return !ready.isEmpty();
  }

  // ---- to be looked at from time to time

  /** Has a tail's file looked at from time to time. */
  void watch(Tail tail) {
    active.add(tail);
  }

  /** Those whose files are looked at from time to time; the list is the caller's. */
  List<Tail> watched() {
    return new ArrayList<>(active);
  }

  /**
   * Looks at the files that are watched. One of which it is not sure yet what it holds is not at
   * rest: what was cut may be found in it.
   *
   * @param hinted whether changes are hinted at: then a file is looked at ever less often, the
   *     longer it rests
   * @param look looks at one, and tells whether it has grown
   * @return how many have grown
   */
  int poll(boolean hinted, long nowNanos, Predicate<Tail> look) {
    int grown = 0;
    for (Tail tail : watched()) {
      if (tail.over()) {
        active.remove(tail);
        continue;
      }
      if (hinted && tail.trouble == null && nowNanos - tail.pollDueNanos < 0) {
        continue;
      }
      long rest = nowNanos - tail.grewAtNanos;
      tail.pollDueNanos =
          nowNanos
              + Math.max(
                  TailOptions.HINTED_POLL_NANOS, Math.min(rest, TailOptions.RESTING_POLL_NANOS));
      if (look.test(tail)) {
        grown++;
      } else if (rest > (tail.hasRoom() ? TailOptions.ROOM_NANOS : TailOptions.ACTIVE_NANOS)
          && tail.trouble == null
          && tail.sure()
          && tail.phase == Tail.Phase.FOLLOWING) {
        restOnceLookedInto(tail);
      }
    }
    return grown;
  }

  /**
   * A file that was cut and written to its old size again within the second, or whatever its clock
   * tells apart, looks as it did: whether it holds what was read of it shows in its bytes alone.
   */
  private void restOnceLookedInto(Tail tail) {
    if (tail.writesLookedInto == tail.writes) {
      rest(tail);
    } else {
      tail.writesLookedInto = tail.writes;
      read(tail);
    }
  }

  // ---- to be brought to an end

  /** Has the rest of a tail flushed once its time has come. */
  void finishLater(Tail tail) {
    unfinished.add(tail);
  }

  /** A tail's file was renamed, replaced or deleted: its rest is flushed after its grace. */
  void rotated(Tail tail, long nowNanos) {
    // Of a file that is not open, and of which nothing was read, it is not known whether it is the
    // same: another one may have its inode by now, and be the one that is written to.
    tail.rotated = tail.handle != null || tail.position.offset() > 0;
    if (tail.rotated) {
      tail.rotatedAtNanos = nowNanos;
      if (tail.phase != Tail.Phase.FINISHED) {
        unfinished.add(tail);
      }
    }
  }

  void finishNoMore(Tail tail) {
    unfinished.remove(tail);
  }

  /** Those whose rest is to be flushed once its time has come; the list is the caller's. */
  List<Tail> unfinished() {
    unfinished.removeIf(Tail::over);
    return new ArrayList<>(unfinished);
  }

  /** Whether any file must be looked at again soon without a hint. */
  boolean restless() {
    return !active.isEmpty() || !unfinished.isEmpty();
  }

  // ---- at rest

  /** Nothing is to be done about a tail until its file changes. */
  void rest(Tail tail) {
    active.remove(tail);
    restingLately.remove(tail);
    restingLately.add(tail);
    if (restingLately.size() > MOST_RESTING_LATELY) {
      Tail longest = restingLately.iterator().next();
      restingLately.remove(longest);
      if (!active.contains(longest)) {
        longest.rungs.rest();
      }
    }
  }

  /** Nothing is to be done about a tail for good. */
  void drop(Tail tail) {
    active.remove(tail);
    unfinished.remove(tail);
    restingLately.remove(tail);
  }
}
