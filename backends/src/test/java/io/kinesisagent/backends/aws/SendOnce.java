package io.kinesisagent.backends.aws;

import io.kinesisagent.backends.TestBatch;
import io.kinesisagent.backends.TestPlugins;
import io.kinesisagent.spi.Backend;
import io.kinesisagent.spi.SendResult;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process of its own that sends one record: some sources are the process's environment. */
final class SendOnce {
  private SendOnce() {}

  /** Sends to the endpoint given; fails unless it was delivered. */
  public static void main(String[] arguments) throws Exception {
    try (Backend backend =
        TestPlugins.create(
            "firehose", Map.of("stream", "s"), Map.of("firehose.endpoint", arguments[0]))) {
      SendResult result =
          backend.send(TestBatch.ofLines("a\n")).toCompletableFuture().get(60, TimeUnit.SECONDS);
      if (!result.equals(SendResult.DELIVERED)) {
        throw new AssertionError(result);
      }
    }
  }
}
