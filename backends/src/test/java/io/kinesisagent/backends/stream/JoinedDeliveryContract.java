package io.kinesisagent.backends.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinesisagent.backends.TestBatch;
import io.kinesisagent.backends.TestPlugins;
import io.kinesisagent.backends.contract.BackendContract;
import io.kinesisagent.backends.server.FakeService;
import io.kinesisagent.backends.server.PutReplies;
import io.kinesisagent.spi.Backend;
import io.kinesisagent.spi.InvalidSettingException;
import io.kinesisagent.spi.SendResult;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What holds for deliveries whose wire records are not the agent's records. */
abstract class JoinedDeliveryContract extends BackendContract {
  private FakeService service;
  private Backend backend;

  /** The flow's keys that ask for it. */
  abstract Map<String, Object> flow();

  @BeforeEach
  void start() throws IOException {
    service = FakeService.start();
  }

  @AfterEach
  void stop() {
    if (backend != null) {
      backend.close();
    }
    service.close();
  }

  final FakeService service() {
    return service;
  }

  @Override
  protected final Backend backend() throws InvalidSettingException {
    if (backend == null) {
      Map<String, Object> all = new HashMap<>(flow());
      all.put("kinesis.endpoint", service.endpoint().toString());
      all.put("kinesis.region", "us-east-1");
      all.put("awsAccessKeyId", "key");
      all.put("awsSecretAccessKey", "zZ-secret-access-key-of-the-tests");
      backend = TestPlugins.create("kinesis", Map.of("stream", "s"), all);
    }
    return backend;
  }

  @Test
  void aFailedWireRecordFailsItsOwnRecordsOnly() throws Exception {
    service.next(request -> PutReplies.partial(request, Map.of(0, "InternalFailure")));
    TestBatch batch = TestBatch.numbered("a line of some length ".repeat(20), 400);
    SendResult.Partial partial = (SendResult.Partial) send(backend(), batch);
    assertThat(partial.failed()).containsKey(0).doesNotContainKey(399);
    int size = service.requests().get(0).records().size();
    assertThat(partial.failed().size()).isBetween(400 / size / 2, 400 / size * 2);
  }
}
