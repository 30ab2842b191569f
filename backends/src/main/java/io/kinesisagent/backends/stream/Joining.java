package io.kinesisagent.backends.stream;

import io.kinesisagent.spi.Batch;
import io.kinesisagent.spi.MutableBytes;
import io.kinesisagent.spi.RecordView;

/** A format in which several records make one wire record. Stateless. */
enum Joining {
  /** Every record by itself. */
  NONE,

  /** One record behind the other, each of which ends with a newline. */
  WHOLE_LINES,

  /** One line behind the other; a record without a newline at its end gets one. */
  NEWLINE {
    @Override
    Joining of(Batch batch) {
      return batch.wholeLines() ? WHOLE_LINES : this;
    }

    @Override
    int perRecordBytes() {
      return 1;
    }

    @Override
    int bytesOf(RecordView record) {
      return record.length() + (endsLine(record) ? 0 : 1);
    }

    @Override
    void add(RecordView record, MutableBytes into) {
      super.add(record, into);
      if (!endsLine(record)) {
        into.append('\n');
      }
    }
  },

  /**
   * The aggregated record format of the Kinesis Producer Library: a magic number, a protobuf
   * message with one partition key and the records, and the message's MD5. All records have the key
   * of the whole, so that a consumer of its shard takes them for its own.
   */
  KPL {
    @Override
    int perRecordBytes() {
      return 2 * (1 + MAX_VARINT_BYTES) + KEY_INDEX.length;
    }

    @Override
    int fixedBytes(int keyBytes) {
      return MAGIC.length + 1 + MAX_VARINT_BYTES + keyBytes + Md5Lanes.DIGEST_BYTES;
    }

    @Override
    void begin(byte[] keys, int keyStart, int keyBytes, MutableBytes into) {
      into.append(MAGIC);
      into.append(0x0a); // field 1, partition_key_table
      into.reserve(MAX_VARINT_BYTES);
      into.advance(varint(keyBytes, into.array(), into.length()) - into.length());
      into.append(keys, keyStart, keyBytes);
    }

    @Override
    int beginBytes(int keyBytes) {
      return MAGIC.length + 1 + varintBytes(keyBytes) + keyBytes;
    }

    @Override
    int endBytes() {
      return Md5Lanes.DIGEST_BYTES;
    }

    @Override
    int bytesOf(RecordView record) {
      int inner = innerBytes(record.length());
      return 1 + varintBytes(inner) + inner;
    }

    @Override
    void add(RecordView record, MutableBytes into) {
      int length = record.length();
      int inner = innerBytes(length);
      byte[] array = into.reserve(1 + MAX_VARINT_BYTES + inner);
      int at = into.length();
      array[at++] = 0x1a; // field 3, records
      at = varint(inner, array, at);
      System.arraycopy(KEY_INDEX, 0, array, at, KEY_INDEX.length);
      at += KEY_INDEX.length;
      array[at++] = 0x1a; // field 3 of a record, data
      at = varint(length, array, at);
      System.arraycopy(record.array(), record.offset(), array, at, length);
      into.advance(at + length - into.length());
    }

    @Override
    void end(MutableBytes into) {
      into.reserve(Md5Lanes.DIGEST_BYTES);
      into.advance(Md5Lanes.DIGEST_BYTES);
    }

    @Override
    void complete(byte[] bytes, int[] starts, int[] ends, int count) {
      for (int i = 0; i < count; i++) {
        starts[i] += MAGIC.length;
        ends[i] -= Md5Lanes.DIGEST_BYTES;
      }
      Md5Lanes.digest(bytes, starts, ends, count);
    }
  };

  private static final byte[] MAGIC = {(byte) 0xf3, (byte) 0x89, (byte) 0x9a, (byte) 0xc2};

  /** Field 1 of a record, partition_key_index: the first and only key. */
  private static final byte[] KEY_INDEX = {0x08, 0x00};

  /** Bytes of a length of up to 2^28. */
  private static final int MAX_VARINT_BYTES = 4;

  /** What does the same for the records of a batch, with less work where they are alike. */
  Joining of(Batch batch) {
    return this;
  }

  /** Most bytes that a record takes besides its own. */
  int perRecordBytes() {
    return 0;
  }

  /** Most bytes that a wire record takes besides its records. */
  int fixedBytes(int keyBytes) {
    return 0;
  }

  /** Bytes that {@link #begin} appends. */
  int beginBytes(int keyBytes) {
    return 0;
  }

  /** Bytes that {@link #end} appends. */
  int endBytes() {
    return 0;
  }

  /** Appends the beginning of a wire record. */
  void begin(byte[] keys, int keyStart, int keyBytes, MutableBytes into) {}

  /** The bytes that a record takes, its own included. */
  int bytesOf(RecordView record) {
    return record.length();
  }

  /** Adds a record to the wire record. */
  void add(RecordView record, MutableBytes into) {
    into.append(record.array(), record.offset(), record.length());
  }

  /** Appends the end of the wire record, or room for what {@link #complete} writes there. */
  void end(MutableBytes into) {}

  /**
   * Writes what depends on the whole of wire records.
   *
   * @param starts where they start; changed here
   * @param ends where they end, exclusive; changed here
   * @param count of the wire records
   */
  void complete(byte[] bytes, int[] starts, int[] ends, int count) {}

  private static boolean endsLine(RecordView record) {
    return record.length() > 0 && record.array()[record.offset() + record.length() - 1] == '\n';
  }

  /** The bytes of a record's own message. */
  private static int innerBytes(int length) {
    return KEY_INDEX.length + 1 + varintBytes(length) + length;
  }

  private static int varint(int value, byte[] into, int at) {
    int next = at;
    int rest = value;
    while (rest > 0x7f) {
      into[next++] = (byte) ((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    into[next++] = (byte) rest;
    return next;
  }

  private static int varintBytes(int value) {
    int bytes = 1;
    for (int rest = value >>> 7; rest > 0; rest >>>= 7) {
      bytes++;
    }
    return bytes;
  }
}
