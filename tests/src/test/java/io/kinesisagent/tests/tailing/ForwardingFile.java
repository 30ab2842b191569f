package io.kinesisagent.tests.tailing;

import io.kinesisagent.agent.files.FileKey;
import io.kinesisagent.agent.files.OpenFile;
import java.io.IOException;

/**
 * An open file that does what another one does; something of it is told otherwise by a subclass.
 */
abstract class ForwardingFile implements OpenFile {
  private final OpenFile file;

  ForwardingFile(OpenFile file) {
    this.file = file;
  }

  @Override
  public FileKey key() {
    return file.key();
  }

  @Override
  public long size() throws IOException {
    return file.size();
  }

  @Override
  public int read(long position, byte[] into, int offset, int length) throws IOException {
    return file.read(position, into, offset, length);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
