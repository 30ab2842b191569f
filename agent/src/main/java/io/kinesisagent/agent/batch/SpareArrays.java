package io.kinesisagent.agent.batch;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * Arrays that were used and will be again, of all flows together, bounded in bytes: beyond the
 * bound those that nobody wanted for longest go. Safe for use by several threads.
 */
final class SpareArrays {
  private final long mostBytes;
  private final Deque<byte[]> latestFirst = new ArrayDeque<>();
  private long bytes;

  /**
   * @param mostBytes the bound of all spares; an array above it is never kept
   */
  SpareArrays(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  /** An array of exactly this size; its content is whatever it held last. */
  byte[] take(int size) {
    byte[] spare = find(size);
    return spare == null ? new byte[size] : spare;
  }

  private synchronized byte[] find(int size) {
    for (Iterator<byte[]> spares = latestFirst.iterator(); spares.hasNext(); ) {
      byte[] spare = spares.next();
      if (spare.length == size) {
        spares.remove();
        bytes -= size;
        return spare;
      }
    }
    return null;
  }

  /** Keeps an array that is not used any more. */
  synchronized void give(byte[] array) {
    latestFirst.addFirst(array);
    bytes += array.length;
    while (bytes > mostBytes) {
      bytes -= latestFirst.removeLast().length;
    }
  }
}
