package io.kinesisagent.tests.support;

/** Hears of each record that an endpoint accepted; called on any of its threads. */
@FunctionalInterface
public interface RecordListener {
  /**
   * One record was accepted.
   *
   * @param stream the stream or delivery stream
   * @param partitionKey empty for a delivery stream
   * @param data not to be changed
   */
  void accepted(String stream, String partitionKey, byte[] data);
}
