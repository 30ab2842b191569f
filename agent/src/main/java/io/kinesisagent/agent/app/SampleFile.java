package io.kinesisagent.agent.app;

import io.kinesisagent.agent.files.FileKey;
import io.kinesisagent.agent.files.FileSource;
import io.kinesisagent.agent.files.FileStat;
import io.kinesisagent.agent.files.OpenFile;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** A file system of one file, whose content does not change. */
final class SampleFile implements FileSource {
  private static final FileKey KEY = new FileKey(1, 1);

  private final Path path;
  private final byte[] content;

  SampleFile(Path path, byte[] content) {
    this.path = path;
    this.content = content;
  }

  @Override
  public List<Path> list(Path directory) throws NoSuchFileException {
    if (!path.startsWith(directory)) {
      throw new NoSuchFileException(directory.toString());
    }
    return List.of(directory.resolve(directory.relativize(path).getName(0)));
  }

  @Override
  public FileStat stat(Path at) throws NoSuchFileException {
    if (at.equals(path)) {
      return new FileStat(KEY, FileStat.Type.FILE, content.length, 0);
    }
    if (path.startsWith(at)) {
      return new FileStat(new FileKey(1, 2), FileStat.Type.DIRECTORY, 0, 0);
    }
    throw new NoSuchFileException(at.toString());
  }

  @Override
  public OpenFile open(Path at) throws NoSuchFileException {
    if (!at.equals(path)) {
      throw new NoSuchFileException(at.toString());
    }
    return new Open();
  }

  private final class Open implements OpenFile {
    @Override
    public FileKey key() {
      return KEY;
    }

    @Override
    public long size() {
      return content.length;
    }

    @Override
    public int read(long position, byte[] into, int offset, int length) {
      int count = (int) Math.max(0, Math.min(length, content.length - position));
      if (count > 0) {
        System.arraycopy(content, (int) position, into, offset, count);
      }
      return count;
    }

    @Override
    public void close() {}
  }
}
