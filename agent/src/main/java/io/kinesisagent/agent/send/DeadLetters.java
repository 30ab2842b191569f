package io.kinesisagent.agent.send;

import io.kinesisagent.spi.Failure;
import io.kinesisagent.spi.RecordView;
import java.io.IOException;

/** Where records go that can never be delivered. */
@FunctionalInterface
public interface DeadLetters {
  /**
   * Keeps a record, durably, with its reason and its place.
   *
   * @throws IOException where it was not kept; the record is then not given up
   */
  void write(RecordView letter, Failure reason) throws IOException;
}
