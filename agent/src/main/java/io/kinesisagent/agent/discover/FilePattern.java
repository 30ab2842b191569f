package io.kinesisagent.agent.discover;

import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.regex.PatternSyntaxException;

/**
 * An absolute path with globs, split into the directory before the first glob and one matcher for
 * each name after it. A name's glob is one of {@link FileSystem#getPathMatcher}: {@code *}, {@code
 * ?}, {@code […]}, {@code {a,b}}, and {@code \} before a character that is meant as it is; it
 * matches names that begin with a dot as any other. {@code **} alone between slashes stands for any
 * number of directories, none included; at the end, for any file below. Immutable.
 */
public final class FilePattern {
  private final String text;
  private final Path base;
  private final List<PathMatcher> names;
  private final BitSet anyDepth;

  private FilePattern(String text, Path base, List<PathMatcher> names, BitSet anyDepth) {
    this.text = text;
    this.base = base;
    this.names = List.copyOf(names);
    this.anyDepth = anyDepth;
  }

  /**
   * Reads a pattern.
   *
   * @throws IllegalArgumentException where it is none; the message says what is wrong and what is
   *     allowed
   */
  public static FilePattern parse(String text, FileSystem files) {
    if (!text.startsWith("/")) {
      throw new IllegalArgumentException(
          "must be an absolute path, starting with /, with its directory");
    }
    if (text.endsWith("/")) {
      throw new IllegalArgumentException(
          "names a directory; add a pattern for file names, such as " + text + "*.log");
    }
    List<String> segments = GlobSegments.split(text);
    int literal = 0;
    while (literal < segments.size() - 1 && !GlobSegments.isGlob(segments.get(literal))) {
      literal++;
    }
    StringBuilder base = new StringBuilder("/");
    for (String segment : segments.subList(0, literal)) {
      base.append(base.length() == 1 ? "" : "/").append(GlobSegments.unescape(segment));
    }
    List<PathMatcher> names = new ArrayList<>();
    BitSet anyDepth = new BitSet();
    for (String segment : segments.subList(literal, segments.size())) {
      if (segment.equals("**")) {
        anyDepth.set(names.size());
      }
      names.add(matcher(segment, files));
    }
    if (anyDepth.get(names.size() - 1)) {
      names.add(matcher("*", files));
    }
    return new FilePattern(text, files.getPath(base.toString()), names, anyDepth);
  }

  private static PathMatcher matcher(String segment, FileSystem files) {
    try {
      return files.getPathMatcher("glob:" + segment);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "is no glob: " + e.getDescription() + " in \"" + segment + "\"", e);
    }
  }

  /** The directory that every match lies in or below. */
  public Path base() {
    return base;
  }

  /**
   * How many names follow {@link #base()} in a match at most: 1 where only the file's name holds a
   * glob, {@link Integer#MAX_VALUE} for any depth.
   */
  public int maxDepth() {
    return anyDepth.isEmpty() ? names.size() : Integer.MAX_VALUE;
  }

  /** Whether a file of this absolute path matches. */
  public boolean matches(Path file) {
    Path parent = file.getParent();
    Path name = file.getFileName();
    if (parent == null || name == null) {
      return false;
    }
    int last = names.size() - 1;
    if (last == 0) {
      return parent.equals(base) && names.get(0).matches(name);
    }
    return parent.startsWith(base) && after(parent).get(last) && names.get(last).matches(name);
  }

  /** Whether a file directly in this directory can match. */
  public boolean couldMatchIn(Path directory) {
    return directory.startsWith(base) && after(directory).get(names.size() - 1);
  }

  /** Whether a file at any depth below this directory can match. */
  public boolean couldMatchBelow(Path directory) {
    return base.startsWith(directory)
        || (directory.startsWith(base) && !after(directory).isEmpty());
  }

  /** The indexes of the names that the next name below this directory may be matched with. */
  private BitSet after(Path directory) {
    BitSet states = new BitSet(names.size());
    enter(0, states);
    for (int i = base.getNameCount(); i < directory.getNameCount(); i++) {
      Path name = directory.getName(i);
      BitSet next = new BitSet(names.size());
      for (int state = states.nextSetBit(0); state >= 0; state = states.nextSetBit(state + 1)) {
        if (anyDepth.get(state)) {
          enter(state, next);
        } else if (state < names.size() - 1 && names.get(state).matches(name)) {
          enter(state + 1, next);
        }
      }
      states = next;
    }
    return states;
  }

  private void enter(int state, BitSet states) {
    int at = state;
    states.set(at);
    while (anyDepth.get(at)) {
      states.set(++at);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FilePattern that && text.equals(that.text) && base.equals(that.base);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
