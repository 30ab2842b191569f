package io.kinesisagent.agent.discover;

import io.kinesisagent.agent.files.FileKey;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Set;

/**
 * The files under a flow's patterns at one look, each inode once. Immutable.
 *
 * @param files by identity
 * @param paths the identity at each path; several paths may lead to one file
 * @param directories the directories that were listed, which are those to watch
 * @param unreadable the paths that could not be looked at, with the reason; files known under them
 *     from an earlier look are still in {@code files}
 */
public record Snapshot(
    Map<FileKey, FileEntry> files,
    Map<Path, FileKey> paths,
    Set<Path> directories,
    Map<Path, String> unreadable) {
  /** No files. */
  public static final Snapshot EMPTY = new Snapshot(Map.of(), Map.of(), Set.of(), Map.of());

  public Snapshot {
    files = Collections.unmodifiableMap(files);
    paths = Collections.unmodifiableMap(paths);
    directories = Collections.unmodifiableSet(directories);
    unreadable = Collections.unmodifiableMap(unreadable);
  }

  /** Whether everything under the patterns could be looked at. */
  public boolean complete() {
    return unreadable.isEmpty();
  }
}
