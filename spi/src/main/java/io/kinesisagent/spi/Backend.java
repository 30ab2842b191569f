package io.kinesisagent.spi;

import java.util.concurrent.CompletionStage;

/**
 * One call to one destination, with a typed result. It neither retries nor waits between attempts:
 * the agent does that, for every backend alike.
 */
public interface Backend extends AutoCloseable {
  /** What one call may hold. Does not change. */
  BatchLimits limits();

  /**
   * What is made of the records of a batch before they are sent, in words that go on from "they
   * are"; empty where each is sent by itself and as it is.
   */
  default String packing() {
    return "";
  }

  /**
   * Starts to find out what the first batch will need, such as credentials, and says in the log
   * what it found. Returns at once; called at most once, before the first {@code send}. What fails
   * then is up to {@code send} to try again.
   */
  default void prepare() {}

  /**
   * Asks the destination whether it would take records, and sends none. May take as long as a
   * request; called where nothing is sent.
   */
  default Probe probe() {
    return Probe.NOTHING;
  }

  /**
   * Starts to send a batch and returns without waiting for the outcome. The agent may call it again
   * before an earlier call has completed.
   *
   * @param batch readable until the returned stage completes
   * @return completes, on any thread, with the outcome; a stage that completes exceptionally is
   *     taken for {@link Disposition#RETRY} and logged as a defect of the backend
   */
  CompletionStage<SendResult> send(Batch batch);

  /**
   * Lets go of connections and threads. A {@code send} may still be under way where the agent had
   * no more time to wait for it: nobody counts on its outcome any more.
   */
  @Override
  void close();
}
