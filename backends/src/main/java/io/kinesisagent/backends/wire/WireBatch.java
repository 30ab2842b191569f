package io.kinesisagent.backends.wire;

import io.kinesisagent.spi.MutableBytes;

/**
 * The records of one request as the service sees them. Each stands for one record of the agent's
 * batch, or for several that were joined. Read by one thread at a time, any number of times: what
 * it says does not change.
 */
public interface WireBatch {
  /** Most bytes of a partition key: 256 characters of UTF-8. */
  int MAX_KEY_BYTES = 1024;

  /** The number of wire records, at least 1. */
  int size();

  /** A bound of the bytes of all wire records' data: what they take, or somewhat more. */
  int mostBytes();

  /** Most bytes of a partition key in this batch. */
  int mostKeyBytes();

  /** The bytes of a wire record's data. */
  int bytes(int index);

  /** Appends a wire record's data. It is not whole before {@link #complete}. */
  void append(int index, MutableBytes into);

  /**
   * Writes what of the records' data depends on all of a record, such as checksums, into the buffer
   * to which they were appended since the last call.
   */
  void complete(MutableBytes into);

  /**
   * Writes a wire record's partition key, in UTF-8.
   *
   * @param into has room for {@link #mostKeyBytes} from {@code at} on
   * @return the key's length in bytes; 0 where the service has no keys
   */
  int key(int index, byte[] into, int at);
}
