package io.kinesisagent.agent.flow;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The arrays that files are read into. A flow borrows one for the time of a step, so there are no
 * more of them than threads that run flows. Safe for use by several threads.
 */
public final class ChunkPool {
  private final AtomicInteger chunkBytes = new AtomicInteger();
  private final ConcurrentLinkedQueue<byte[]> free = new ConcurrentLinkedQueue<>();

  /** Makes chunks at least this long from now on. */
  public void atLeast(int bytes) {
    chunkBytes.accumulateAndGet(bytes, Math::max);
  }

  /** A chunk of at least the wanted length, to be given back. */
  public byte[] borrow() {
    byte[] chunk = free.poll();
    return chunk != null && chunk.length >= chunkBytes.get() ? chunk : new byte[chunkBytes.get()];
  }

  public void giveBack(byte[] chunk) {
    free.add(chunk);
  }
}
