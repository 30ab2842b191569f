package io.kinesisagent.benchmarks.process;

/**
 * Takes records apart that a sender has joined: in the aggregated record format of the Kinesis
 * Producer Library, or line by line. Shows each to a visitor. Nothing is copied. For one thread.
 */
final class JoinedLines implements RecordVisitor {
  private static final int MAGIC = 0xF3899AC2;
  private static final int MAGIC_BYTES = 4;
  private static final int DIGEST_BYTES = 16;
  private static final int RECORDS_FIELD = 3;
  private static final int DATA_FIELD = 3;
  private static final int LENGTH_DELIMITED = 2;

  private final RecordVisitor visitor;
  private int at;

  JoinedLines(RecordVisitor visitor) {
    this.visitor = visitor;
  }

  @Override
  public void record(byte[] data, int from, int to) {
    if (to - from > MAGIC_BYTES + DIGEST_BYTES && magic(data, from) == MAGIC) {
      message(data, from + MAGIC_BYTES, to - DIGEST_BYTES, RECORDS_FIELD, this::aggregated);
    } else {
      lines(data, from, to);
    }
  }

  private static int magic(byte[] data, int from) {
    int value = 0;
    for (int i = 0; i < MAGIC_BYTES; i++) {
      value = value << Byte.SIZE | (data[from + i] & 0xFF);
    }
    return value;
  }

  private void aggregated(byte[] data, int from, int to) {
    message(data, from, to, DATA_FIELD, visitor);
  }

  /** Shows every value of a field of a message, whose other fields are numbers and strings. */
  private void message(byte[] data, int from, int to, int field, RecordVisitor values) {
    at = from;
    while (at < to) {
      int key = number(data);
      int value = number(data);
      if ((key & 7) == LENGTH_DELIMITED) {
        int start = at;
        if (value < 0 || value > to - start) {
          throw new IllegalArgumentException("an aggregated record that ends early");
        }
        if (key >> 3 == field) {
          values.record(data, start, start + value);
        }
        at = start + value;
      }
    }
  }

  private int number(byte[] data) {
    int value = 0;
    for (int shift = 0; ; shift += 7) {
      int next = data[at++];
      value |= (next & 0x7F) << shift;
      if (next >= 0) {
        return value;
      }
    }
  }

  private void lines(byte[] data, int from, int to) {
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
}
