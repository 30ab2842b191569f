package io.kinesisagent.agent.send;

import java.util.concurrent.atomic.AtomicInteger;

/** The most requests in flight at once, over all flows. Safe for use by several threads. */
public final class Permits {
  private final AtomicInteger free;

  /**
   * @param count requests, at least 1
   */
  public Permits(int count) {
    free = new AtomicInteger(count);
  }

  /** Takes a permit if there is one. */
  public boolean take() {
    return free.getAndUpdate(n -> n > 0 ? n - 1 : n) > 0;
  }

  /** Gives a permit back. */
  public void giveBack() {
    free.incrementAndGet();
  }
}
