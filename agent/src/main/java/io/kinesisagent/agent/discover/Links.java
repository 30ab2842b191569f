package io.kinesisagent.agent.discover;

import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The symbolic links among the names of a snapshot, and where they lead: what changes there changes
 * what the link leads to, and the link's own directory hears nothing of it. Immutable.
 *
 * @param hops the paths that each link leads through, the last one included
 * @param through the links that lead through a path, or to something below it
 */
record Links(Map<Path, List<Path>> hops, Map<Path, Set<Path>> through) {
  /** No links. */
  static final Links NONE = new Links(Map.of(), Map.of());

  /** Links that lead as {@code hops} says. */
  static Links of(Map<Path, List<Path>> hops) {
    if (hops.isEmpty()) {
      return NONE;
    }
    Map<Path, Set<Path>> through = new HashMap<>();
    hops.forEach(
        (link, paths) -> {
          for (Path hop : paths) {
            for (Path at = hop; at != null; at = at.getParent()) {
              through.computeIfAbsent(at, p -> new HashSet<>()).add(link);
            }
          }
        });
    return new Links(Collections.unmodifiableMap(hops), Collections.unmodifiableMap(through));
  }
}
