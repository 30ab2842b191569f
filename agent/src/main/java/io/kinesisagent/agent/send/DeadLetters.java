package io.kinesisagent.agent.send;

import java.util.List;
import java.util.concurrent.CompletionStage;

/** Where records go that can never be delivered. Safe for use by several threads. */
@FunctionalInterface
public interface DeadLetters {
  /**
   * Keeps records, durably, each with its reason and its place: all of them, or none. It does not
   * wait for the disk: a flow goes on meanwhile.
   *
   * @param letters may be read until the answer is there
   * @return fails with an {@link java.io.IOException} where none was kept; none is given up then
   */
  CompletionStage<Void> write(List<DeadLetter> letters);
}
