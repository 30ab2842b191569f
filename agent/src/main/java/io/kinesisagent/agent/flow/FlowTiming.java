package io.kinesisagent.agent.flow;

import java.util.concurrent.TimeUnit;

/**
 * When a flow does what.
 *
 * @param maxBufferAgeNanos a record waits for its batch to fill no longer than this
 * @param filePollNanos how soon new data in an active file is seen, at the latest
 * @param refreshNanos how soon a new file is seen where file events are not available, at the
 *     latest
 * @param retentionNanos how long what is known of a file that is gone is kept
 */
public record FlowTiming(
    long maxBufferAgeNanos, long filePollNanos, long refreshNanos, long retentionNanos) {
  private static final long USUAL_RETENTION_NANOS = TimeUnit.DAYS.toNanos(7);

  /** With the usual retention of a week. */
  public FlowTiming(long maxBufferAgeNanos, long filePollNanos, long refreshNanos) {
    this(maxBufferAgeNanos, filePollNanos, refreshNanos, USUAL_RETENTION_NANOS);
  }
}
