package io.kinesisagent.backends.http;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Holds back what is written, when it is told to, until it is worth a call of the system: TLS
 * writes and flushes each of its records, of 16 KiB and less, by itself. For one thread at a time.
 */
final class GatheredOutput extends OutputStream {
  /** Four records of TLS, and what they have in front and behind. */
  static final int MOST_BYTES = 66 * 1024;

  private final OutputStream out;
  private final byte[] held = new byte[MOST_BYTES];
  private int count;
  private boolean gathering;

  GatheredOutput(OutputStream out) {
    this.out = out;
  }

  /** Holds back what is written from now on, also where it is flushed. */
  void gather() {
    gathering = true;
  }

  /** Writes what was held back; what comes is written at once again. */
  void push() throws IOException {
    gathering = false;
    writeHeld();
    out.flush();
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (gathering && length < held.length) {
      if (length > held.length - count) {
        writeHeld();
      }
      System.arraycopy(bytes, offset, held, count, length);
      count += length;
    } else {
      writeHeld();
      out.write(bytes, offset, length);
    }
  }

  @Override
  public void flush() throws IOException {
    if (!gathering) {
      out.flush();
    }
  }

  private void writeHeld() throws IOException {
    int length = count;
    count = 0;
    if (length > 0) {
      out.write(held, 0, length);
    }
  }
}
