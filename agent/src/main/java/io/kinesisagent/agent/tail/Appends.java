package io.kinesisagent.agent.tail;

import java.util.Arrays;

/**
 * When the bytes of a file that are still waited for were appended, as near as looks at the file
 * can tell: one mark for each look that found it grown, and ever coarser ones the longer they wait,
 * so that there are {@value #MOST} at most. Never later than the truth by more than the file's own
 * clock is wrong; a mark that covers several looks has the time of the first. Owned by the flow's
 * thread.
 */
final class Appends {
  static final int MOST = 64;
  private static final int FIRST = 2;
  private static final long LEAST_STEP_NANOS = 1_000_000;

  /** Exclusive ends in source bytes, ascending; null where nothing is waited for. */
  private long[] ends;

  private long[] nanos;
  private int count;
  private long stepNanos = LEAST_STEP_NANOS;

  /**
   * Takes note of what was appended. Does nothing where the file is not longer than it was.
   *
   * @param end the size of the file in bytes
   * @param atNanos when the bytes behind the end of before were appended, by the agent's clock
   */
  void grown(long end, long atNanos) {
    if (count > 0 && end <= ends[count - 1]) {
      return;
    }
    if (count > 0 && atNanos - nanos[count - 1] < stepNanos) {
      ends[count - 1] = end;
      return;
    }
    if (ends == null) {
      ends = new long[FIRST];
      nanos = new long[FIRST];
    } else if (count == MOST) {
      coarsen();
    } else if (count == ends.length) {
      ends = Arrays.copyOf(ends, 2 * count);
      nanos = Arrays.copyOf(nanos, 2 * count);
    }
    ends[count] = end;
    nanos[count] = atNanos;
    count++;
  }

  /** Makes one mark of each two, and marks half as often from now on. */
  private void coarsen() {
    for (int i = 0; i < MOST / 2; i++) {
      ends[i] = ends[2 * i + 1];
      nanos[i] = nanos[2 * i];
    }
    count = MOST / 2;
    stepNanos = Math.max(2 * stepNanos, (nanos[count - 1] - nanos[0]) / (MOST / 2));
  }

  /** Forgets what lies before an offset: it is not waited for any more. */
  void passed(long offset) {
    int passed = 0;
    while (passed < count && ends[passed] <= offset) {
      passed++;
    }
    if (passed == 0) {
      return;
    }
    count -= passed;
    if (count == 0) {
      ends = null;
      nanos = null;
      stepNanos = LEAST_STEP_NANOS;
    } else {
      System.arraycopy(ends, passed, ends, 0, count);
      System.arraycopy(nanos, passed, nanos, 0, count);
      // After a backlog marks may be close together again.
      stepNanos = Math.max(LEAST_STEP_NANOS, (nanos[count - 1] - nanos[0]) / (MOST / 2));
    }
  }

  /**
   * When the byte at an offset was appended.
   *
   * @param otherwise where no mark covers it
   */
  long atNanos(long offset, long otherwise) {
    for (int i = 0; i < count; i++) {
      if (offset < ends[i]) {
        return nanos[i];
      }
    }
    return otherwise;
  }

  /** How many marks there are. */
  int marks() {
    return count;
  }
}
