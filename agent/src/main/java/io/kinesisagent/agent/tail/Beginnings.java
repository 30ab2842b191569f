package io.kinesisagent.agent.tail;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The generations of which it is not decided yet where they begin: their files were not opened yet,
 * or are too short to tell. Owned by the flow's thread.
 */
final class Beginnings {
  private final Set<Tail> fresh = new LinkedHashSet<>();
  private final CopyWatch copies;
  private final TailOptions options;
  private final TailListener listener;
  private int fromEnd;

  Beginnings(CopyWatch copies, TailOptions options, TailListener listener) {
    this.copies = copies;
    this.options = options;
    this.listener = listener;
  }

  /** A generation is new, or nothing was read of it and its file may be another one. */
  void expect(Tail tail) {
    fresh.add(tail);
  }

  /**
   * A generation is new and begins where its file ends now.
   *
   * @param size the file's, in bytes
   */
  void expectAtEnd(Tail tail, long size) {
    fresh.add(tail);
    tail.fromEnd = true;
    tail.endAtFirst = size;
    fromEnd++;
  }

  /** A generation is to begin at its file's start: of nothing in it is known that it was there. */
  void beginAtStart(Tail tail) {
    if (tail.fromEnd && !tail.begun) {
      tail.fromEnd = false;
      fromEnd--;
    }
  }

  boolean expected(Tail tail) {
    return fresh.contains(tail);
  }

  /** Those that are waited for; the list is the caller's. */
  List<Tail> all() {
    return new ArrayList<>(fresh);
  }

  /**
   * Does not wait for files that cannot be read for long. Nobody will know what of them was there
   * at first, so they are read from their start once they can be.
   */
  void waitNoLonger(long nowNanos) {
    if (fromEnd > 0) {
      fresh.stream()
          .filter(tail -> tail.trouble != null)
          .filter(tail -> nowNanos - tail.troubledNanos >= TailOptions.FIRST_WAIT_NANOS)
          .forEach(this::beginAtStart);
    }
  }

  /** Whether some generation is to begin at its file's end that has no place yet. */
  boolean anyAtEnd() {
    return fromEnd > 0;
  }

  /**
   * Finds out what a file is that was opened first. One that is too short may yet become a copy:
   * that is put off.
   *
   * @throws IOException where that cannot be told at the moment; it is waited for again
   */
  void opened(Tail tail) throws IOException {
    // The first bytes of a copy in the making tell nothing yet, and there is no line to read
    // either.
    if (!tail.fromEnd && !tail.rotated && copies.tooShortToTell(tail)) {
      return;
    }
    copies.examine(tail);
    if (tail.phase == Tail.Phase.FOLLOWING) {
      begin(tail);
    } else {
      fresh.remove(tail);
    }
  }

  /**
   * Decides where a generation begins that has no place yet, and says so.
   *
   * @throws IOException where that cannot be told at the moment; it is waited for again
   */
  void begin(Tail tail) throws IOException {
    if (tail.fromEnd && tail.handle.size() < tail.endAtFirst) {
      beginAtStart(tail);
    }
    if (tail.fromEnd) {
      fresh.add(tail);
      Position end = EndOfLines.find(tail.handle, tail.endAtFirst, options.newlines());
      tail.startAt(end.offset(), end);
    }
    fresh.remove(tail);
    placed(tail);
    listener.started(tail, tail.fromEnd ? "it was there at the first start" : tail.why);
  }

  /** It is decided where a generation begins. */
  void placed(Tail tail) {
    if (!tail.begun) {
      tail.begun = true;
      fromEnd -= tail.fromEnd ? 1 : 0;
    }
  }

  /** Nothing is to be decided about a generation any more. */
  void drop(Tail tail) {
    fresh.remove(tail);
  }
}
