package io.kinesisagent.backends.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kinesisagent.backends.TestBatch;
import io.kinesisagent.backends.TestPlugins;
import io.kinesisagent.backends.contract.BackendContract;
import io.kinesisagent.backends.server.FakeService;
import io.kinesisagent.backends.server.KinesisStreams;
import io.kinesisagent.backends.server.NpmServer;
import io.kinesisagent.spi.Backend;
import io.kinesisagent.spi.Disposition;
import io.kinesisagent.spi.InvalidSettingException;
import io.kinesisagent.spi.SendResult;
import java.io.IOException;
import java.net.URI;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.Shard;

/** The Kinesis backend against a Kinesis server that is not ours. */
class KinesisBackendTest extends BackendContract {
  private static final AtomicInteger STREAMS = new AtomicInteger();
  private static NpmServer server;
  private static KinesisStreams streams;

  private final List<Backend> opened = new ArrayList<>();
  private String stream;
  private Backend backend;

  @BeforeAll
  static void start() throws IOException {
    server = NpmServer.kinesalite();
    streams = new KinesisStreams(URI.create("http://127.0.0.1:" + server.port()));
  }

  @AfterAll
  static void stop() {
    streams.close();
    server.close();
  }

  @Override
  protected Backend backend() throws InvalidSettingException {
    if (backend == null) {
      backend = open(Map.of());
    }
    return backend;
  }

  @Override
  protected List<byte[]> arrived() {
    return streams.read(stream).stream().map(record -> record.data().asByteArray()).toList();
  }

  @AfterEach
  void close() {
    opened.forEach(Backend::close);
  }

  @Test
  void randomKeysReachEveryShard() throws Exception {
    Backend random = open(4, Map.of());
    send(random, TestBatch.numbered("line ", 400));
    for (var shard : streams.shards(stream)) {
      assertThat(streams.read(stream, shard.shardId())).hasSizeBetween(50, 150);
    }
    assertThat(streams.read(stream))
        .allSatisfy(record -> assertThat(record.partitionKey()).matches("[a-p]{10}"))
        .extracting(Record::partitionKey)
        .doesNotHaveDuplicates();
  }

  @Test
  void aStreamThatIsReshardedMeanwhileGoesOnTakingEverything() throws Exception {
    Backend resharded = open(1, Map.of());
    List<String> sent = new ArrayList<>();
    sendNumbered(resharded, "before ", sent);
    Shard whole = streams.shards(stream).get(0);
    streams.split(stream, whole);
    sendNumbered(resharded, "split ", sent);
    Shard left = streams.shards(stream).get(1);
    Shard right = streams.shards(stream).get(2);
    assertThat(streams.read(stream, left.shardId())).hasSizeBetween(50, 150);
    assertThat(streams.read(stream, right.shardId())).hasSizeBetween(50, 150);
    streams.merge(stream, left, right);
    sendNumbered(resharded, "merged ", sent);
    assertThat(streams.read(stream, streams.shards(stream).get(3).shardId())).hasSize(200);
    assertThat(streams.read(stream))
        .extracting(record -> record.data().asUtf8String())
        .containsExactlyInAnyOrderElementsOf(sent);
  }

  private void sendNumbered(Backend to, String prefix, List<String> sent) throws Exception {
    TestBatch batch = TestBatch.numbered(prefix, 200);
    assertThat(send(to, batch)).isEqualTo(SendResult.DELIVERED);
    sent.addAll(batch.lines());
  }

  @Test
  void aStreamWhoseArnContradictsTheRegionIsRefused() {
    String arn = "arn:aws:kinesis:eu-west-1:123456789012:stream/s";
    assertThatThrownBy(() -> create(arn, Map.of("kinesis.region", "us-east-1")))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("eu-west-1")
        .hasMessageContaining("us-east-1");
    assertThatThrownBy(
            () ->
                create(
                    arn,
                    Map.of(
                        "kinesis.region", "",
                        "kinesis.endpoint", "kinesis.us-west-2.amazonaws.com")))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("us-west-2");
  }

  @Test
  void aStreamByItsArnIsSignedForItsRegionWhateverTheChainSays() throws Exception {
    String arn = "arn:aws:kinesis:eu-west-1:123456789012:stream/s";
    try (FakeService service = FakeService.start();
        Backend byArn =
            create(
                arn,
                Map.of("kinesis.region", "", "kinesis.endpoint", service.endpoint().toString()))) {
      assertThat(send(byArn, TestBatch.ofLines("a\n"))).isEqualTo(SendResult.DELIVERED);
      assertThat(service.requests().get(0).headers().getFirst("Authorization"))
          .contains("/eu-west-1/kinesis/aws4_request");
    }
  }

  @Test
  void aDeterministicKeyIsTheHashOfTheRecordAlone() throws Exception {
    send(open(Map.of("partitionKeyOption", "DETERMINISTIC")), TestBatch.ofLines("a\n", "bcd\n"));
    for (Record record : streams.read(stream)) {
      byte[] md5 = MessageDigest.getInstance("MD5").digest(record.data().asByteArray());
      assertThat(record.partitionKey()).isEqualTo(HexFormat.of().formatHex(md5));
    }
    assertThat(streams.read(stream)).hasSize(2);
  }

  @Test
  void aFileKeyIsThePath() throws Exception {
    send(open(Map.of("partitionKeyOption", "FILE")), TestBatch.ofFile("/var/log/ü.log", "a\n"));
    assertThat(keys()).containsExactly("/var/log/ü.log");
  }

  @Test
  void aConstantKeyKeepsTheOrder() throws Exception {
    Backend constant = open(4, Map.of("partitionKeyOption", "CONSTANT", "partitionKey", "one"));
    TestBatch batch = TestBatch.numbered("line ", 300);
    send(constant, batch);
    assertThat(streams.read(stream))
        .extracting(record -> record.data().asUtf8String())
        .containsExactlyElementsOf(batch.lines());
  }

  @Test
  void aFieldKeyIsTheFieldElseRandom() throws Exception {
    send(
        open(Map.of("partitionKeyOption", "FIELD", "partitionKeyField", "/user/id")),
        TestBatch.ofLines(
            "{\"a\":[1,{}],\"user\":{\"name\":\"x\",\"id\":\"k\\u00fc\"}}\n",
            "{\"user\":{\"id\":17}}\n",
            "{\"user\":{\"id\":null}}\n",
            "not json\n"));
    Map<String, String> byLine = new HashMap<>();
    streams.read(stream).forEach(r -> byLine.put(r.data().asUtf8String(), r.partitionKey()));
    assertThat(byLine.values()).contains("kü", "17");
    assertThat(byLine.get("not json\n")).matches("[a-p]{10}");
    assertThat(byLine.get("{\"user\":{\"id\":null}}\n")).matches("[a-p]{10}");
  }

  @Test
  void aMissingStreamBlocks() throws Exception {
    try (Backend missing = create("missing", Map.of())) {
      assertThat(send(missing, TestBatch.ofLines("a\n")))
          .isInstanceOfSatisfying(
              SendResult.Failed.class,
              failed -> {
                assertThat(failed.failure().disposition()).isEqualTo(Disposition.BLOCKED);
                assertThat(failed.failure().code()).isEqualTo("ResourceNotFoundException");
                assertThat(failed.failure().detail()).contains("missing");
              });
    }
  }

  @Test
  void anEndpointThatNobodyListensOnIsARetryThatNamesIt() throws Exception {
    Map<String, Object> nobody = Map.of("kinesis.endpoint", "http://127.0.0.1:1");
    try (Backend away = create("any", nobody)) {
      assertThat(send(away, TestBatch.ofLines("a\n")))
          .isInstanceOfSatisfying(
              SendResult.Failed.class,
              failed -> {
                assertThat(failed.failure().disposition()).isEqualTo(Disposition.RETRY);
                assertThat(failed.failure().detail()).contains("127.0.0.1:1").contains("refused");
              });
    }
  }

  @Test
  void whatIsNoStreamsNameIsRefused() {
    assertThatThrownBy(() -> create("a b", Map.of()))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("a b");
  }

  private List<String> keys() {
    return streams.read(stream).stream().map(Record::partitionKey).toList();
  }

  private Backend open(Map<String, Object> settings) throws InvalidSettingException {
    return open(1, settings);
  }

  private Backend open(int shards, Map<String, Object> settings) throws InvalidSettingException {
    stream = "stream-" + STREAMS.incrementAndGet();
    streams.create(stream, shards);
    Backend made = create(stream, settings);
    opened.add(made);
    return made;
  }

  private static Backend create(String name, Map<String, Object> settings)
      throws InvalidSettingException {
    Map<String, Object> all = new HashMap<>();
    all.put("kinesis.endpoint", "http://127.0.0.1:" + server.port());
    all.put("kinesis.region", "us-east-1");
    all.put("awsAccessKeyId", "writer");
    all.put("awsSecretAccessKey", "zZ-secret-access-key-of-the-tests");
    all.putAll(settings);
    return TestPlugins.create("kinesis", Map.of("stream", name), all);
  }
}
