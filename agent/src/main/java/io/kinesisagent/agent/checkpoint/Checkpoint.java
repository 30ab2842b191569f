package io.kinesisagent.agent.checkpoint;

import io.kinesisagent.agent.tail.KnownTail;

/**
 * How far a generation of a file was settled.
 *
 * @param flow the id of the flow that reads it
 * @param tail what is needed to find the file again and go on
 * @param forgotten whether the generation is over and to be forgotten
 * @param epochMillis when this was so, for people to read
 */
public record Checkpoint(String flow, KnownTail tail, boolean forgotten, long epochMillis) {
  /** What a checkpoint is the newest of. */
  public record Key(String flow, long generation) {}

  public Key key() {
    return new Key(flow, tail.generation());
  }
}
