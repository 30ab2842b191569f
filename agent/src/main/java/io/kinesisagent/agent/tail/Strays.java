package io.kinesisagent.agent.tail;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What does not fit what the last look told of: paths that are to be looked at soon, and files that
 * were come upon and no look has listed. Owned by the flow's thread.
 */
final class Strays {
  private final Set<Path> paths = new LinkedHashSet<>();
  private final Set<Tail> unlisted = new LinkedHashSet<>();
  private Set<Path> unreadable = Set.of();
  private boolean wholeLookWanted;

  /** A path leads to no file any more. */
  void nothingAt(Path path) {
    paths.add(path);
  }

  /** A path does not lead to the file that it led to: other paths may have changed, too. */
  void elsewhere(Path path) {
    paths.add(path);
    wholeLookWanted = true;
  }

  /** A file was come upon that no look has listed. */
  void unlisted(Tail tail) {
    unlisted.add(tail);
  }

  /** Whether a path is to be looked at. */
  boolean toBeLookedAt(Path path) {
    return paths.contains(path);
  }

  /** The paths that are to be looked at; they are forgotten by the call. */
  Collection<Path> takePaths() {
    if (paths.isEmpty()) {
      return List.of();
    }
    List<Path> taken = new ArrayList<>(paths);
    paths.clear();
    return taken;
  }

  /** Whether everything must be looked at soon. */
  boolean wholeLookWanted() {
    return wholeLookWanted;
  }

  /** Whether a path could not be looked at: what was there may still be. */
  boolean unseen(Path path) {
    for (Path at = path; at != null && !unreadable.isEmpty(); at = at.getParent()) {
      if (unreadable.contains(at)) {
        return true;
      }
    }
    return false;
  }

  /** Takes note of the paths that could not be looked at, in place of those before. */
  void unreadable(Set<Path> now) {
    unreadable = now;
  }

  /**
   * Takes note that everything was looked at that could be.
   *
   * @return the files that were come upon, and that no look will list where this one has not
   */
  List<Tail> looked() {
    paths.clear();
    wholeLookWanted = false;
    List<Tail> listedNow = unlisted.stream().filter(tail -> !unseen(tail.path)).toList();
    listedNow.forEach(unlisted::remove);
    return listedNow;
  }

  /** Forgets a generation. */
  void forget(Tail tail) {
    unlisted.remove(tail);
  }
}
