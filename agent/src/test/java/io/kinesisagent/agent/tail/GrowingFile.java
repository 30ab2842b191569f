package io.kinesisagent.agent.tail;

import io.kinesisagent.agent.files.FileKey;
import io.kinesisagent.agent.files.OpenFile;

/**
 * A file in memory, of which a growing part has been written. The rest is not there yet, or is room
 * that was set aside.
 */
final class GrowingFile implements OpenFile {
  private final byte[] content;
  private final boolean room;
  private int written;

  GrowingFile(byte[] content, boolean room) {
    this.content = content;
    this.room = room;
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
    return room ? content.length : written;
  }

  @Override
  public int read(long position, byte[] into, int offset, int length) {
    int count = (int) Math.max(0, Math.min(length, size() - position));
    for (int i = 0; i < count; i++) {
      int at = (int) position + i;
      into[offset + i] = at < written ? content[at] : 0;
    }
    return count;
  }

  @Override
  public void close() {}
}
