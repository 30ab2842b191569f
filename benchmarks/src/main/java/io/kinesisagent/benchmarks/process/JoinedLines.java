package io.kinesisagent.benchmarks.process;

import java.nio.ByteBuffer;

/**
 * Shows the lines of wire records that were joined: by the aggregated format of the Kinesis
 * Producer Library, or line behind line. Nothing is copied; an aggregated record that is cut is
 * refused.
 */
final class JoinedLines implements RecordVisitor {
  private static final int MAGIC = 0xF3899AC2;
  private static final int MD5_BYTES = 16;
  private static final int LENGTH_DELIMITED = 2;
  private static final int RECORDS_FIELD = 3;
  private static final int DATA_FIELD = 3;

  private final RecordVisitor visitor;
  private byte[] data;
  private int at;

  JoinedLines(RecordVisitor visitor) {
    this.visitor = visitor;
  }

  @Override
  public void record(byte[] bytes, int from, int to) {
    data = bytes;
    if (to - from > Integer.BYTES + MD5_BYTES && ByteBuffer.wrap(bytes).getInt(from) == MAGIC) {
      message(from + Integer.BYTES, to - MD5_BYTES);
    } else {
      lines(from, to);
    }
  }

  private void lines(int from, int to) {
    int start = from;
    for (int i = from; i < to; i++) {
      if (data[i] == '\n') {
        visitor.record(data, start, i + 1);
        start = i + 1;
      }
    }
    if (start < to || from == to) {
      visitor.record(data, start, to);
    }
  }

  /** Walks the protobuf message for the field that holds the records. */
  private void message(int from, int to) {
    at = from;
    while (at < to) {
      long tag = varint(to);
      long value = varint(to);
      if ((tag & 7) != LENGTH_DELIMITED) {
        continue;
      }
      int end = behind(value, to);
      if (tag >>> 3 == RECORDS_FIELD) {
        aggregated(at, end);
      }
      at = end;
    }
  }

  private void aggregated(int from, int to) {
    at = from;
    while (at < to) {
      long tag = varint(to);
      long value = varint(to);
      if ((tag & 7) == LENGTH_DELIMITED) {
        int end = behind(value, to);
        if (tag >>> 3 == DATA_FIELD) {
          visitor.record(data, at, end);
        }
        at = end;
      }
    }
  }

  /** The end of a field of some length. */
  private int behind(long length, int limit) {
    if (length < 0 || length > limit - at) {
      throw new IllegalArgumentException("an aggregated record is cut");
    }
    return at + (int) length;
  }

  private long varint(int limit) {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      if (at >= limit) {
        throw new IllegalArgumentException("an aggregated record is cut");
      }
      byte next = data[at++];
      value |= (long) (next & 0x7F) << shift;
      if (next >= 0) {
        return value;
      }
    }
  }
}
