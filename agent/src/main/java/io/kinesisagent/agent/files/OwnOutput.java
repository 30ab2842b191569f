package io.kinesisagent.agent.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The files that standard output and standard error of this process go to, as after {@code >} in a
 * shell. Whoever reads them would read what it says itself. Known where there is a {@code /proc}.
 */
public final class OwnOutput {
  private static final List<Path> STREAMS =
      List.of(Path.of("/proc/self/fd/1"), Path.of("/proc/self/fd/2"));

  private OwnOutput() {}

  /** The paths of those that are files, and have one. */
  public static Set<Path> paths() throws IOException {
    Set<Path> paths = new HashSet<>();
    for (Path stream : files()) {
      // One that is deleted is told with a path that leads nowhere.
      if (Files.exists(Files.readSymbolicLink(stream))) {
        paths.add(stream.toRealPath());
      }
    }
    return paths;
  }

  /** The identities of those that are files, by whatever path they are found. */
  public static Set<FileKey> keys() throws IOException {
    Set<FileKey> keys = new HashSet<>();
    for (Path stream : files()) {
      keys.add(new NioFileSource().stat(stream).key());
    }
    return keys;
  }

  private static List<Path> files() {
    List<Path> files = new ArrayList<>(STREAMS);
    files.removeIf(stream -> !Files.isRegularFile(stream));
    return files;
  }
}
