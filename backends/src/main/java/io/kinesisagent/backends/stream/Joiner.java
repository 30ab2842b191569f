package io.kinesisagent.backends.stream;

import io.kinesisagent.backends.wire.WireBatch;
import io.kinesisagent.spi.RecordView;
import java.util.Arrays;

/** Decides which records of a batch make one wire record. Used by one thread. */
final class Joiner {
  private final Joining joining;
  private final boolean keyPerRecord;
  private final PartitionKeys keys;
  private final int targetBytes;
  private final JoinedRecords joined;
  private byte[] key = new byte[WireBatch.MAX_KEY_BYTES];
  private byte[] nextKey = new byte[WireBatch.MAX_KEY_BYTES];
  private int keyBytes;
  private int nextKeyBytes;
  private int openBytes;
  private boolean isOpen;
  private int nextBytes;

  /**
   * A joiner for one batch.
   *
   * @param joined takes the wire records
   */
  Joiner(Joining joining, PartitionKeyOption option, int targetBytes, JoinedRecords joined) {
    this.joining = joining;
    this.targetBytes = targetBytes;
    this.joined = joined;
    keyPerRecord = option.perRecord();
    keys = option.keys();
  }

  /** Whether the record, which is to be added next, has a place in the open wire record. */
  boolean takes(RecordView record) {
    nextBytes = joining.bytesOf(record);
    if (keyPerRecord) {
      nextKeyBytes = keys.write(record, nextKey, 0);
    }
    if (!isOpen) {
      return true;
    }
    if (keyPerRecord && !Arrays.equals(key, 0, keyBytes, nextKey, 0, nextKeyBytes)) {
      return false;
    }
    return joining != Joining.NONE && openBytes + nextBytes <= targetBytes;
  }

  /** Adds the record that {@link #takes} was asked for to the open wire record, or opens one. */
  void add(RecordView record) {
    if (!isOpen) {
      begin(record);
    }
    openBytes += nextBytes;
  }

  /**
   * Ends the open wire record.
   *
   * @param sourceEnd the end of its records in the order of joining, exclusive
   */
  void seal(int sourceEnd) {
    joined.seal(sourceEnd, key, keyBytes, openBytes + joining.endBytes());
    isOpen = false;
  }

  private void begin(RecordView record) {
    if (!keyPerRecord) {
      nextKeyBytes = keys.write(record, nextKey, 0);
    }
    byte[] last = key;
    key = nextKey;
    keyBytes = nextKeyBytes;
    nextKey = last;
    openBytes = joining.beginBytes(keyBytes);
    isOpen = true;
  }
}
