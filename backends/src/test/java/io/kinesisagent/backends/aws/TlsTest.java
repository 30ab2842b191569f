package io.kinesisagent.backends.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinesisagent.backends.TestBatch;
import io.kinesisagent.backends.TestPlugins;
import io.kinesisagent.backends.server.FakeService;
import io.kinesisagent.backends.server.TestCertificates;
import io.kinesisagent.spi.Backend;
import io.kinesisagent.spi.Disposition;
import io.kinesisagent.spi.Failure;
import io.kinesisagent.spi.SendResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {
  @TempDir Path temporary;

  @AfterEach
  void forget() {
    System.clearProperty("javax.net.ssl.trustStore");
    System.clearProperty("javax.net.ssl.trustStorePassword");
  }

  @Test
  void aPrivateAuthorityOfTheTrustStoreIsTrusted() throws Exception {
    Path store = TestCertificates.create(temporary, "private", "ip:127.0.0.1");
    trust(store);
    assertThat(send(store)).isEqualTo(SendResult.DELIVERED);
  }

  @Test
  void anUntrustedCertificateIsNamedWithItsEndpoint() throws Exception {
    Path store = TestCertificates.create(temporary, "stranger", "ip:127.0.0.1");
    Failure failure = ((SendResult.Failed) send(store)).failure();
    assertThat(failure.disposition()).isEqualTo(Disposition.BLOCKED);
    assertThat(failure.code()).isEqualTo("TlsCertificate");
    assertThat(failure.detail())
        .contains("CN=stranger")
        .contains("is not trusted")
        .contains("https://127.0.0.1:");
  }

  @Test
  void aCertificateOfAnotherHostIsNamedWithItsEndpoint() throws Exception {
    Path store = TestCertificates.create(temporary, "other", "dns:other.example.com");
    trust(store);
    Failure failure = ((SendResult.Failed) send(store)).failure();
    assertThat(failure.disposition()).isEqualTo(Disposition.BLOCKED);
    assertThat(failure.code()).isEqualTo("TlsCertificate");
    assertThat(failure.detail()).contains("127.0.0.1").contains("other");
  }

  @Test
  void aServerThatSpeaksNoTlsIsARetry() throws Exception {
    try (ServerSocket plain = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      CompletableFuture<Void> answered = CompletableFuture.runAsync(() -> answerPlainly(plain));
      Failure failure =
          ((SendResult.Failed) send("https://127.0.0.1:" + plain.getLocalPort())).failure();
      assertThat(failure.disposition()).isEqualTo(Disposition.RETRY);
      assertThat(failure.detail()).startsWith("TLS with the server failed");
      answered.get(10, TimeUnit.SECONDS);
    }
  }

  private static void answerPlainly(ServerSocket plain) {
    try (Socket connection = plain.accept()) {
      connection
          .getOutputStream()
          .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      connection.getOutputStream().flush();
      connection.shutdownOutput();
      connection.getInputStream().readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void trust(Path store) {
    System.setProperty("javax.net.ssl.trustStore", store.toString());
    System.setProperty("javax.net.ssl.trustStorePassword", "changeit");
  }

  private static SendResult send(Path store) throws Exception {
    try (FakeService service = FakeService.start(TestCertificates.context(store))) {
      return send(service.endpoint().toString());
    }
  }

  private static SendResult send(String endpoint) throws Exception {
    try (Backend backend =
        TestPlugins.create(
            "kinesis",
            Map.of("stream", "s"),
            Map.of(
                "kinesis.endpoint", endpoint,
                "kinesis.region", "us-east-1",
                "awsAccessKeyId", "key",
                "awsSecretAccessKey", "zZ-secret-access-key-of-the-tests"))) {
      return backend.send(TestBatch.ofLines("a\n")).toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
  }
}
