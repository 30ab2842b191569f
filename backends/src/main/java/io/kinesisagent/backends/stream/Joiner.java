package io.kinesisagent.backends.stream;

import io.kinesisagent.backends.wire.WireBatch;
import io.kinesisagent.spi.MutableBytes;
import io.kinesisagent.spi.RecordView;
import java.util.Arrays;

/** Builds wire records, one at a time, from the records of one batch. Used by one thread. */
final class Joiner implements AutoCloseable {
  private final Joining joining;
  private final Compression.Compressor compressor;
  private final boolean keyPerRecord;
  private final PartitionKeys keys;
  private final int targetBytes;
  private final JoinedRecords joined;
  private final MutableBytes open;
  private byte[] key = new byte[WireBatch.MAX_KEY_BYTES];
  private byte[] nextKey = new byte[WireBatch.MAX_KEY_BYTES];
  private int keyBytes;
  private int nextKeyBytes;
  private boolean isOpen;
  private boolean nextKeyKnown;

  /**
   * A joiner for one batch.
   *
   * @param joined takes the wire records
   */
  Joiner(
      Joining joining,
      Compression compression,
      PartitionKeyOption option,
      int targetBytes,
      JoinedRecords joined) {
    this.joining = joining;
    this.targetBytes = targetBytes;
    this.joined = joined;
    compressor = compression.open();
    keyPerRecord = option.perRecord();
    keys = option.keys();
    open = new MutableBytes(Math.max(targetBytes, 256));
  }

  /** Whether the record belongs into the wire record that is open. */
  boolean takes(RecordView record) {
    if (keyPerRecord) {
      nextKeyBytes = keys.write(record, nextKey, 0);
      nextKeyKnown = true;
      if (!Arrays.equals(key, 0, keyBytes, nextKey, 0, nextKeyBytes)) {
        return false;
      }
    }
    return joining != Joining.NONE && open.length() + joining.bytesOf(record) <= targetBytes;
  }

  /** Adds a record to the open wire record, or opens one with it. */
  void add(RecordView record) {
    if (!isOpen) {
      begin(record);
    }
    joining.add(record, open);
    nextKeyKnown = false;
  }

  /**
   * Ends the open wire record.
   *
   * @param sourceEnd the end of its records in the order of joining, exclusive
   */
  void seal(int sourceEnd) {
    joining.end(0, open);
    compressor.compress(open.array(), 0, open.length(), joined.data());
    joined.seal(sourceEnd, key, keyBytes);
    open.clear();
    isOpen = false;
  }

  private void begin(RecordView record) {
    if (!nextKeyKnown) {
      nextKeyBytes = keys.write(record, nextKey, 0);
    }
    byte[] last = key;
    key = nextKey;
    keyBytes = nextKeyBytes;
    nextKey = last;
    joining.begin(key, keyBytes, open);
    isOpen = true;
  }

  @Override
  public void close() {
    compressor.close();
  }
}
