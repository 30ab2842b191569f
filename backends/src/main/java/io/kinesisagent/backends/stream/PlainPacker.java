package io.kinesisagent.backends.stream;

import io.kinesisagent.backends.wire.WireBatch;
import io.kinesisagent.spi.Batch;
import io.kinesisagent.spi.BatchLimits;
import io.kinesisagent.spi.MutableBytes;
import io.kinesisagent.spi.RecordCursor;
import io.kinesisagent.spi.RecordView;
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
    private int cursorIndex = -1;

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
    public int bytes(int index) {
      return at(index).length();
    }

    @Override
    public void append(int index, MutableBytes into) {
      RecordView record = at(index);
      into.append(record.array(), record.offset(), record.length());
    }

    @Override
    public void complete(MutableBytes into) {}

    @Override
    public int key(int index, byte[] into, int at) {
      return keys.write(keys.readsRecord() ? at(index) : cursor, into, at);
    }

    private RecordView at(int index) {
      if (index != cursorIndex) {
        batch.read(index, cursor);
        cursorIndex = index;
      }
      return cursor;
    }
  }
}
