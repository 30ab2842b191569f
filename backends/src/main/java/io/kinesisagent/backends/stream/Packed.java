package io.kinesisagent.backends.stream;

import io.kinesisagent.backends.wire.WireBatch;
import io.kinesisagent.spi.SendResult;

/** A batch as wire records, and the way back. */
interface Packed extends AutoCloseable {
  /** What to put. */
  WireBatch records();

  /** Turns an outcome by wire records into one by the batch's records. */
  SendResult unpack(SendResult ofWireRecords);

  @Override
  default void close() {}
}
