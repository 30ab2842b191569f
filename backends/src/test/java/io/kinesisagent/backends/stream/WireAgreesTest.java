package io.kinesisagent.backends.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinesisagent.backends.TestBatch;
import io.kinesisagent.backends.TestPlugins;
import io.kinesisagent.backends.server.FakeService;
import io.kinesisagent.backends.server.PutReplies;
import io.kinesisagent.backends.server.PutRequest;
import io.kinesisagent.spi.Backend;
import io.kinesisagent.spi.BackendPlugin;
import io.kinesisagent.spi.SendResult;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Our own requests and the SDK's say the same, and make the same of every answer. */
class WireAgreesTest {
  private static final List<String> CODES =
      List.of(
          "ProvisionedThroughputExceededException",
          "InternalFailure",
          "ServiceUnavailableException",
          "KMSThrottlingException",
          "UnheardOf");

  private FakeService service;

  @BeforeEach
  void start() throws IOException {
    service = FakeService.start();
  }

  @AfterEach
  void stop() {
    service.close();
  }

  @Test
  void onKinesisRecordByRecord() throws Exception {
    assertAgreement(new KinesisBackendPlugin(), new KinesisBackendPlugin(SdkKinesis::new));
  }

  @Test
  void onFirehoseRecordByRecord() throws Exception {
    assertAgreement(new FirehoseBackendPlugin(), new FirehoseBackendPlugin(SdkFirehose::new));
  }

  private void assertAgreement(BackendPlugin wire, BackendPlugin sdk) throws Exception {
    Map<String, Object> settings = new HashMap<>();
    settings.put(wire.name() + ".endpoint", service.endpoint().toString());
    settings.put(wire.name() + ".region", "us-east-1");
    settings.put("awsAccessKeyId", "key");
    settings.put("awsSecretAccessKey", "zZ-secret-access-key-of-the-tests");
    settings.put("partitionKeyOption", "DETERMINISTIC");
    try (Backend ours = TestPlugins.create(wire, Map.of("stream", "s"), settings);
        Backend theirs = TestPlugins.create(sdk, Map.of("stream", "s"), settings)) {
      for (int seed = 0; seed < 60; seed++) {
        assertThat(send(ours, seed)).as("seed %s", seed).isEqualTo(send(theirs, seed));
        PutRequest of = service.requests().get(2 * seed);
        PutRequest by = service.requests().get(2 * seed + 1);
        assertThat(of.target()).isEqualTo(by.target());
        assertThat(of.contentType()).isEqualTo(by.contentType());
        assertThat(of.stream()).isEqualTo(by.stream());
        assertThat(of.keys()).isEqualTo(by.keys());
        assertThat(wrapped(of)).as("seed %s", seed).isEqualTo(wrapped(by));
      }
    }
  }

  private static List<ByteBuffer> wrapped(PutRequest request) {
    return request.records().stream().map(ByteBuffer::wrap).toList();
  }

  private SendResult send(Backend backend, int seed) throws Exception {
    Random random = new Random(seed);
    List<byte[]> records = new ArrayList<>();
    int count = 1 + random.nextInt(seed % 10 == 0 ? 500 : 40);
    for (int i = 0; i < count; i++) {
      byte[] record = new byte[random.nextInt(random.nextInt(20) == 0 ? 70_000 : 300)];
      random.nextBytes(record);
      records.add(record);
    }
    Map<Integer, String> failed = new HashMap<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      failed.put(random.nextInt(count), CODES.get(random.nextInt(CODES.size())));
    }
    int whole = random.nextInt(5);
    String code = CODES.get(random.nextInt(CODES.size()));
    service.next(
        request ->
            whole == 0
                ? PutReplies.error(request, 400 + random.nextInt(2) * 100, code, "why")
                : PutReplies.partial(request, failed));
    return backend.send(TestBatch.of(records)).toCompletableFuture().get(60, TimeUnit.SECONDS);
  }
}
