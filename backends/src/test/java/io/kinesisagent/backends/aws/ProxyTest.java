package io.kinesisagent.backends.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinesisagent.backends.TestBatch;
import io.kinesisagent.backends.TestPlugins;
import io.kinesisagent.backends.server.FakeService;
import io.kinesisagent.backends.server.TestCertificates;
import io.kinesisagent.backends.server.Tinyproxy;
import io.kinesisagent.spi.Backend;
import io.kinesisagent.spi.Disposition;
import io.kinesisagent.spi.SendResult;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Through a real proxy, by CONNECT to a service that speaks TLS, and plainly. */
class ProxyTest {
  @TempDir Path temporary;
  private FakeService service;
  private FakeService tls;

  @BeforeEach
  void start() throws Exception {
    if (!Tinyproxy.isInstalled()) {
      System.out.println("ProxyTest is skipped: tinyproxy is not installed");
    }
    Assumptions.assumeTrue(Tinyproxy.isInstalled(), "tinyproxy is not installed");
    Path store = TestCertificates.create(temporary, "service", "ip:127.0.0.1");
    System.setProperty("javax.net.ssl.trustStore", store.toString());
    System.setProperty("javax.net.ssl.trustStorePassword", "changeit");
    service = FakeService.start();
    tls = FakeService.start(TestCertificates.context(store));
  }

  @AfterEach
  void stop() {
    System.clearProperty("javax.net.ssl.trustStore");
    System.clearProperty("javax.net.ssl.trustStorePassword");
    if (service != null) {
      service.close();
      tls.close();
    }
  }

  @Test
  void requestsTakeTheProxy() throws Exception {
    try (Tinyproxy proxy = Tinyproxy.start(temporary, "")) {
      Map<String, Object> settings =
          Map.of("proxy.host", "127.0.0.1", "proxy.port", (long) proxy.port());
      assertThat(send(tls, settings)).isEqualTo(SendResult.DELIVERED);
      assertThat(proxy.log()).contains("CONNECT 127.0.0.1:" + tls.endpoint().getPort());
      assertThat(send(service, settings)).isEqualTo(SendResult.DELIVERED);
      assertThat(proxy.log()).contains(service.endpoint().toString());
    }
  }

  @Test
  void theProxyIsToldNameAndPassword() throws Exception {
    try (Tinyproxy proxy = Tinyproxy.start(temporary, "agent zZ-proxy-password-of-the-tests")) {
      Map<String, Object> settings = new HashMap<>();
      settings.put("proxy.host", "127.0.0.1");
      settings.put("proxy.port", (long) proxy.port());
      SendResult refused = send(tls, settings);
      assertThat(refused).isInstanceOf(SendResult.Failed.class);
      assertThat(((SendResult.Failed) refused).failure().disposition())
          .isNotEqualTo(Disposition.REJECTED);
      settings.put("proxy.username", "agent");
      settings.put("proxy.password", "zZ-proxy-password-of-the-tests");
      assertThat(send(tls, settings)).isEqualTo(SendResult.DELIVERED);
      assertThat(send(service, settings)).isEqualTo(SendResult.DELIVERED);
    }
  }

  @Test
  void directHostsPassItBy() throws Exception {
    try (Tinyproxy proxy = Tinyproxy.start(temporary, "")) {
      Map<String, Object> settings =
          Map.of(
              "proxy.host",
              "127.0.0.1",
              "proxy.port",
              (long) proxy.port(),
              "proxy.nonProxyHosts",
              List.of("127.0.0.*"));
      assertThat(send(tls, settings)).isEqualTo(SendResult.DELIVERED);
      assertThat(proxy.log()).doesNotContain("CONNECT 127.0.0.1");
    }
  }

  private static SendResult send(FakeService to, Map<String, Object> settings) throws Exception {
    Map<String, Object> all = new HashMap<>(settings);
    all.put("kinesis.endpoint", to.endpoint().toString());
    all.put("kinesis.region", "us-east-1");
    all.put("awsAccessKeyId", "key");
    all.put("awsSecretAccessKey", "zZ-secret-access-key-of-the-tests");
    try (Backend backend = TestPlugins.create("kinesis", Map.of("stream", "s"), all)) {
      return backend.send(TestBatch.ofLines("a\n")).toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
  }
}
