package io.kinesisagent.agent.discover;

import io.kinesisagent.agent.files.FileKey;
import io.kinesisagent.agent.files.FileSource;
import io.kinesisagent.agent.files.FileStat;
import io.kinesisagent.agent.files.Trouble;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Lists the files that match a flow's patterns. Keeps nothing between looks: each starts from the
 * snapshot before it, so that what cannot be looked at keeps what was known of it.
 */
public final class Scanner {
  private final FileSource source;
  private final FileSelection selection;

  public Scanner(FileSource source, FileSelection selection) {
    this.source = source;
    this.selection = selection;
  }

  /** Looks at everything under the patterns. */
  public Snapshot scan(Snapshot before) {
    Look look = new Look(before);
    for (FilePattern pattern : selection.patterns()) {
      look.pattern(pattern);
    }
    return look.snapshot();
  }

  /**
   * Looks at some paths only, which something said have changed; all else is as before. A path that
   * is or was a directory under the patterns makes it a whole look.
   */
  public Snapshot look(Snapshot before, Collection<Path> changed) {
    for (Path path : changed) {
      if (before.directories().contains(path) || leadsToDirectory(path)) {
        return scan(before);
      }
    }
    Look look = new Look(before);
    look.keepAllBut(new HashSet<>(changed));
    for (Path path : changed) {
      if (selection.matches(path)) {
        look.path(path);
      }
    }
    return look.snapshot();
  }

  private boolean leadsToDirectory(Path path) {
    if (selection.patterns().stream().noneMatch(pattern -> pattern.couldMatchBelow(path))) {
      return false;
    }
    try {
      return source.stat(path).type() == FileStat.Type.DIRECTORY;
    } catch (IOException e) {
      // Whatever it is: a look at everything will say so in its own words.
      return true;
    }
  }

  /** One look in the making. */
  private final class Look {
    private final Snapshot before;
    private final Map<Path, FileStat> found = new LinkedHashMap<>();
    private final Set<Path> directories = new HashSet<>();
    private final Map<Path, String> unreadable = new HashMap<>();
    private final Map<Path, List<Path>> hops = new HashMap<>();

    /** The directories that lead to the one that is being listed, by their identity. */
    private final Set<FileKey> within = new HashSet<>();

    private boolean besideAsBefore;

    Look(Snapshot before) {
      this.before = before;
    }

    void keepAllBut(Set<Path> changed) {
      besideAsBefore = true;
      directories.addAll(before.directories());
      before
          .unreadable()
          .forEach(
              (path, reason) -> {
                if (!changed.contains(path)) {
                  unreadable.put(path, reason);
                }
              });
      for (Path path : before.paths().keySet()) {
        if (!changed.contains(path)) {
          keep(path);
        }
      }
      for (Path link : before.links().hops().keySet()) {
        if (!changed.contains(link)) {
          keepHops(link);
        }
      }
    }

    private void keepBelow(Path directory) {
      before.paths().keySet().stream()
          .filter(path -> path.startsWith(directory))
          .forEach(this::keep);
    }

    private void keep(Path path) {
      FileEntry file = before.files().get(before.paths().get(path));
      found.put(path, new FileStat(file.key(), FileStat.Type.FILE, file.size(), file.changed()));
      keepHops(path);
    }

    void pattern(FilePattern pattern) {
      within.clear();
      if (pattern.maxDepth() > 1) {
        noteBase(pattern.base());
      }
      directory(pattern, pattern.base(), 1);
    }

    private void noteBase(Path base) {
      try {
        within.add(source.stat(base).key());
      } catch (NoSuchFileException e) {
        // Listing it finds that, too.
        within.clear();
      } catch (IOException e) {
        unreadable(base, e);
      }
    }

    private void directory(FilePattern pattern, Path directory, int depth) {
      List<Path> names;
      try {
        names = source.list(directory);
        directories.add(directory);
      } catch (NoSuchFileException e) {
        // Not made yet, or removed: the nearest parent that exists is what to watch.
        watchParent(directory);
        return;
      } catch (IOException e) {
        directories.add(directory);
        unreadable(directory, e);
        keepBelow(directory);
        return;
      }
      for (Path path : names) {
        if (!found.containsKey(path) && pattern.matches(path) && selection.matches(path)) {
          path(path);
        }
        if (depth < pattern.maxDepth() && pattern.couldMatchBelow(path)) {
          below(pattern, path, depth);
        }
      }
    }

    private void below(FilePattern pattern, Path path, int depth) {
      try {
        FileStat stat = source.stat(path);
        // A link to a directory that it lies in leads in a circle.
        if (stat.type() == FileStat.Type.DIRECTORY && within.add(stat.key())) {
          directory(pattern, path, depth + 1);
          within.remove(stat.key());
        }
      } catch (NoSuchFileException e) {
        directories.remove(path);
        noteHops(path);
      } catch (IOException e) {
        unreadable(path, e);
        keepBelow(path);
      }
    }

    void path(Path path) {
      try {
        FileStat stat = source.stat(path);
        if (stat.type() == FileStat.Type.FILE) {
          found.put(path, stat);
          if (stat.key().equals(before.paths().get(path))) {
            keepHops(path);
          } else {
            noteHops(path);
          }
        }
      } catch (NoSuchFileException e) {
        found.remove(path);
        noteHops(path);
      } catch (IOException e) {
        unreadable(path, e);
        if (before.paths().containsKey(path)) {
          keep(path);
        }
      }
    }

    private void keepHops(Path path) {
      List<Path> known = before.links().hops().get(path);
      if (known != null) {
        hops.put(path, known);
      }
    }

    /** Finds out whether a path is a link, and where it leads. */
    private void noteHops(Path path) {
      try {
        List<Path> through = source.hops(path);
        if (!through.isEmpty()) {
          hops.put(path, through);
        }
        besideAsBefore &= through.isEmpty() && !before.links().hops().containsKey(path);
      } catch (NoSuchFileException | NotLinkException e) {
        // It was replaced in this moment, of which its own directory tells.
        besideAsBefore = false;
      } catch (IOException e) {
        unreadable(path, e);
      }
    }

    private void watchParent(Path directory) {
      Path parent = nearestParent(directory);
      if (parent != null) {
        directories.add(parent);
      }
    }

    private Path nearestParent(Path path) {
      Path parent = path.getParent();
      while (parent != null && !isDirectory(parent)) {
        parent = parent.getParent();
      }
      return parent;
    }

    private boolean isDirectory(Path path) {
      try {
        return source.stat(path).type() == FileStat.Type.DIRECTORY;
      } catch (NoSuchFileException e) {
        return false;
      } catch (IOException e) {
        unreadable(path, e);
        return true;
      }
    }

    private void unreadable(Path path, IOException e) {
      unreadable.put(path, Trouble.reason(e));
    }

    Snapshot snapshot() {
      Map<FileKey, FileEntry> files = new HashMap<>();
      Map<Path, FileKey> paths = new HashMap<>();
      found.forEach(
          (path, stat) -> {
            paths.put(path, stat.key());
            FileEntry entry = new FileEntry(path, stat.key(), stat.size(), stat.changed());
            files.merge(stat.key(), entry, this::oneName);
          });
      Links known = before.links();
      Links links = hops.equals(known.hops()) ? known : Links.of(hops);
      return new Snapshot(files, paths, directories, beside(), unreadable, links);
    }

    /** The directories in which what links lead to can change. */
    private Set<Path> beside() {
      if (besideAsBefore) {
        return before.beside();
      }
      Set<Path> beside = new HashSet<>();
      Set<Path> parents = new HashSet<>();
      hops.values().forEach(paths -> paths.forEach(hop -> parents.add(hop.getParent())));
      for (Path parent : parents) {
        Path there = isDirectory(parent) ? parent : nearestParent(parent);
        if (there != null && !directories.contains(there)) {
          beside.add(there);
        }
      }
      return beside;
    }

    /**
     * Of two names of one file, the one it had, else the first in order, so that it stays the same.
     */
    private FileEntry oneName(FileEntry a, FileEntry b) {
      FileEntry known = before.files().get(a.key());
      if (known != null && known.path().equals(a.path())) {
        return a;
      }
      if (known != null && known.path().equals(b.path())) {
        return b;
      }
      return Comparator.comparing(FileEntry::path).compare(a, b) <= 0 ? a : b;
    }
  }
}
