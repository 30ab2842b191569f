package io.kinesisagent.spi;

/**
 * What one request to a destination may hold.
 *
 * @param maxRecords most records in a batch, at least 1
 * @param maxBytes most bytes in a batch: the records' and {@code perRecordOverhead} for each
 * @param maxRecordBytes most bytes of one record, {@code perRecordOverhead} included
 * @param perRecordOverhead bytes that the destination counts for each record besides its data, such
 *     as a partition key
 */
public record BatchLimits(int maxRecords, int maxBytes, int maxRecordBytes, int perRecordOverhead) {
  public BatchLimits {
    if (maxRecords < 1 || maxBytes < 1 || maxRecordBytes < 1 || perRecordOverhead < 0) {
      throw new IllegalArgumentException(
          "limits must be positive: "
              + maxRecords
              + " records, "
              + maxBytes
              + " bytes, "
              + maxRecordBytes
              + " bytes a record, overhead "
              + perRecordOverhead);
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
