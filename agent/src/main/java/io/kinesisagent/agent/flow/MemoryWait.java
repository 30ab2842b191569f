package io.kinesisagent.agent.flow;

import io.kinesisagent.agent.batch.MemoryBudget;
import java.util.concurrent.TimeUnit;

/**
 * Tells when records of a flow have waited long for memory, once, and when that is over. Owned by
 * the flow's thread.
 */
final class MemoryWait {
  private static final long LONG_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final MemoryBudget memory;
  private final FlowEvents events;
  private boolean waiting;
  private boolean said;
  private long sinceNanos;

  MemoryWait(MemoryBudget memory, FlowEvents events) {
    this.memory = memory;
    this.events = events;
  }

  /** A record of so many bytes has no memory. */
  void goesOn(int bytes, long nowNanos) {
    if (!waiting) {
      waiting = true;
      sinceNanos = nowNanos;
    } else if (!said && nowNanos - sinceNanos >= LONG_NANOS) {
      said = true;
      events.waitsForMemory(bytes, memory.heldBytes(), memory.totalBytes());
    }
  }

  /** A record had memory, or none is there that needs any. */
  void over() {
    if (waiting) {
      waiting = false;
      if (said) {
        said = false;
        events.memoryFound();
      }
    }
  }
}
