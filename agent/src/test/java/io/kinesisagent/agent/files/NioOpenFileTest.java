package io.kinesisagent.agent.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class NioOpenFileTest {
  private final Served served = new Served("0123456789");
  private final OpenFile file = new NioOpenFile(new FileKey(1, 2), served);
  private final byte[] into = new byte[16];

  @Test
  void aReadGoesOnUntilAllIsThere() throws IOException {
    served.atOnce(3);
    assertThat(file.read(1, into, 2, 8)).isEqualTo(8);
    assertThat(new String(into, 2, 8, StandardCharsets.ISO_8859_1)).isEqualTo("12345678");
  }

  @Test
  void aReadEndsWithTheFile() throws IOException {
    assertThat(file.read(4, into, 0, 16)).isEqualTo(6);
    assertThat(file.read(10, into, 0, 16)).isZero();
    assertThat(file.read(12, into, 0, 16)).isZero();
  }

  @Test
  void aReadTakesWhatIsAppendedMeanwhile() throws IOException {
    served.onceAtTheEnd(() -> served.append("ab"));
    assertThat(file.read(4, into, 0, 16)).isEqualTo(8);
  }

  @Test
  void aReadThatEndsBeforeTheFileIsAnErrorAndNoEndOfFile() {
    served.ending(7);
    assertThatThrownBy(() -> file.read(4, into, 0, 16))
        .isInstanceOf(IOException.class)
        .hasMessage("a read ended before the end of the file");
  }

  /** A channel that serves reads as a server of files may. */
  private static final class Served extends FileChannel {
    private String content;
    private int most = Integer.MAX_VALUE;
    private int end = Integer.MAX_VALUE;
    private Runnable atTheEnd = () -> {};

    Served(String content) {
      this.content = content;
    }

    void atOnce(int bytes) {
      most = bytes;
    }

    /** Reads find nothing from {@code position} on. */
    void ending(int position) {
      end = position;
    }

    void onceAtTheEnd(Runnable happening) {
      atTheEnd = happening;
    }

    void append(String more) {
      content += more;
    }

    @Override
    public int read(ByteBuffer into, long position) {
      int to = Math.min(content.length(), end);
      if (position >= to) {
        Runnable happening = atTheEnd;
        atTheEnd = () -> {};
        happening.run();
        return -1;
      }
      int count = (int) Math.min(Math.min(most, into.remaining()), to - position);
      into.put(content.getBytes(StandardCharsets.ISO_8859_1), (int) position, count);
      return count;
    }

    @Override
    public long size() {
      return content.length();
    }

    @Override
    protected void implCloseChannel() {}

    @Override
    public int read(ByteBuffer into) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long read(ByteBuffer[] into, int offset, int length) {
      throw new UnsupportedOperationException();
    }

    @Override
    public int write(ByteBuffer from) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long write(ByteBuffer[] from, int offset, int length) {
      throw new UnsupportedOperationException();
    }

    @Override
    public int write(ByteBuffer from, long position) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long position() {
      throw new UnsupportedOperationException();
    }

    @Override
    public FileChannel position(long position) {
      throw new UnsupportedOperationException();
    }

    @Override
    public FileChannel truncate(long size) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void force(boolean metaData) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel to) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long transferFrom(ReadableByteChannel from, long position, long count) {
      throw new UnsupportedOperationException();
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long position, long size) {
      throw new UnsupportedOperationException();
    }

    @Override
    public FileLock lock(long position, long size, boolean shared) {
      throw new UnsupportedOperationException();
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) {
      throw new UnsupportedOperationException();
    }
  }
}
