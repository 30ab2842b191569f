package io.kinesisagent.tests.tailing;

import io.kinesisagent.agent.files.FileSource;
import io.kinesisagent.agent.files.FileStat;
import io.kinesisagent.agent.files.NioFileSource;
import io.kinesisagent.agent.files.OpenFile;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The machine's files, some of which this process may not read, and some folders not list. */
final class BarredFiles implements FileSource {
  private final FileSource files = new NioFileSource();
  private final Set<Path> barred = new HashSet<>();

  BarredFiles bar(Path path) {
    barred.add(path);
    return this;
  }

  void allow(Path path) {
    barred.remove(path);
  }

  private void check(Path path) throws IOException {
    if (barred.contains(path)) {
      throw new AccessDeniedException(path.toString());
    }
  }

  @Override
  public List<Path> list(Path directory) throws IOException {
    check(directory);
    return files.list(directory);
  }

  @Override
  public FileStat stat(Path path) throws IOException {
    return files.stat(path);
  }

  @Override
  public OpenFile open(Path path) throws IOException {
    check(path);
    return files.open(path);
  }
}
