package io.kinesisagent.tests.tailing;

import io.kinesisagent.agent.files.FileSource;
import io.kinesisagent.agent.files.FileStat;
import io.kinesisagent.agent.files.NioFileSource;
import io.kinesisagent.agent.files.OpenFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The machine's files, and how often somebody looked at them. */
final class CountedFiles implements FileSource {
  private final FileSource files = new NioFileSource();
  private int listings;
  private long looks;
  private int open;
  private int mostOpen;

  /** Counts from 0 again. */
  void forget() {
    listings = 0;
    looks = 0;
  }

  int listings() {
    return listings;
  }

  long looks() {
    return looks;
  }

  /** Most files that were held open at any time. */
  int mostOpen() {
    return mostOpen;
  }

  @Override
  public List<Path> list(Path directory) throws IOException {
    listings++;
    return files.list(directory);
  }

  @Override
  public FileStat stat(Path path) throws IOException {
    looks++;
    return files.stat(path);
  }

  @Override
  public List<Path> hops(Path path) throws IOException {
    return files.hops(path);
  }

  @Override
  public OpenFile open(Path path) throws IOException {
    OpenFile file = files.open(path);
    open++;
    mostOpen = Math.max(mostOpen, open);
    return new Counted(file);
  }

  private final class Counted extends ForwardingFile {
    private Counted(OpenFile file) {
      super(file);
    }

    @Override
    public void close() throws IOException {
      open--;
      super.close();
    }
  }
}
