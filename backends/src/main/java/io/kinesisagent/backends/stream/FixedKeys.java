package io.kinesisagent.backends.stream;

import io.kinesisagent.spi.RecordView;

/** The same key for every record. */
final class FixedKeys implements PartitionKeys {
  private final byte[] key;

  FixedKeys(byte[] key) {
    this.key = key;
  }

  @Override
  public boolean readsRecord() {
    return false;
  }

  @Override
  public int write(RecordView record, byte[] into, int at) {
    System.arraycopy(key, 0, into, at, key.length);
    return key.length;
  }
}
