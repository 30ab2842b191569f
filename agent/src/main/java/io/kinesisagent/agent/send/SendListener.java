package io.kinesisagent.agent.send;

import io.kinesisagent.agent.batch.PackedBatch;
import io.kinesisagent.spi.Failure;

/** Hears what became of attempts and batches. Called by the flow's thread. */
public interface SendListener {
  /** Some records were delivered by one attempt. */
  void delivered(int records, long bytes, long latencyNanos);

  /** Some records of an attempt failed and will be sent again. */
  void failed(Failure failure, int records);

  /** Some records of an attempt were refused for good, or sent together with one that was. */
  default void rejected(int records) {}

  /** A record was written to the dead letters. */
  void deadLettered(Failure failure, PackedBatch batch, int index);

  /**
   * A whole request failed.
   *
   * @param consecutive how often the destination has failed in a row; requests that were in flight
   *     together failed once, and one that was refused for a record in it did not
   */
  void requestFailed(Failure failure, int consecutive);

  /** Requests go through again after {@link #requestFailed}. */
  void recovered();

  /** A dead letter could not be written; it is kept until it can be. */
  void deadLetterFailed(String reason);

  /** Every record of a batch has come to its end, and its spans have settled. */
  void settled(PackedBatch batch);
}
