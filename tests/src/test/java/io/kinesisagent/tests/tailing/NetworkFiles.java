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
import java.util.function.IntPredicate;

/** The machine's files with the whims of a network file system. */
final class NetworkFiles implements FileSource {
  /** Files are compared so much at a time, and at no other time so much is read. */
  private static final int COMPARED_BYTES = 128 * 1024;

  private final FileSource files = new NioFileSource();
  private long device;
  private int mount;
  private boolean readsFail;
  private Path failing;
  private IntPredicate failingLengths;

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

  /** All reads of one file fail from now on. */
  void readsFail(Path path) {
    failing = path;
    failingLengths = length -> true;
  }

  /** Of one file's reads only those fail from now on that compare it with another. */
  void comparisonsFail(Path path) {
    failing = path;
    failingLengths = length -> length == COMPARED_BYTES;
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
      if (readsFail || (path.equals(failing) && failingLengths.test(length))) {
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
