package io.kinesisagent.backends.local;

import io.kinesisagent.spi.Batch;
import io.kinesisagent.spi.RecordCursor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/**
 * Writes the records of a batch to a channel, byte for byte, with few calls: records that lie side
 * by side in one array go out together. Used by one thread at a time.
 */
final class RecordWriter {
  /** The JDK copies what it writes through native memory of this size, kept for each thread. */
  private static final int SLICE_BYTES = 64 * 1024;

  private final RecordCursor cursor = new RecordCursor();

  /**
   * Writes every record in order.
   *
   * @throws IOException where the channel fails; some of the bytes may have been written
   */
  @SuppressWarnings("ReferenceEquality") // Records lie side by side only in the very same array.
  void write(Batch batch, WritableByteChannel to) throws IOException {
    byte[] array = null;
    int start = 0;
    int end = 0;
    for (int i = 0; i < batch.size(); i++) {
      batch.read(i, cursor);
      if (cursor.array() != array || cursor.offset() != end) {
        write(array, start, end, to);
        array = cursor.array();
        start = cursor.offset();
      }
      end = cursor.offset() + cursor.length();
    }
    write(array, start, end, to);
  }

  private static void write(byte[] array, int start, int end, WritableByteChannel to)
      throws IOException {
    if (start == end) {
      return;
    }
    ByteBuffer bytes = ByteBuffer.wrap(array);
    for (int from = start; from < end; from += SLICE_BYTES) {
      bytes.limit(Math.min(end, from + SLICE_BYTES)).position(from);
      while (bytes.hasRemaining()) {
        to.write(bytes);
      }
    }
  }
}
