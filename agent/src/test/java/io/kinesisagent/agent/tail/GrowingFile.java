package io.kinesisagent.agent.tail;

import io.kinesisagent.agent.files.FileKey;
import io.kinesisagent.agent.files.OpenFile;

/** A file in memory, of which a growing part has been written. */
final class GrowingFile implements OpenFile {
  private final byte[] content;
  private int written;

  GrowingFile(byte[] content) {
    this.content = content;
  }

  void grow(int bytes) {
    written = Math.min(content.length, written + bytes);
  }

  boolean whole() {
    return written == content.length;
  }

  @Override
  public FileKey key() {
    return new FileKey(1, 1);
  }

  @Override
  public long size() {
    return written;
  }

  @Override
  public int read(long position, byte[] into, int offset, int length) {
    int count = (int) Math.max(0, Math.min(length, written - position));
    if (count > 0) {
      System.arraycopy(content, (int) position, into, offset, count);
    }
    return count;
  }

  @Override
  public void close() {}
}
