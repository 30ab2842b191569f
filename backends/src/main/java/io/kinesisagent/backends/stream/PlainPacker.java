package io.kinesisagent.backends.stream;

import io.kinesisagent.backends.wire.WireBatch;
import io.kinesisagent.spi.Batch;
import io.kinesisagent.spi.BatchLimits;
import io.kinesisagent.spi.RecordCursor;
import io.kinesisagent.spi.SendResult;

/** Sends each record as a wire record of its own, byte for byte. */
record PlainPacker(BatchLimits limits, PartitionKeyOption keys) implements Packer {
  @Override
  public Packed pack(Batch batch) {
    return new Single(batch, keys);
  }

  /** A batch whose wire records are its records. */
  private static final class Single implements Packed, WireBatch {
    private final Batch batch;
    private final PartitionKeys keys;
    private final int mostKeyBytes;
    private final RecordCursor cursor = new RecordCursor();

    Single(Batch batch, PartitionKeyOption option) {
      this.batch = batch;
      keys = option.keys();
      mostKeyBytes = option.maxKeyBytes();
    }

    @Override
    public WireBatch records() {
      return this;
    }

    @Override
    public SendResult unpack(SendResult ofWireRecords) {
      return ofWireRecords;
    }

    @Override
    public int size() {
      return batch.size();
    }

    @Override
    public int mostBytes() {
      return batch.bytes();
    }

    @Override
    public int mostKeyBytes() {
      return mostKeyBytes;
    }

    @Override
    public void read(int index, RecordCursor into) {
      batch.read(index, into);
    }

    @Override
    public int key(int index, byte[] into, int at) {
      if (keys.readsRecord()) {
        batch.read(index, cursor);
      }
      return keys.write(cursor, into, at);
    }
  }
}
