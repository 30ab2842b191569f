package io.kinesisagent.backends.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinesisagent.backends.TestBatch;
import io.kinesisagent.backends.TestPlugins;
import io.kinesisagent.backends.server.FakeService;
import io.kinesisagent.spi.Backend;
import io.kinesisagent.spi.SendResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the keys about connections come to, at the other end and in the kernel. */
class ConnectionKeysTest {
  private static final String ESTABLISHED = "01";

  /** Of a connection that waits for an acknowledgement; every other timer is behind it. */
  private static final String RETRANSMITS = "01";

  private FakeService service;

  @BeforeEach
  void start() throws IOException {
    service = FakeService.start();
  }

  @AfterEach
  void stop() {
    service.close();
  }

  @ParameterizedTest
  @CsvSource({"-1, 1", "0, 1", "3600000, 1", "1, 3"})
  void aConnectionIsReplacedOnceItIsTooOld(long millis, int connections) throws Exception {
    try (Backend backend = backend("connectionTTLMillis", millis)) {
      for (int request = 0; request < 3; request++) {
        send(backend);
        pass(TimeUnit.MILLISECONDS.toNanos(2));
      }
    }
    assertThat(service.requests()).hasSize(3);
    assertThat(service.connections()).isEqualTo(connections);
  }

  /** Time goes by: that it has is what is waited for. */
  private static void pass(long nanos) {
    long start = System.nanoTime();
    while (System.nanoTime() - start < nanos) {
      Thread.onSpinWait();
    }
  }

  @ParameterizedTest
  @CsvSource({"true, 02", "false, 00"})
  void idleConnectionsAreProbedWhereItIsAskedFor(boolean asked, String timer) throws Exception {
    Assumptions.assumeTrue(
        Files.isReadable(Path.of("/proc/net/tcp")), "only Linux tells the timers of connections");
    try (Backend backend = backend("useTcpKeepAlive", asked)) {
      send(backend);
      assertThat(timers()).containsExactly(timer);
    }
  }

  /** The timers of the connections to the service, once all that was sent is acknowledged. */
  private List<String> timers() throws IOException {
    long start = System.nanoTime();
    List<String> timers = timersNow();
    while (timers.contains(RETRANSMITS) && System.nanoTime() - start < 10_000_000_000L) {
      Thread.onSpinWait();
      timers = timersNow();
    }
    return timers;
  }

  private List<String> timersNow() throws IOException {
    String port = String.format(":%04X", service.endpoint().getPort());
    List<String> timers = new ArrayList<>();
    for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
      if (!Files.isReadable(Path.of(table))) {
        continue;
      }
      for (String row : Files.readAllLines(Path.of(table))) {
        String[] fields = row.strip().split("\\s+", -1);
        if (fields[2].endsWith(port) && fields[3].equals(ESTABLISHED)) {
          timers.add(fields[5].substring(0, 2));
        }
      }
    }
    return timers;
  }

  private Backend backend(String key, Object value) throws Exception {
    return TestPlugins.create(
        "kinesis",
        Map.of("stream", "s"),
        Map.of(
            "kinesis.endpoint",
            service.endpoint().toString(),
            "kinesis.region",
            "eu-west-1",
            "awsAccessKeyId",
            "AKIDEXAMPLE",
            "awsSecretAccessKey",
            "secret-of-the-test",
            key,
            value));
  }

  private static void send(Backend backend) throws Exception {
    assertThat(
            backend.send(TestBatch.ofLines("a\n")).toCompletableFuture().get(60, TimeUnit.SECONDS))
        .isEqualTo(SendResult.DELIVERED);
  }
}
