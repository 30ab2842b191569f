package io.kinesisagent.agent.files;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The files to be shipped, as the engine sees them. Used by several threads. */
public interface FileSource {
  /**
   * The names in a directory, in no particular order.
   *
   * @throws java.nio.file.NoSuchFileException where there is no such directory
   * @throws IOException where it cannot be listed; nothing may be inferred from that
   */
  List<Path> list(Path directory) throws IOException;

  /**
   * Looks at a path, following links.
   *
   * @throws java.nio.file.NoSuchFileException where nothing is there
   * @throws IOException where it cannot be looked at; nothing may be inferred from that
   */
  FileStat stat(Path path) throws IOException;

  /**
   * Where a symbolic link leads: the paths on the way, and the one at its end, there or not. Empty
   * for what is no link.
   *
   * @throws IOException where it cannot be looked at; nothing may be inferred from that
   */
  default List<Path> hops(Path path) throws IOException {
    return List.of();
  }

  /**
   * Opens a file for reading. The identity of what was opened is certain: the path is looked at
   * before and after, and opened again where it changed in between.
   *
   * @throws java.nio.file.NoSuchFileException where nothing is there
   * @throws java.nio.file.AccessDeniedException where this process may not read it
   */
  OpenFile open(Path path) throws IOException;
}
