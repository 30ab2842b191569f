package io.kinesisagent.agent.checkpoint;

import java.util.Collection;

/** Takes what flows want to be kept. Safe for use by several threads. */
public interface Watermarks {
  /** Checkpoints that have moved; of several of one generation the last counts. */
  void moved(Collection<Checkpoint> checkpoints);

  /**
   * A flow has found out where each file begins that was there at its first start; files that it
   * does not know from now on are new.
   */
  void started(String flow);
}
