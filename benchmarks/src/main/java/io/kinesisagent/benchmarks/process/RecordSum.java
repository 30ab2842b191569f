package io.kinesisagent.benchmarks.process;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The sum of a multiset of records, in any order: equal sums mean, but for a chance in 2^64, the
 * same records as often. A record's last newline does not count, so that a destination's records
 * can be held against a file's lines.
 *
 * @param bytes without the newlines
 * @param hash the sum of the records' 64-bit hashes
 */
record RecordSum(long records, long bytes, long hash) {
  static final RecordSum NONE = new RecordSum(0, 0, 0);

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long FACTOR = 0x9E3779B97F4A7C15L;

  RecordSum plus(RecordSum other) {
    return new RecordSum(records + other.records, bytes + other.bytes, hash + other.hash);
  }

  /** The end of the record {@code data[from, to)} without its newline. */
  static int trimmed(byte[] data, int from, int to) {
    return to > from && data[to - 1] == '\n' ? to - 1 : to;
  }

  /** The hash of {@code data[from, to)}; eight bytes at a time. */
  static long hash(byte[] data, int from, int to) {
    long hash = (to - from) * FACTOR;
    int at = from;
    for (; at + Long.BYTES <= to; at += Long.BYTES) {
      hash = mix(hash ^ (long) LONGS.get(data, at));
    }
    long rest = 0;
    for (; at < to; at++) {
      rest = rest << Byte.SIZE | (data[at] & 0xFF);
    }
    hash = mix(hash ^ rest);
    return mix(hash);
  }

  private static long mix(long value) {
    long mixed = value * FACTOR;
    return mixed ^ (mixed >>> 32);
  }
}
