package io.kinesisagent.tests.tailing;

import io.kinesisagent.agent.files.FileKey;
import io.kinesisagent.agent.files.FileSource;
import io.kinesisagent.agent.files.FileStat;
import io.kinesisagent.agent.files.NioFileSource;
import io.kinesisagent.agent.files.OpenFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The machine's files, one of which has the identity that another one had. */
record RelabelledFiles(FileSource files, Path relabelled, FileKey key) implements FileSource {
  RelabelledFiles(Path relabelled, FileKey key) {
    this(new NioFileSource(), relabelled, key);
  }

  @Override
  public List<Path> list(Path directory) throws IOException {
    return files.list(directory);
  }

  @Override
  public FileStat stat(Path path) throws IOException {
    FileStat stat = files.stat(path);
    return path.equals(relabelled)
        ? new FileStat(key, stat.type(), stat.size(), stat.changed())
        : stat;
  }

  @Override
  public OpenFile open(Path path) throws IOException {
    OpenFile file = files.open(path);
    return path.equals(relabelled) ? new Handle(key, file) : file;
  }

  private static final class Handle extends ForwardingFile {
    private final FileKey key;

    private Handle(FileKey key, OpenFile file) {
      super(file);
      this.key = key;
    }

    @Override
    public FileKey key() {
      return key;
    }
  }
}
