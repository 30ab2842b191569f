package io.kinesisagent.backends.wire;

import io.kinesisagent.backends.aws.Connection;
import io.kinesisagent.spi.SendResult;

/** Puts wire records into one stream. Safe for use by several threads. */
public interface PutClient extends AutoCloseable {
  /** Makes clients. */
  @FunctionalInterface
  interface Maker {
    /** A client for a stream over a connection, which it closes. */
    PutClient create(Connection connection, Destination stream);
  }

  /**
   * Makes one request and blocks until it is answered or has failed. Faults are results; nothing
   * that the network or the service does is thrown.
   *
   * @return the outcome by the indexes of the wire records
   */
  SendResult put(WireBatch batch);

  @Override
  void close();
}
