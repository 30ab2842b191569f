package io.kinesisagent.agent.discover;

import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.Locale;

/**
 * Which files a flow reads: those that match one of its patterns and are not left out. Immutable.
 *
 * @param patterns at least one
 * @param excludedNames globs for the last name of a path
 * @param excludedPaths whole paths with globs
 */
public record FileSelection(
    List<FilePattern> patterns, List<PathMatcher> excludedNames, List<FilePattern> excludedPaths) {
  /** Endings of names that are never read: compressed copies and editors' files. In lower case. */
  public static final List<String> ALWAYS_EXCLUDED =
      List.of(".gz", ".bz2", ".zip", ".xz", ".zst", ".lz4", ".swp", "~");

  public FileSelection {
    patterns = List.copyOf(patterns);
    excludedNames = List.copyOf(excludedNames);
    excludedPaths = List.copyOf(excludedPaths);
  }

  /** The files of these patterns, with nothing left out but the endings that always are. */
  public static FileSelection of(List<FilePattern> patterns) {
    return new FileSelection(patterns, List.of(), List.of());
  }

  /** Whether the flow reads the file of this absolute path. */
  public boolean matches(Path file) {
    return isIncluded(file) && !isExcluded(file);
  }

  private boolean isIncluded(Path file) {
    for (FilePattern pattern : patterns) {
      if (pattern.matches(file)) {
        return true;
      }
    }
    return false;
  }

  private boolean isExcluded(Path file) {
    Path name = file.getFileName();
    String lowerCase = name.toString().toLowerCase(Locale.ROOT);
    for (String ending : ALWAYS_EXCLUDED) {
      if (lowerCase.endsWith(ending)) {
        return true;
      }
    }
    for (PathMatcher excluded : excludedNames) {
      if (excluded.matches(name)) {
        return true;
      }
    }
    for (FilePattern excluded : excludedPaths) {
      if (excluded.matches(file)) {
        return true;
      }
    }
    return false;
  }
}
