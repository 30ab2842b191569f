package io.kinesisagent.tests.tailing;

import io.kinesisagent.agent.files.FileKey;
import io.kinesisagent.agent.files.FileSource;
import io.kinesisagent.agent.files.FileStat;
import io.kinesisagent.agent.files.NioFileSource;
import io.kinesisagent.agent.files.OpenFile;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;

/** The machine's files with the whims of a network file system. */
final class NetworkFiles implements FileSource {
  private final FileSource files = new NioFileSource();
  private long device;
  private int mount;
  private boolean readsFail;

  /** All device numbers are others from now on. */
  NetworkFiles mountedAgain() {
    device++;
    return this;
  }

  /** What is open now answers with ESTALE from now on. */
  void handlesGoStale() {
    mount++;
  }

  /** Reads end before the end of the file from now on, or no longer; that is an error of theirs. */
  void readsFail(boolean now) {
    readsFail = now;
  }

  private FileKey key(FileKey real) {
    return new FileKey(real.device() + device, real.inode());
  }

  @Override
  public List<Path> list(Path directory) throws IOException {
    return files.list(directory);
  }

  @Override
  public FileStat stat(Path path) throws IOException {
    FileStat stat = files.stat(path);
    return new FileStat(key(stat.key()), stat.type(), stat.size(), stat.changed());
  }

  @Override
  public OpenFile open(Path path) throws IOException {
    return new Handle(path, files.open(path));
  }

  private final class Handle implements OpenFile {
    private final Path path;
    private final OpenFile file;
    private final int openedIn = mount;

    Handle(Path path, OpenFile file) {
      this.path = path;
      this.file = file;
    }

    @Override
    public FileKey key() {
      return NetworkFiles.this.key(file.key());
    }

    @Override
    public long size() throws IOException {
      mustBeFresh();
      return file.size();
    }

    @Override
    public int read(long position, byte[] into, int offset, int length) throws IOException {
      mustBeFresh();
      if (readsFail) {
        throw new IOException("a read ended before the end of the file");
      }
      return file.read(position, into, offset, length);
    }

    private void mustBeFresh() throws IOException {
      if (openedIn != mount) {
        throw new FileSystemException(path.toString(), null, "Stale file handle");
      }
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
