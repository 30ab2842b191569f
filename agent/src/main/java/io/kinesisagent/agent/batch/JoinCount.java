package io.kinesisagent.agent.batch;

import io.kinesisagent.spi.BatchLimits;

/**
 * Counts what a destination makes of the records of a batch by joining them, where that is bounded.
 * The destination may make fewer: of each record the most that it can take is counted. Owned by the
 * flow's thread.
 */
final class JoinCount {
  private final BatchLimits limits;
  private final boolean bounded;
  private int joined;
  private long bytesOfLast;

  JoinCount(BatchLimits limits) {
    this.limits = limits;
    this.bounded = limits.joinedBytes() > 0 && limits.maxJoined() < Integer.MAX_VALUE;
  }

  /** Begins with another batch. */
  void clear() {
    joined = 0;
    bytesOfLast = 0;
  }

  /** Whether the batch may have one more record of this length. */
  boolean takes(int length) {
    return !bounded || joined < limits.maxJoined() || goesWithLast(length);
  }

  /** Takes note of a record that the batch has now. */
  void add(int length) {
    if (!bounded) {
      return;
    }
    if (joined == 0 || !goesWithLast(length)) {
      joined++;
      bytesOfLast = 0;
    }
    bytesOfLast += (long) length + limits.perRecordOverhead();
  }

  private boolean goesWithLast(int length) {
    return bytesOfLast + length + limits.perRecordOverhead() <= limits.joinedBytes();
  }
}
