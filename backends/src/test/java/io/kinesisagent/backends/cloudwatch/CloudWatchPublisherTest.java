package io.kinesisagent.backends.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinesisagent.backends.TestPlugins;
import io.kinesisagent.backends.server.CannedServer;
import io.kinesisagent.backends.server.CborBody;
import io.kinesisagent.spi.Disposition;
import io.kinesisagent.spi.Failure;
import io.kinesisagent.spi.InvalidSettingException;
import io.kinesisagent.spi.Measurement;
import io.kinesisagent.spi.MetricsPublisher;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CloudWatchPublisherTest {
  private static final Measurement BYTES_SENT =
      new Measurement(
          "BytesSent",
          Measurement.Unit.BYTES,
          "KinesisStream:s",
          new Measurement.Values(3, 600, 100, 300),
          1_700_000_000_000L);

  private static final Measurement RECORDS_SENT =
      new Measurement(
          "RecordsSent",
          Measurement.Unit.COUNT,
          "DeliveryStream:d",
          new Measurement.Values(1, 0.5, 0.5, 0.5),
          1_700_000_030_000L);

  private CannedServer server;

  @BeforeEach
  void start() throws IOException {
    server = CannedServer.start();
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  @Test
  void measurementsArriveAsStatisticSets() throws Exception {
    server.answer("HTTP/1.1 200 OK\r\nsmithy-protocol: rpc-v2-cbor", "");
    try (MetricsPublisher publisher = open(Map.of())) {
      assertThat(publish(publisher, BYTES_SENT, RECORDS_SENT)).isEmpty();
    }
    String request = server.requests().get(0);
    assertThat(request)
        .startsWith("POST /service/GraniteServiceVersion20100801/operation/PutMetricData ")
        .contains("/us-east-1/monitoring/aws4_request");
    assertThat(CborBody.of(request))
        .isEqualTo(
            Map.of(
                "Namespace",
                "AWSKinesisAgent",
                "MetricData",
                List.of(
                    Map.of(
                        "MetricName",
                        "BytesSent",
                        "Unit",
                        "Bytes",
                        "Timestamp",
                        1_700_000_000.0,
                        "Dimensions",
                        List.of(Map.of("Name", "Destination", "Value", "KinesisStream:s")),
                        "StatisticValues",
                        Map.of(
                            "SampleCount", 3.0, "Sum", 600.0, "Minimum", 100.0, "Maximum", 300.0)),
                    Map.of(
                        "MetricName",
                        "RecordsSent",
                        "Unit",
                        "Count",
                        "Timestamp",
                        1_700_000_030.0,
                        "Dimensions",
                        List.of(Map.of("Name", "Destination", "Value", "DeliveryStream:d")),
                        "StatisticValues",
                        Map.of("SampleCount", 1.0, "Sum", 0.5, "Minimum", 0.5, "Maximum", 0.5)))));
  }

  @Test
  void theNamespaceAndThePeriodAreTheUsers() throws Exception {
    server.answer("HTTP/1.1 200 OK", "");
    try (MetricsPublisher publisher =
        open(
            Map.of(
                "cloudwatch.namespace",
                "Shop",
                "cloudwatch.metricsBufferTimeMillis",
                5000L,
                "cloudwatch.metricsQueueSize",
                7L))) {
      publish(publisher, BYTES_SENT);
      assertThat(publisher.periodMillis()).isEqualTo(5000);
      assertThat(publisher.maxQueued()).isEqualTo(7);
    }
    assertThat(CborBody.of(server.requests().get(0))).containsEntry("Namespace", "Shop");
  }

  @Test
  void theInstanceIsADimensionWhereAskedFor() throws Exception {
    server.answer("HTTP/1.1 200 OK", "");
    try (MetricsPublisher publisher = open(Map.of("cloudwatch.tagInstance", true))) {
      publish(publisher, BYTES_SENT);
    }
    assertThat(CborBody.of(server.requests().get(0)).toString()).contains("Name=Instance");
  }

  @Test
  void theInstancesIdIsAskedOfItsMetadataWithAToken() {
    server.answer("HTTP/1.1 200 OK", "the-token");
    server.answer("HTTP/1.1 200 OK", "i-0123456789abcdef0");
    InstanceName name =
        new InstanceName(Map.of("AWS_EC2_METADATA_SERVICE_ENDPOINT", server.endpoint().toString()));
    assertThat(name.find()).isEqualTo("i-0123456789abcdef0");
    assertThat(name.find()).isEqualTo("i-0123456789abcdef0");
    assertThat(server.requests()).hasSize(2);
    assertThat(server.requests().get(0)).startsWith("PUT /latest/api/token ");
    assertThat(server.requests().get(1))
        .startsWith("GET /latest/meta-data/instance-id ")
        .contains("X-aws-ec2-metadata-token: the-token");
  }

  @Test
  void awayFromEc2TheHostsNameIsTaken() {
    assertThat(new InstanceName(Map.of("AWS_EC2_METADATA_DISABLED", "true")).find()).isNotEmpty();
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void aServiceThatIsAwayIsAFailureAndNoException() throws Exception {
    try (MetricsPublisher publisher = open(Map.of("cloudwatch.endpoint", "http://127.0.0.1:1"))) {
      assertThat(publish(publisher, BYTES_SENT))
          .get()
          .extracting(Failure::disposition)
          .isEqualTo(Disposition.RETRY);
    }
  }

  @Test
  void isOnUnlessTurnedOff() {
    CloudWatchPlugin plugin = new CloudWatchPlugin();
    assertThat(plugin.isOn(TestPlugins.settings(plugin.agentSettings(), Map.of()))).isTrue();
    assertThat(
            plugin.isOn(
                TestPlugins.settings(
                    plugin.agentSettings(), Map.of("cloudwatch.emitMetrics", false))))
        .isFalse();
  }

  private MetricsPublisher open(Map<String, Object> more) throws InvalidSettingException {
    Map<String, Object> all = new HashMap<>();
    all.put("cloudwatch.endpoint", server.endpoint().toString());
    all.put("cloudwatch.region", "us-east-1");
    all.put("awsAccessKeyId", "key");
    all.put("awsSecretAccessKey", "zZ-secret-access-key-of-the-tests");
    all.putAll(more);
    return TestPlugins.publisher(new CloudWatchPlugin(), all);
  }

  private static Optional<Failure> publish(MetricsPublisher publisher, Measurement... measured)
      throws Exception {
    return publisher.publish(List.of(measured)).toCompletableFuture().get(60, TimeUnit.SECONDS);
  }
}
