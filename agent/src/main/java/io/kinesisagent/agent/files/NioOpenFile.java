package io.kinesisagent.agent.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** An open file through a channel. */
final class NioOpenFile implements OpenFile {
  /**
   * Read at a time, through a direct buffer that the thread keeps: at most {@code
   * jdk.nio.maxCachedBufferSize}, above which each read would make one anew.
   */
  private static final int PART_BYTES = 128 * 1024;

  private final FileKey key;
  private final FileChannel channel;
  private ByteBuffer view = ByteBuffer.allocate(0);

  NioOpenFile(FileKey key, FileChannel channel) {
    this.key = key;
    this.channel = channel;
  }

  @Override
  public FileKey key() {
    return key;
  }

  @Override
  public long size() throws IOException {
    return channel.size();
  }

  @Override
  public int read(long position, byte[] into, int offset, int length) throws IOException {
    if (view.array() != into) {
      view = ByteBuffer.wrap(into);
    }
    view.clear().position(offset);
    int total = 0;
    boolean nothing = false;
    while (total < length) {
      view.limit(offset + Math.min(length, total + PART_BYTES));
      int count = channel.read(view, position + total);
      if (count > 0) {
        total += count;
        nothing = false;
      } else if (channel.size() <= position + total) {
        break;
      } else if (nothing) {
        // A network file system's: to whoever reads it would look like a file that was cut.
        throw new IOException("a read ended before the end of the file");
      } else {
        // It may have grown just now.
        nothing = true;
      }
    }
    return total;
  }

  @Override
  public void close() throws IOException {
    view = ByteBuffer.allocate(0);
    channel.close();
  }
}
