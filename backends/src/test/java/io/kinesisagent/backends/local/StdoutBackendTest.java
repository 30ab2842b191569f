package io.kinesisagent.backends.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinesisagent.backends.TestBatch;
import io.kinesisagent.backends.TestPlugins;
import io.kinesisagent.backends.contract.BackendContract;
import io.kinesisagent.spi.Backend;
import io.kinesisagent.spi.Disposition;
import io.kinesisagent.spi.SendResult;
import java.io.ByteArrayOutputStream;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StdoutBackendTest extends BackendContract {
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final WritableByteChannel channel = Channels.newChannel(output);
  private final Backend backend = new StdoutBackend(channel);

  @Override
  protected Backend backend() {
    return backend;
  }

  @Override
  protected List<byte[]> arrived() {
    return List.of(output.toByteArray());
  }

  @Override
  protected boolean keepsBoundaries() {
    return false;
  }

  @AfterEach
  void close() {
    backend.close();
  }

  @Test
  void aReaderThatWentAwayIsARetry() throws Exception {
    channel.close();
    assertThat(send(backend, TestBatch.ofLines("a\n")))
        .isInstanceOfSatisfying(
            SendResult.Failed.class,
            failed -> assertThat(failed.failure().disposition()).isEqualTo(Disposition.RETRY));
  }

  @Test
  void thePluginNeedsNoSettings() throws Exception {
    try (Backend made = TestPlugins.create("stdout", Map.of(), Map.of())) {
      assertThat(made.limits().maxDataBytes()).isPositive();
    }
  }
}
