package io.kinesisagent.spi;

/**
 * What one request to a destination may hold.
 *
 * @param maxRecords most records in a batch, at least 1
 * @param maxBytes most bytes in a batch: the records' and {@code perRecordOverhead} for each
 * @param maxRecordBytes most bytes of one record, {@code perRecordOverhead} included
 * @param perRecordOverhead bytes that the destination counts for each record besides its data, such
 *     as a partition key
 * @param joinedBytes where records of a batch are joined, in their order, the most bytes of those
 *     that become one, {@code perRecordOverhead} for each included; a record that is longer by
 *     itself stays by itself. 0 where they are not joined so
 * @param maxJoined the most that the records of a batch may become by being joined
 */
public record BatchLimits(
    int maxRecords,
    int maxBytes,
    int maxRecordBytes,
    int perRecordOverhead,
    int joinedBytes,
    int maxJoined) {
  /** Of a destination that does not join records. */
  public BatchLimits(int maxRecords, int maxBytes, int maxRecordBytes, int perRecordOverhead) {
    this(maxRecords, maxBytes, maxRecordBytes, perRecordOverhead, 0, Integer.MAX_VALUE);
  }

  public BatchLimits {
    if (maxRecords < 1
        || maxBytes < 1
        || maxRecordBytes < 1
        || perRecordOverhead < 0
        || joinedBytes < 0
        || maxJoined < 1) {
      throw new IllegalArgumentException(
          "limits must be positive: "
              + maxRecords
              + " records, "
              + maxBytes
              + " bytes, "
              + maxRecordBytes
              + " bytes a record, overhead "
              + perRecordOverhead
              + ", "
              + maxJoined
              + " joined of "
              + joinedBytes
              + " bytes");
    }
    if (maxRecordBytes <= perRecordOverhead || maxBytes < maxRecordBytes) {
      throw new IllegalArgumentException(
          "a batch of "
              + maxBytes
              + " bytes cannot hold a record of "
              + maxRecordBytes
              + " with an overhead of "
              + perRecordOverhead);
    }
  }

  /** Most bytes of a record's own data. */
  public int maxDataBytes() {
    return maxRecordBytes - perRecordOverhead;
  }
}
