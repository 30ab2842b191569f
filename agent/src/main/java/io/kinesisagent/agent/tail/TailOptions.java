package io.kinesisagent.agent.tail;

import io.kinesisagent.agent.frame.LineTest;
import io.kinesisagent.agent.frame.Newlines;
import java.util.concurrent.TimeUnit;

/**
 * How a flow reads its files.
 *
 * @param skipHeaderLines lines at the beginning of each generation that are no records
 * @param footer a line that ends the reading of its file, or null
 * @param maxRawBytes the most bytes of a record that are held in memory before it is processed
 * @param split whether a longer record is cut into several, rather than cut off
 * @param multiLineTimeoutNanos how long a record of several lines may wait for its next line, and
 *     what is whole for something unfinished before it; negative where records are single lines
 * @param maxOpenFiles handles to keep open at most; idle ones above it are closed
 * @param newlines where lines end
 */
public record TailOptions(
    int skipHeaderLines,
    LineTest footer,
    int maxRawBytes,
    boolean split,
    long multiLineTimeoutNanos,
    int maxOpenFiles,
    Newlines newlines) {
  /** The same for files in UTF-8, or in whatever has its newline. */
  public TailOptions(
      int skipHeaderLines,
      LineTest footer,
      int maxRawBytes,
      boolean split,
      long multiLineTimeoutNanos,
      int maxOpenFiles) {
    this(
        skipHeaderLines,
        footer,
        maxRawBytes,
        split,
        multiLineTimeoutNanos,
        maxOpenFiles,
        Newlines.ASCII);
  }

  /** How long a rotated file may still grow before its last, unfinished line is taken as it is. */
  public static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(10);

  /**
   * How long at the first start what cannot be looked at or read is waited for. What can be only
   * after that is taken for new.
   */
  public static final long FIRST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** How long a file that looks like the beginning of another may take to become its copy. */
  public static final long COPY_HOLD_NANOS = TimeUnit.SECONDS.toNanos(2);

  /** How long after its last growth a file counts as active. */
  public static final long ACTIVE_NANOS = TimeUnit.SECONDS.toNanos(10);

  /**
   * The same for a file in whose room something may be written without a word: where it is mapped,
   * its time tells only of the first write until the kernel has written it back, after half a
   * minute.
   */
  public static final long ROOM_NANOS = TimeUnit.SECONDS.toNanos(60);

  /** How often an active file is looked at where changes are hinted at. */
  public static final long HINTED_POLL_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** How often an active file that rests is looked at where changes are hinted at. */
  public static final long RESTING_POLL_NANOS = TimeUnit.SECONDS.toNanos(2);

  /** How long to wait before a file that cannot be opened or read is tried again. */
  public static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** A failure that long after another is not the next one in a row. */
  public static final long AGAIN_NANOS = TimeUnit.SECONDS.toNanos(6);

  /** How long the only handle of a deleted file may fail: there is nothing to open anew. */
  public static final long GIVE_UP_NANOS = TimeUnit.SECONDS.toNanos(60);

  /** NUL bytes at the beginning of a record that are taken for a hole, not for content. */
  public static final int HOLE_BYTES = 16;
}
