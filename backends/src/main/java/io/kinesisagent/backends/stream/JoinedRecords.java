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
 * Wire records, each of some records of a batch, put together in the request's body, which is the
 * only copy of them all. Used by one thread at a time.
 */
final class JoinedRecords implements Packed, WireBatch {
  private final Batch batch;
  private final int[] order;
  private final Joining joining;
  private final Compression compression;
  private final Compression.Compressor compressor;
  private final RecordCursor source = new RecordCursor();
  private final MutableBytes plain = new MutableBytes(256);
  private final MutableBytes compressed = new MutableBytes(256);
  private final MutableBytes keys = new MutableBytes(256);
  private int[] keyEnds = new int[16];
  private int[] sourceEnds = new int[16];
  private int[] plainBytes = new int[16];
  private int size;
  private int mostBytes;
  private int mostKeyBytes;

  /** The wire record that was compressed last; the compressor keeps it. */
  private int compressedIndex = -1;

  private MutableBytes compressedData;

  /** Where the wire records are that were appended and not completed. */
  private int[] starts = new int[16];

  private int[] ends = new int[16];
  private int appended;

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
      plainBytes = Arrays.copyOf(plainBytes, 2 * size);
    }
    keys.append(key, 0, keyBytes);
    keyEnds[size] = keys.length();
    sourceEnds[size] = sourceEnd;
    plainBytes[size] = bytes;
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
  public int bytes(int index) {
    return compression == Compression.NONE ? plainBytes[index] : compressed(index).length();
  }

  @Override
  public void append(int index, MutableBytes into) {
    if (compression != Compression.NONE) {
      MutableBytes data = compressed(index);
      into.append(data.array(), 0, data.length());
      return;
    }
    if (appended == starts.length) {
      starts = Arrays.copyOf(starts, 2 * appended);
      ends = Arrays.copyOf(ends, 2 * appended);
    }
    starts[appended] = into.length();
    join(index, into);
    ends[appended++] = into.length();
  }

  @Override
  public void complete(MutableBytes into) {
    joining.complete(into.array(), starts, ends, appended);
    appended = 0;
  }

  private void join(int index, MutableBytes into) {
    joining.begin(keys.array(), start(keyEnds, index), keyBytes(index), into);
    for (int i = start(sourceEnds, index); i < sourceEnds[index]; i++) {
      batch.read(order[i], source);
      joining.add(source, into);
    }
    joining.end(into);
  }

  private MutableBytes compressed(int index) {
    if (index != compressedIndex) {
      plain.clear();
      plain.reserve(plainBytes[index]);
      join(index, plain);
      joining.complete(plain.array(), new int[] {0}, new int[] {plain.length()}, 1);
      compressedData = compressor.compress(plain, compressed);
      compressedIndex = index;
    }
    return compressedData;
  }

  private int keyBytes(int index) {
    return keyEnds[index] - start(keyEnds, index);
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
