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
 * Wire records, each of some records of a batch, put together when they are read: a request's body
 * is the only copy of them all. Used by one thread at a time.
 */
final class JoinedRecords implements Packed, WireBatch {
  /** What most wire records have room in. */
  private static final int USUAL_BYTES = 64 * 1024;

  private final Batch batch;
  private final int[] order;
  private final Joining joining;
  private final Compression compression;
  private final Compression.Compressor compressor;
  private final RecordCursor source = new RecordCursor();
  private final MutableBytes plain;
  private final MutableBytes compressed = new MutableBytes(256);
  private final MutableBytes keys = new MutableBytes(256);
  private int[] keyEnds = new int[16];
  private int[] sourceEnds = new int[16];
  private int size;
  private int mostBytes;
  private int mostKeyBytes;

  /**
   * No wire records.
   *
   * @param order the records of the batch in the order in which they are joined
   */
  JoinedRecords(Batch batch, int[] order, Joining joining, Compression compression) {
    this.batch = batch;
    this.order = order;
    this.joining = joining;
    this.compression = compression;
    compressor = compression.open();
    plain = new MutableBytes(Math.min(batch.bytes(), USUAL_BYTES));
  }

  /**
   * Takes the records behind the last wire record as the next.
   *
   * @param sourceEnd the end of its records in the order of joining, exclusive
   * @param bytes of the wire record before it is compressed
   */
  void seal(int sourceEnd, byte[] key, int keyBytes, int bytes) {
    if (size == keyEnds.length) {
      keyEnds = Arrays.copyOf(keyEnds, 2 * size);
      sourceEnds = Arrays.copyOf(sourceEnds, 2 * size);
    }
    keys.append(key, 0, keyBytes);
    keyEnds[size] = keys.length();
    sourceEnds[size] = sourceEnd;
    mostBytes = Math.addExact(mostBytes, bytes + compression.mostAdded(bytes));
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
  public int mostBytes() {
    return mostBytes;
  }

  @Override
  public int mostKeyBytes() {
    return mostKeyBytes;
  }

  @Override
  public void read(int index, RecordCursor into) {
    int from = start(sourceEnds, index);
    int keyStart = start(keyEnds, index);
    plain.clear();
    joining.begin(keys.array(), keyStart, keyEnds[index] - keyStart, plain);
    for (int i = from; i < sourceEnds[index]; i++) {
      batch.read(order[i], source);
      joining.add(source, plain);
    }
    joining.end(plain);
    MutableBytes data = compressor.compress(plain, compressed);
    into.set(data.array(), 0, data.length(), batch, order[from]);
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

  @Override
  public void close() {
    compressor.close();
  }
}
