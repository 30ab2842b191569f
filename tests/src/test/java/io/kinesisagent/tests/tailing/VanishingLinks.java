package io.kinesisagent.tests.tailing;

import io.kinesisagent.agent.files.FileSource;
import io.kinesisagent.agent.files.FileStat;
import io.kinesisagent.agent.files.NioFileSource;
import io.kinesisagent.agent.files.OpenFile;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * The machine's files, of which each is gone for the moment in which it is asked where it leads.
 */
final class VanishingLinks implements FileSource {
  private final FileSource files = new NioFileSource();

  @Override
  public List<Path> list(Path directory) throws IOException {
    return files.list(directory);
  }

  @Override
  public FileStat stat(Path path) throws IOException {
    return files.stat(path);
  }

  @Override
  public List<Path> hops(Path path) throws IOException {
    throw new NoSuchFileException(path.toString());
  }

  @Override
  public OpenFile open(Path path) throws IOException {
    return files.open(path);
  }
}
