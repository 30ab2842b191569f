package io.kinesisagent.agent.app;

import io.kinesisagent.agent.batch.MemoryBudget;

/** A flow's share of the memory, taken anew whenever its task is. Owned by the flow's thread. */
final class FlowMemory {
  private final MemoryBudget budget;
  private final long reservedBytes;
  private MemoryBudget.Share share;

  FlowMemory(MemoryBudget budget, long reservedBytes) {
    this.budget = budget;
    this.reservedBytes = reservedBytes;
  }

  /** A share that nothing is held of, in place of the last one. */
  MemoryBudget.Share renewed() {
    close();
    share = budget.share(reservedBytes);
    return share;
  }

  /** The bytes that are held at the moment. */
  long heldBytes() {
    return share == null ? 0 : share.held();
  }

  /** Gives the share back with all that is held. */
  void close() {
    if (share != null) {
      share.close();
      share = null;
    }
  }
}
