package io.kinesisagent.tests.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kinesisagent.tests.support.AgentProcess;
import io.kinesisagent.tests.support.Checkout;
import io.kinesisagent.tests.support.Command;
import io.kinesisagent.tests.support.Scene;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  @Test
  void theAccountOfARunningAgentBalancesAndFitsIn80Columns() throws Exception {
    try (Scene scene = new Scene(folder, 81)) {
      AgentProcess agent = scene.start();
      scene.writer().write(5_000);
      scene.awaitDelivered(agent);
      agent.until(
          "the status shows all as delivered",
          Scene.PATIENCE,
          () -> account(scene).path("delivered").asLong() == 5_000);
      JsonNode account = account(scene);
      assertThat(account.path("recordsRead").asLong())
          .isEqualTo(
              account.path("delivered").asLong()
                  + account.path("dropped").asLong()
                  + account.path("deadLettered").asLong()
                  + account.path("inFlight").asLong());
      Command text = Command.run(scene.workspace(), "status");
      assertThat(text.exit()).isZero();
      assertThat(text.out()).contains("5,000 read = 5,000 delivered", "app.log");
      assertThat(text.out().lines()).allMatch(line -> line.length() <= 80);
      Path socket = scene.workspace().state().resolve("checkpoints.socket");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
          .isEqualTo("rw-------");
      assertThat(Command.run(scene.workspace(), "checkpoints", "list").out())
          .contains("app.log", "1 checkpoint");
      assertThat(Command.run(scene.workspace(), "checkpoints", "reset", "--flow", "x").exit())
          .isEqualTo(69);
      agent.terminateCleanly();
      assertThat(Command.run(scene.workspace(), "checkpoints", "reset", "--flow", "x").exit())
          .isEqualTo(64);
      assertThat(Command.run(scene.workspace(), "status").exit()).isEqualTo(69);
      assertThat(socket).doesNotExist();
    }
  }

  @Test
  void aResetFileIsReadAgainAndAnImportedExportUndoesIt() throws Exception {
    try (Scene scene = new Scene(folder, 82)) {
      AgentProcess agent = scene.start();
      scene.writer().write(100);
      scene.awaitDelivered(agent);
      agent.terminateCleanly();
      Path export =
          Files.writeString(
              folder.resolve("export"),
              Command.run(scene.workspace(), "checkpoints", "export").out());
      Path log = scene.workspace().logs().resolve("app.log");
      String flow = "kinesis:stream:" + scene.workspace().logs().resolve("app*");
      Command reset =
          Command.run(
              scene.workspace(), "checkpoints", "reset", "--flow", flow, "--file", log.toString());
      assertThat(reset.out()).contains("1 checkpoint forgotten");
      assertThat(Command.run(scene.workspace(), "checkpoints", "import", export.toString()).out())
          .contains("1 checkpoint imported");
      AgentProcess second = scene.start();
      scene.writer().write(100);
      scene.awaitDelivered(second);
      second.terminateCleanly();
      assertThat(scene.account().repeated()).isZero();

      Command.run(
          scene.workspace(), "checkpoints", "reset", "--flow", flow, "--file", log.toString());
      AgentProcess third = scene.start();
      third.until(
          "the file is sent again", Scene.PATIENCE, () -> scene.account().repeated() == 200);
      third.terminateCleanly();
    }
  }

  @Test
  void watchDrawsEachScreenFromTheTopUntilItIsEnded() throws Exception {
    try (Scene scene = new Scene(folder, 84)) {
      AgentProcess agent = scene.start();
      scene.writer().write(100);
      scene.awaitDelivered(agent);
      Process watch =
          new ProcessBuilder(
                  Checkout.top().resolve("bin/aws-kinesis-agent").toString(),
                  "status",
                  "--watch",
                  "-c",
                  scene.workspace().configuration().toString())
              .redirectErrorStream(true)
              .start();
      StringBuilder shown = new StringBuilder();
      try (Reader screen = new InputStreamReader(watch.getInputStream(), StandardCharsets.UTF_8)) {
        // Each screen begins at the top; the third begins when two have been drawn.
        while (shown.toString().split("\u001b\\[H", -1).length < 5) {
          int next = screen.read();
          assertThat(next).as("what was shown: %s", shown).isNotNegative();
          shown.append((char) next);
        }
      } finally {
        watch.destroy();
      }
      String[] screens = shown.toString().split("\u001b\\[H", -1);
      for (String drawn : List.of(screens[2], screens[3])) {
        assertThat(drawn).startsWith("aws-kinesis-agent ").contains("shipping to", "app.log");
        assertThat(drawn.replaceAll("\u001b\\[[A-Z]", "").split("\r\n"))
            .allMatch(line -> line.length() <= 80)
            .hasSizeLessThanOrEqualTo(24);
      }
      agent.terminateCleanly();
    }
  }

  @Test
  void noPortIsOpenedUnlessOneIsAskedFor() throws Exception {
    try (Scene scene = new Scene(folder, 85)) {
      AgentProcess agent = scene.start();
      scene.writer().write(100);
      scene.awaitDelivered(agent);
      assertThat(listening(agent.pid())).isEmpty();
      agent.terminateCleanly();

      ObjectNode settings = scene.settings("app*");
      settings.put("monitoring.address", "127.0.0.1:0");
      scene.workspace().configure(settings);
      AgentProcess monitored = scene.start();
      scene.writer().write(100);
      scene.awaitDelivered(monitored);
      assertThat(listening(monitored.pid())).hasSize(1);
      monitored.terminateCleanly();
    }
  }

  /** The TCP sockets, by inode, that a process listens at. */
  private static Set<String> listening(long pid) throws IOException {
    Set<String> all = new HashSet<>();
    for (String table : List.of("tcp", "tcp6")) {
      for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "net", table))) {
        String[] fields = line.strip().split("\\s+", -1);
        if (fields[3].equals("0A")) {
          all.add("socket:[" + fields[9] + "]");
        }
      }
    }
    Set<String> own = new HashSet<>();
    try (DirectoryStream<Path> open =
        Files.newDirectoryStream(Path.of("/proc", Long.toString(pid), "fd"))) {
      for (Path descriptor : open) {
        own.add(target(descriptor));
      }
    }
    own.retainAll(all);
    return own;
  }

  private static String target(Path descriptor) throws IOException {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (NoSuchFileException e) {
      // Closed since it was listed; it listens no more.
      return "";
    }
  }

  @Test
  void monitoringTellsMetricsStatusAndHealth() throws Exception {
    try (Scene scene = new Scene(folder, 83)) {
      ObjectNode settings = scene.settings("app*");
      settings.put("monitoring.address", "127.0.0.1:0");
      scene.workspace().configure(settings);
      AgentProcess agent = scene.start();
      scene.writer().write(1_000);
      scene.awaitDelivered(agent);
      Matcher address = Pattern.compile("monitoring at (http://\\S+)/metrics").matcher(agent.log());
      assertThat(address.find()).isTrue();
      String base = address.group(1);
      agent.until(
          "all are counted",
          Scene.PATIENCE,
          () ->
              get(base + "/metrics").body().contains("destination=\"KinesisStream:stream\"} 1000"));
      assertThat(get(base + "/metrics").body())
          .contains("kinesis_agent_records_sent_total{flow=\"kinesis:stream:")
          .containsPattern("delivery_latency_seconds_bucket\\{.*,le=\"\\+Inf\"} 1000")
          .contains("# TYPE kinesis_agent_bytes_behind gauge");
      assertThat(JSON.readTree(get(base + "/status").body()).path("flows").size()).isEqualTo(1);
      assertThat(get(base + "/healthz").statusCode()).isEqualTo(200);
      assertThat(get(base + "/readyz").statusCode()).isEqualTo(200);
      assertThat(get(base + "/metrics/other").statusCode()).isEqualTo(404);
      agent.terminateCleanly();
    }
  }

  @Test
  void metricsAreLoggedEachPeriodWhereAskedFor() throws Exception {
    try (Scene scene = new Scene(folder, 84)) {
      ObjectNode settings = scene.settings("app*");
      settings.put("log.statusReportingPeriodSeconds", 1).put("log.emitMetrics", true);
      scene.workspace().configure(settings);
      AgentProcess agent = scene.start(Map.of("AGENT_LOG_LEVEL", "DEBUG"));
      scene.writer().write(1_000);
      scene.awaitDelivered(agent);
      agent.until(
          "two periods tell that all is delivered",
          Scene.PATIENCE,
          () -> metrics(agent).filter(line -> delivered(line) == 1_000).count() >= 2);
      agent.terminateCleanly();
      assertThat(metrics(agent)).allMatch(line -> line.contains(" DEBUG "));
      assertThat(agent.log()).containsPattern(" INFO .* 1,000 of 1,000 records delivered");
    }
  }

  @Test
  void metricsAreNotLoggedUnlessAskedFor() throws Exception {
    try (Scene scene = new Scene(folder, 85)) {
      ObjectNode settings = scene.settings("app*");
      settings.put("log.statusReportingPeriodSeconds", 1);
      scene.workspace().configure(settings);
      AgentProcess agent = scene.start(Map.of("AGENT_LOG_LEVEL", "DEBUG"));
      scene.writer().write(1_000);
      agent.until(
          "a period is over",
          Scene.PATIENCE,
          () -> agent.log().contains("1,000 of 1,000 records delivered"));
      agent.terminateCleanly();
      assertThat(metrics(agent)).isEmpty();
    }
  }

  private static Stream<String> metrics(AgentProcess agent) {
    return agent.log().lines().filter(line -> line.contains("metrics of flow "));
  }

  private static long delivered(String line) {
    try {
      return JSON.readTree(line.substring(line.indexOf('{'))).at("/account/delivered").asLong();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static HttpResponse<String> get(String url) {
    try {
      return HttpClient.newHttpClient()
          .send(
              HttpRequest.newBuilder(URI.create(url)).build(),
              HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static JsonNode account(Scene scene) {
    try {
      return JSON.readTree(Command.run(scene.workspace(), "status", "--json").out())
          .at("/flows/0/account");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
