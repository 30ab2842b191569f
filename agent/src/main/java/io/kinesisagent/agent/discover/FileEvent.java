package io.kinesisagent.agent.discover;

import java.nio.file.Path;

/** What happened to a file between two snapshots. */
public sealed interface FileEvent {
  /** A file that was not there before. */
  record Appeared(FileEntry file) implements FileEvent {}

  /** A known file has another path: it was renamed. */
  record Rotated(Path from, FileEntry file) implements FileEvent {}

  /** A file is smaller than it was. */
  record Truncated(FileEntry before, FileEntry file) implements FileEvent {}

  /** A file's size or modification time differs. */
  record Changed(FileEntry file) implements FileEvent {}

  /** The path of a known file leads to another file now. Its own event tells what became of it. */
  record Replaced(FileEntry before, FileEntry by) implements FileEvent {}

  /** No path under the patterns leads to the file any more. */
  record Vanished(FileEntry before) implements FileEvent {}

  /** A path could not be looked at. Nothing follows from that. */
  record Unreadable(Path path, String reason) implements FileEvent {}
}
