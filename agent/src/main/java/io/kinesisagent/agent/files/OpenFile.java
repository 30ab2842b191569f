package io.kinesisagent.agent.files;

import java.io.Closeable;
import java.io.IOException;

/**
 * A file held open for reading. It stays readable when its path is renamed or deleted. Used by one
 * thread at a time.
 */
public interface OpenFile extends Closeable {
  /** The identity of the file that is held, whatever its path holds by now. */
  FileKey key();

  /** The size of the file at this moment, in bytes. */
  long size() throws IOException;

  /**
   * Reads at a position, without moving anything.
   *
   * @param position where in the file to start, in bytes from its beginning
   * @return the number of bytes read, fewer than {@code length} only at the end of the file; 0 at
   *     or beyond the end
   * @throws IOException where it cannot be read, also where that ends before the file does
   */
  int read(long position, byte[] into, int offset, int length) throws IOException;
}
