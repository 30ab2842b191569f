package io.kinesisagent.tests.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import io.kinesisagent.tests.support.AgentProcess;
import io.kinesisagent.tests.support.Checkout;
import io.kinesisagent.tests.support.FakeKinesis;
import io.kinesisagent.tests.support.Ledger;
import io.kinesisagent.tests.support.Lines;
import io.kinesisagent.tests.support.LogWriter;
import io.kinesisagent.tests.support.Scene;
import io.kinesisagent.tests.support.Secrets;
import io.kinesisagent.tests.support.Tls;
import io.kinesisagent.tests.support.Workspace;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Credentials and trust as the whole agent finds and tells them. That no log of any agent of these
 * tests holds a secret is asserted when each is closed; what tests print or log themselves is
 * searched after all of them, by a program that is tried here.
 */
class SecretsTest {
  @TempDir Path folder;

  @Test
  void credentialsThatAreBrieflyUnavailableAreAnErrorSaidOnce() throws IOException {
    AtomicInteger asked = new AtomicInteger();
    HttpServer container =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    container.createContext(
        "/",
        exchange -> {
          boolean away = asked.incrementAndGet() <= 12;
          byte[] body =
              (away ? "{\"message\":\"away\"}" : document()).getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(away ? 400 : 200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    container.start();
    try (Scene scene = new Scene(folder, 71)) {
      ObjectNode settings = scene.settings("app*");
      settings.remove("awsAccessKeyId");
      settings.remove("awsSecretAccessKey");
      scene.workspace().configure(settings);
      scene.writer().write(2000);
      String url = "http://127.0.0.1:" + container.getAddress().getPort() + "/credentials";
      AgentProcess agent =
          scene.start(
              Map.of(
                  "AWS_CONTAINER_CREDENTIALS_FULL_URI",
                  url,
                  "AWS_CONTAINER_AUTHORIZATION_TOKEN",
                  Secrets.CONTAINER_TOKEN,
                  "AWS_ACCESS_KEY_ID",
                  "",
                  "AWS_SECRET_ACCESS_KEY",
                  "",
                  "AWS_CONFIG_FILE",
                  folder.resolve("none").toString(),
                  "AWS_SHARED_CREDENTIALS_FILE",
                  folder.resolve("none").toString()));
      scene.awaitDelivered(agent);
      agent.terminateCleanly();
      assertThat(asked.get()).isGreaterThan(12);
      assertThat(agent.log().lines().filter(line -> line.contains("CredentialsUnavailable")))
          .hasSize(1)
          .allSatisfy(line -> assertThat(line).contains(" ERROR ").contains("no credentials"));
      assertThat(agent.log()).contains("credentials come from the default chain (container)");
    } finally {
      container.stop(0);
    }
  }

  @Test
  void aSecretInAnyReportOfTheTestsIsFound() throws Exception {
    Path reports = Files.createDirectories(folder.resolve("module/target/surefire-reports"));
    assertThat(search()).as("nothing to search").isEqualTo(65);
    Files.writeString(reports.resolve("TEST-a.xml"), "<system-out>all is well\n</system-out>");
    assertThat(search()).isZero();
    for (String secret : Secrets.all()) {
      Path planted =
          Files.writeString(reports.resolve("b-output.txt"), "a line\nkey=" + secret + ";\n");
      assertThat(search()).isEqualTo(1);
      Files.delete(planted);
    }
    assertThat(search()).isZero();
  }

  private int search() throws Exception {
    return new ProcessBuilder(
            Checkout.top().resolve(".ci/no-secrets").toString(), folder.toString())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  private static String document() {
    return "{\"AccessKeyId\":\"AKIDCONTAINER\",\"SecretAccessKey\":\""
        + Secrets.KEY
        + "\",\"Token\":\""
        + Secrets.SESSION_TOKEN
        + "\",\"Expiration\":\"2099-01-01T00:00:00Z\"}";
  }

  @Test
  void aCertificateThatNobodyVouchesForIsNamedWithItsEndpoint() {
    Tls tls = new Tls(folder);
    Workspace workspace = new Workspace(folder);
    Lines lines = new Lines('a', 72);
    try (FakeKinesis server = new FakeKinesis(72, new Ledger(lines), tls.context());
        LogWriter writer = new LogWriter(workspace.logs(), lines)) {
      ObjectNode settings = workspace.toKinesis(server.endpoint(), "app*", "stream");
      settings
          .put("awsSessionToken", Secrets.SESSION_TOKEN)
          .put("proxy.host", "127.0.0.1")
          .put("proxy.port", 1)
          .put("proxy.username", "user")
          .put("proxy.password", Secrets.PROXY_PASSWORD)
          .put("proxy.nonProxyHosts", "127.0.0.1");
      workspace.configure(settings);
      writer.write(100);
      try (AgentProcess agent = AgentProcess.start(workspace)) {
        agent.until("it is said", Scene.PATIENCE, () -> agent.log().contains("TlsCertificate"));
        agent.terminate();
        assertThat(agent.log().lines().filter(line -> line.contains("TlsCertificate")))
            .hasSize(1)
            .allSatisfy(
                line ->
                    assertThat(line)
                        .contains(" ERROR ")
                        .contains("\"CN=127.0.0.1\"")
                        .contains("is not trusted")
                        .contains(server.endpoint().toString()));
      }
    }
  }
}
