package io.kinesisagent.agent.tail;

import io.kinesisagent.agent.files.FileKey;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * The generations of a flow that are known, and which of them is in a file now. Owned by the flow's
 * thread.
 */
final class Registry {
  private final Map<FileKey, Tail> byKey = new HashMap<>();
  private final Set<Tail> known = new LinkedHashSet<>();
  private final int headerLines;
  private long nextGeneration = 1;

  /**
   * @param headerLines how many lines each generation begins with that are no records
   */
  Registry(int headerLines) {
    this.headerLines = headerLines;
  }

  /** The generation that is in a file, or null. */
  Tail in(FileKey key) {
    return byKey.get(key);
  }

  boolean knows(FileKey key) {
    return byKey.containsKey(key);
  }

  /** All, those at rest included, in the order in which they became known. */
  Collection<Tail> all() {
    return known;
  }

  /** Begins a generation. */
  Tail begin(FileKey key, Path path, long nowNanos) {
    Tail tail = new Tail(nextGeneration++, key, path, 0, Position.START);
    tail.headerLinesLeft = headerLines;
    tail.grewAtNanos = nowNanos;
    known.add(tail);
    byKey.put(key, tail);
    return tail;
  }

  /** Takes up a generation that an earlier run left. Of several in one file the youngest is. */
  void restore(Tail tail) {
    tail.headerLinesLeft = tail.position.offset() == 0 ? headerLines : 0;
    nextGeneration = Math.max(nextGeneration, tail.generation + 1);
    known.add(tail);
    Tail other = byKey.get(tail.key);
    if (other == null || other.generation < tail.generation) {
      byKey.put(tail.key, tail);
    }
  }

  /** A generation is in the file now that its key says. */
  void moved(Tail tail) {
    byKey.put(tail.key, tail);
  }

  /** A generation is not in its file any more. */
  void left(Tail tail) {
    byKey.remove(tail.key, tail);
  }

  /** Forgets a generation. */
  void forget(Tail tail) {
    known.remove(tail);
    left(tail);
  }

  /** A generation begins anew at its file's first byte. */
  void startOver(Tail tail) {
    tail.headerLinesLeft = headerLines;
    tail.startAt(0, Position.START);
  }
}
