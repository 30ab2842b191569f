package io.kinesisagent.backends.stream;

import io.kinesisagent.backends.wire.WireBatch;
import io.kinesisagent.spi.Batch;
import io.kinesisagent.spi.BatchLimits;
import io.kinesisagent.spi.RecordCursor;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Joins records into wire records of about a size, and compresses those. Records are joined only
 * with their like in partition key, and keep their order among these. Immutable.
 */
final class JoiningPacker implements Packer {
  /** Below this size of a wire record a request may hold more of them than the service takes. */
  private static final int SMALL_TARGET_BYTES = 24 * 1024;

  private static final int MANY_RECORDS = 100_000;

  private final Joining joining;
  private final Compression compression;
  private final PartitionKeyOption keys;
  private final int targetBytes;
  private final BatchLimits limits;

  /**
   * A packer for a service.
   *
   * @param targetBytes the size of wire records to aim at, before compression; a record that is
   *     larger by itself stays by itself
   */
  JoiningPacker(
      Joining joining,
      Compression compression,
      PartitionKeyOption keys,
      int targetBytes,
      RequestLimits request) {
    this.joining = joining;
    this.compression = compression;
    this.keys = keys;
    int key = keys.maxKeyBytes();
    int fixed = key + joining.fixedBytes(key) + compression.mostAdded(request.maxRecordBytes());
    int maxRecordBytes = request.maxRecordBytes() - fixed;
    this.targetBytes = joining == Joining.NONE ? 0 : Math.min(targetBytes, maxRecordBytes);
    boolean oneEach =
        joining == Joining.NONE || keys.perRecord() || this.targetBytes < SMALL_TARGET_BYTES;
    // Of two wire records in a row the sum is above the target, or they were one.
    int wireRecords =
        oneEach
            ? request.maxRecords()
            : Math.min(request.maxRecords(), 2 * (request.maxBytes() / this.targetBytes) + 2);
    int most =
        request.maxBytes()
            - wireRecords * (key + joining.fixedBytes(key))
            - compression.mostAdded(request.maxBytes());
    // Where each record has a key of its own they are not joined in the order of the batch.
    int joinedBytes =
        keys.perRecord() ? 0 : Math.max(0, this.targetBytes - joining.beginBytes(key));
    limits =
        new BatchLimits(
            oneEach ? request.maxRecords() : MANY_RECORDS,
            Math.max(most - wireRecords * (compression.mostAdded(0) + 4), maxRecordBytes),
            maxRecordBytes,
            joining.perRecordBytes(),
            joinedBytes,
            Integer.MAX_VALUE);
  }

  @Override
  public BatchLimits limits() {
    return limits;
  }

  @Override
  public String words() {
    String compressed = compression == Compression.NONE ? "" : "compressed (" + compression + ")";
    if (joining == Joining.NONE) {
      return compressed;
    }
    return "joined ("
        + joining
        + ") into records of "
        + targetBytes
        + " bytes at most, where each is not longer by itself"
        + (compressed.isEmpty() ? "" : ", and " + compressed);
  }

  @Override
  public Packed pack(Batch batch) {
    int[] order = order(batch);
    Joining format = joining.of(batch);
    JoinedRecords joined = new JoinedRecords(batch, order, format, compression);
    Joiner joiner = new Joiner(format, keys, targetBytes, joined);
    RecordCursor cursor = new RecordCursor();
    for (int i = 0; i < order.length; i++) {
      batch.read(order[i], cursor);
      if (!joiner.takes(cursor)) {
        joiner.seal(i);
      }
      joiner.add(cursor);
    }
    joiner.seal(order.length);
    return joined;
  }

  /** The order in which records are joined: as they come, or those of one key after another. */
  private int[] order(Batch batch) {
    int[] order = new int[batch.size()];
    if (!keys.perRecord() || joining == Joining.NONE) {
      for (int i = 0; i < order.length; i++) {
        order[i] = i;
      }
      return order;
    }
    int[] group = new int[batch.size()];
    Map<String, Integer> groups = new HashMap<>();
    PartitionKeys partitionKeys = keys.keys();
    RecordCursor cursor = new RecordCursor();
    byte[] key = new byte[WireBatch.MAX_KEY_BYTES];
    for (int i = 0; i < group.length; i++) {
      batch.read(i, cursor);
      int length = partitionKeys.write(cursor, key, 0);
      String name = new String(key, 0, length, StandardCharsets.UTF_8);
      group[i] = groups.computeIfAbsent(name, absent -> groups.size());
    }
    int[] next = new int[groups.size() + 1];
    for (int g : group) {
      next[g + 1]++;
    }
    for (int g = 1; g < next.length; g++) {
      next[g] += next[g - 1];
    }
    for (int i = 0; i < group.length; i++) {
      order[next[group[i]]++] = i;
    }
    return order;
  }
}
