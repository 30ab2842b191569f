package io.kinesisagent.backends.stream;

import io.kinesisagent.backends.wire.WireBatch;
import io.kinesisagent.spi.Batch;
import io.kinesisagent.spi.Failure;
import io.kinesisagent.spi.MutableBytes;
import io.kinesisagent.spi.RecordCursor;
import io.kinesisagent.spi.SendResult;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Wire records in an array of their own, each with the records of the batch that it stands for.
 * Filled and then read by one thread.
 */
final class JoinedRecords implements Packed, WireBatch {
  private final Batch batch;
  private final int[] order;
  private final RecordCursor first = new RecordCursor();
  private final MutableBytes data;
  private final MutableBytes keys = new MutableBytes(256);
  private int[] dataEnds = new int[16];
  private int[] keyEnds = new int[16];
  private int[] sourceEnds = new int[16];
  private int size;
  private int mostKeyBytes;

  /**
   * Empty wire records.
   *
   * @param order the records of the batch in the order in which they are joined
   */
  JoinedRecords(Batch batch, int[] order) {
    this.batch = batch;
    this.order = order;
    data = new MutableBytes(batch.bytes() + 64);
  }

  /** Where the bytes of the next wire record are appended. */
  MutableBytes data() {
    return data;
  }

  /**
   * Takes what was appended since the last call as a wire record.
   *
   * @param sourceEnd the end of its records in the order of joining, exclusive
   */
  void seal(int sourceEnd, byte[] key, int keyBytes) {
    if (size == dataEnds.length) {
      dataEnds = Arrays.copyOf(dataEnds, 2 * size);
      keyEnds = Arrays.copyOf(keyEnds, 2 * size);
      sourceEnds = Arrays.copyOf(sourceEnds, 2 * size);
    }
    keys.append(key, 0, keyBytes);
    dataEnds[size] = data.length();
    keyEnds[size] = keys.length();
    sourceEnds[size] = sourceEnd;
    mostKeyBytes = Math.max(mostKeyBytes, keyBytes);
    size++;
  }

  @Override
  public WireBatch records() {
    return this;
  }

  @Override
  public SendResult unpack(SendResult ofWireRecords) {
    if (!(ofWireRecords instanceof SendResult.Partial partial)) {
      return ofWireRecords;
    }
    Map<Integer, Failure> failed = new HashMap<>();
    partial
        .failed()
        .forEach(
            (index, failure) -> {
              for (int i = start(sourceEnds, index); i < sourceEnds[index]; i++) {
                failed.put(order[i], failure);
              }
            });
    return new SendResult.Partial(failed);
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public int bytes() {
    return data.length();
  }

  @Override
  public int mostKeyBytes() {
    return mostKeyBytes;
  }

  @Override
  public void read(int index, RecordCursor into) {
    batch.read(order[start(sourceEnds, index)], first);
    int start = start(dataEnds, index);
    into.set(data.array(), start, dataEnds[index] - start, first.context());
  }

  @Override
  public int key(int index, byte[] into, int at) {
    int start = start(keyEnds, index);
    System.arraycopy(keys.array(), start, into, at, keyEnds[index] - start);
    return keyEnds[index] - start;
  }

  private static int start(int[] ends, int index) {
    return index == 0 ? 0 : ends[index - 1];
  }
}
