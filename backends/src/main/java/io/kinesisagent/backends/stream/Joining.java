package io.kinesisagent.backends.stream;

import io.kinesisagent.spi.MutableBytes;
import io.kinesisagent.spi.RecordView;

/** A format in which several records make one wire record. Stateless. */
enum Joining {
  /** Every record by itself. */
  NONE {
    @Override
    int perRecordBytes() {
      return 0;
    }

    @Override
    int fixedBytes(int keyBytes) {
      return 0;
    }

    @Override
    void begin(byte[] keys, int keyStart, int keyBytes, MutableBytes into) {}

    @Override
    int bytesOf(RecordView record) {
      return record.length();
    }

    @Override
    void add(RecordView record, MutableBytes into) {
      into.append(record.array(), record.offset(), record.length());
    }

    @Override
    void end(MutableBytes into) {}
  },

  /** One whole line behind the other; a record without a newline at its end gets one. */
  NEWLINE {
    @Override
    int perRecordBytes() {
      return 1;
    }

    @Override
    int fixedBytes(int keyBytes) {
      return 0;
    }

    @Override
    void begin(byte[] keys, int keyStart, int keyBytes, MutableBytes into) {}

    @Override
    int bytesOf(RecordView record) {
      return record.length() + (endsLine(record) ? 0 : 1);
    }

    @Override
    void add(RecordView record, MutableBytes into) {
      into.append(record.array(), record.offset(), record.length());
      if (!endsLine(record)) {
        into.append('\n');
      }
    }

    @Override
    void end(MutableBytes into) {}
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
      varint(keyBytes, into);
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
      into.append(0x1a); // field 3, records
      varint(innerBytes(length), into);
      into.append(KEY_INDEX);
      into.append(0x1a); // field 3 of a record, data
      varint(length, into);
      into.append(record.array(), record.offset(), length);
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

  /** Most bytes that a record takes besides its own. */
  abstract int perRecordBytes();

  /** Most bytes that a wire record takes besides its records. */
  abstract int fixedBytes(int keyBytes);

  /** Bytes that {@link #begin} appends. */
  int beginBytes(int keyBytes) {
    return 0;
  }

  /** Bytes that {@link #end} appends. */
  int endBytes() {
    return 0;
  }

  /** Appends the beginning of a wire record. */
  abstract void begin(byte[] keys, int keyStart, int keyBytes, MutableBytes into);

  /** The bytes that a record takes, its own included. */
  abstract int bytesOf(RecordView record);

  /** Adds a record to the wire record. */
  abstract void add(RecordView record, MutableBytes into);

  /** Appends the end of the wire record, or room for what {@link #complete} writes there. */
  abstract void end(MutableBytes into);

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

  private static void varint(int value, MutableBytes into) {
    int rest = value;
    while (rest > 0x7f) {
      into.append((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    into.append(rest);
  }

  private static int varintBytes(int value) {
    return Math.max(1, (38 - Integer.numberOfLeadingZeros(value)) / 7);
  }
}
