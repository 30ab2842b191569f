package io.kinesisagent.agent.discover;

import io.kinesisagent.agent.files.FileKey;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The files under a flow's patterns at one look, each inode once. Immutable.
 *
 * @param files by identity
 * @param paths the identity at each path; several paths may lead to one file
 * @param directories the directories that were listed
 * @param beside other directories to watch: what links in those that were listed lead to is there
 * @param unreadable the paths that could not be looked at, with the reason; files known under them
 *     from an earlier look are still in {@code files}
 * @param links the symbolic links among the paths
 */
public record Snapshot(
    Map<FileKey, FileEntry> files,
    Map<Path, FileKey> paths,
    Set<Path> directories,
    Set<Path> beside,
    Map<Path, String> unreadable,
    Links links) {
  /** No files. */
  public static final Snapshot EMPTY =
      new Snapshot(Map.of(), Map.of(), Set.of(), Set.of(), Map.of(), Links.NONE);

  public Snapshot {
    files = Collections.unmodifiableMap(files);
    paths = Collections.unmodifiableMap(paths);
    directories = Collections.unmodifiableSet(directories);
    beside = Collections.unmodifiableSet(beside);
    unreadable = Collections.unmodifiableMap(unreadable);
  }

  /** The directories to watch. */
  public Set<Path> watched() {
    if (beside.isEmpty()) {
      return directories;
    }
    Set<Path> all = new HashSet<>(directories);
    all.addAll(beside);
    return all;
  }

  /** The links that lead through a path, or to something below it. */
  public Set<Path> linksThrough(Path path) {
    return links.through().getOrDefault(path, Set.of());
  }

  /** Whether everything under the patterns could be looked at. */
  public boolean complete() {
    return unreadable.isEmpty();
  }
}
