package io.kinesisagent.agent.tail;

/**
 * The books of one file generation. At every moment {@code bytesRead = recordBytes + skippedBytes}
 * and {@code recordsRead = delivered + dropped + deadLettered + inFlight}. Owned by the flow's
 * thread.
 */
public final class Account {
  private long bytesRead;
  private long recordBytes;
  private long skippedBytes;
  private long recordsRead;
  private long delivered;
  private long dropped;
  private long deadLettered;
  private long gapBytes;

  /** Source bytes that reading has passed, counted apart from what became of them. */
  void read(long bytes) {
    bytesRead += bytes;
  }

  /** Source bytes that became a record. */
  public void readRecord(long bytes) {
    recordBytes += bytes;
    recordsRead++;
  }

  /** More records were made of a source record than one. */
  public void multiplied(long more) {
    recordsRead += more;
  }

  /** Source bytes that became a record of which nothing was left by rule. */
  public void filteredRecord(long bytes) {
    skippedBytes += bytes;
    recordsRead++;
  }

  /** Source bytes that are no record: header lines, holes. */
  public void skipped(long bytes) {
    skippedBytes += bytes;
  }

  public void dropped(long records) {
    dropped += records;
  }

  public void delivered(long records) {
    delivered += records;
  }

  public void deadLettered(long records) {
    deadLettered += records;
  }

  /** Bytes that were destroyed before they could be read. */
  public void gap(long bytes) {
    gapBytes += bytes;
  }

  public long bytesRead() {
    return bytesRead;
  }

  public long recordBytes() {
    return recordBytes;
  }

  /** Those of header lines, holes and records that were dropped as a whole. */
  public long skippedBytes() {
    return skippedBytes;
  }

  public long recordsRead() {
    return recordsRead;
  }

  public long delivered() {
    return delivered;
  }

  public long dropped() {
    return dropped;
  }

  public long deadLettered() {
    return deadLettered;
  }

  public long gapBytes() {
    return gapBytes;
  }

  /** Records read that have no end yet. */
  public long inFlight() {
    return recordsRead - delivered - dropped - deadLettered;
  }

  /** Adds another account's sums to this one. */
  public void add(Account other) {
    bytesRead += other.bytesRead;
    recordBytes += other.recordBytes;
    skippedBytes += other.skippedBytes;
    recordsRead += other.recordsRead;
    delivered += other.delivered;
    dropped += other.dropped;
    deadLettered += other.deadLettered;
    gapBytes += other.gapBytes;
  }
}
