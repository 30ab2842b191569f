package io.kinesisagent.tests.operations;

import static io.kinesisagent.tests.support.LedgerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kinesisagent.tests.support.AgentProcess;
import io.kinesisagent.tests.support.Command;
import io.kinesisagent.tests.support.Rotation;
import io.kinesisagent.tests.support.Scene;
import io.kinesisagent.tests.support.Workspace;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an agent says when it starts, what it refuses, and what one flow is to another. */
class StartTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  @Test
  void theLogTellsVersionJavaConfigurationRegionCredentialsFlowsAndWhatMatches() {
    try (Scene scene = new Scene(folder, 101)) {
      ObjectNode settings = scene.settings("app*");
      settings.put("log.statusReportingPeriodSeconds", 1);
      scene.workspace().configure(settings);
      scene.writer().write(10);
      AgentProcess agent = scene.start();
      scene.awaitDelivered(agent);
      agent.until(
          "a status line tells of all ten",
          Scene.PATIENCE,
          () -> agent.log().contains("is shipping: 10 of 10 records delivered, 0 in flight"));
      agent.terminateCleanly();
      String pattern = scene.workspace().logs().resolve("app*").toString();
      assertThat(agent.log())
          .containsPattern("aws-kinesis-agent/\\S+ on Java [0-9]+")
          .contains("configuration " + scene.workspace().configuration())
          .contains("kinesis: the region is us-east-1, from the configuration")
          .contains("kinesis: credentials come from awsAccessKeyId of the configuration")
          .contains("reads " + pattern + " and goes to KinesisStream:stream")
          .contains("flow kinesis:stream:" + pattern + ": 1 file matches now")
          .contains("stopped: everything that was read has been delivered")
          .doesNotContain("not-a-secret");
    }
  }

  @Test
  void aSecondAgentOnTheSameCheckpointsIsRefusedAndTheFirstIsNamed() {
    try (Scene scene = new Scene(folder, 102)) {
      AgentProcess first = scene.start();
      scene.writer().write(100);
      scene.awaitDelivered(first);
      AgentProcess second = scene.start();
      assertThat(second.exitStatus()).isEqualTo(69);
      assertThat(second.log())
          .contains("another agent, process " + first.pid() + ", uses the checkpoint file");
      scene.writer().write(100);
      scene.awaitDelivered(first);
      first.terminateCleanly();
      assertThat(scene.account()).lostNothing().repeatedNothing();
    }
  }

  @Test
  void aFlowThatWouldReadTheAgentsOwnLogIsRefused() {
    try (Scene scene = new Scene(folder, 103)) {
      scene.workspace().configure(scene.settings("*.log"));
      AgentProcess agent =
          scene.start(
              Map.of("AGENT_LOG_TO", "file", "AGENT_LOG_DIR", scene.workspace().logs().toString()));
      assertThat(agent.exitStatus()).isEqualTo(78);
      assertThat(scene.workspace().logs().resolve("aws-kinesis-agent.log"))
          .content()
          .contains("matches the agent's own log");
      // The service manager shows what is said there.
      assertThat(agent.log())
          .contains("matches the agent's own log")
          .contains("has errors; nothing is shipped before they are mended");
    }
  }

  @Test
  void aFlowThatCannotWorkIsShownAndTakesNoOtherWithIt() throws IOException {
    try (Scene scene = new Scene(folder, 104)) {
      ObjectNode settings = scene.settings("app*");
      // A file stands where the destination's directory should be made.
      Path obstacle = Files.writeString(folder.resolve("obstacle"), "");
      scene
          .workspace()
          .addFlow(settings, "app*")
          .putObject("destination")
          .put("type", "file")
          .put("directory", obstacle.resolve("out").toString());
      scene.workspace().configure(settings);
      AgentProcess agent = scene.start();
      scene.writer().write(1_000);
      scene.awaitDelivered(agent);
      agent.until(
          "the status tells why the other flow stands still",
          Scene.PATIENCE,
          () -> !lastError(scene, 1).isEmpty());
      assertThat(lastError(scene, 1)).contains(obstacle.toString());
      assertThat(lastError(scene, 0)).isEmpty();
    }
  }

  private static String lastError(Scene scene, int flow) {
    try {
      JsonNode status = JSON.readTree(Command.run(scene.workspace(), "status", "--json").out());
      return status.at("/flows/" + flow + "/lastError/message").asText("");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void debugInTheEnvironmentShowsWhatHappensToEachFile() {
    try (Scene scene = new Scene(folder, 107)) {
      String file = scene.workspace().logs().resolve("app.log").toString();
      AgentProcess quiet = scene.start();
      scene.writer().write(100);
      scene.awaitDelivered(quiet);
      quiet.terminateCleanly();
      assertThat(quiet.log().lines()).noneMatch(line -> line.contains(" DEBUG "));

      AgentProcess agent = scene.start(Map.of("AGENT_LOG_LEVEL", "DEBUG"));
      scene.writer().rotate(Rotation.RENAME);
      scene.writer().write(100);
      scene.awaitDelivered(agent);
      agent.terminateCleanly();
      assertThat(agent.log().lines())
          .anyMatch(line -> line.contains(" DEBUG ") && line.contains(file));
    }
  }

  @Test
  void eachLineOfTheLogIsJsonWhereThatIsAskedFor() throws IOException {
    try (Scene scene = new Scene(folder, 105)) {
      AgentProcess agent = scene.start(Map.of("AGENT_LOG_FORMAT", "json"));
      scene.writer().write(100);
      scene.awaitDelivered(agent);
      agent.terminateCleanly();
      for (String line : agent.log().lines().toList()) {
        JsonNode event = JSON.readTree(line);
        assertThat(event.path("message").asText()).as(line).isNotEmpty();
        assertThat(event.path("log.level").asText()).as(line).isIn("INFO", "WARN");
      }
    }
  }

  @Test
  void theLogFileIsRolledAndWhatIsOlderThanAWeekIsDeleted() throws IOException {
    Path logs = Files.createDirectory(folder.resolve("agent-logs"));
    Path old = aged(logs.resolve("aws-kinesis-agent.log.2026-01-01.1"), 8);
    Path young = aged(logs.resolve("aws-kinesis-agent.log.2026-01-06.1"), 6);
    Path other = aged(logs.resolve("other.log"), 100);
    try (RandomAccessFile large =
        new RandomAccessFile(logs.resolve("aws-kinesis-agent.log").toFile(), "rw")) {
      large.setLength(11 << 20);
    }
    try (Scene scene = new Scene(folder, 106)) {
      AgentProcess agent =
          scene.start(Map.of("AGENT_LOG_TO", "file", "AGENT_LOG_DIR", logs.toString()));
      scene.writer().write(100);
      scene.awaitDelivered(agent);
      agent.terminateCleanly();
    }
    assertThat(old).doesNotExist();
    assertThat(young).exists();
    assertThat(other).exists();
    assertThat(logs.resolve("aws-kinesis-agent.log")).content().contains("stopped: everything");
    try (Stream<Path> files = Files.list(logs)) {
      assertThat(files.filter(file -> size(file) == 11 << 20)).hasSize(1);
    }
  }

  private static Path aged(Path file, int days) throws IOException {
    Files.writeString(file, "old\n");
    return Files.setLastModifiedTime(
        file, FileTime.from(Instant.now().minus(Duration.ofDays(days))));
  }

  private static long size(Path file) {
    return file.toFile().length();
  }

  /** A service manager and most containers give the agent this locale. */
  @Test
  void aFileWhoseNameIsNotAsciiGoesOnAfterARestartInTheLocaleC() throws Exception {
    Workspace workspace = new Workspace(folder);
    workspace.configure(workspace.toFiles("*.log"));
    for (int run = 1; run <= 3; run++) {
      // By a shell, since this process's own locale may be C too.
      String append = "printf 'line " + run + "\\n' >> \"$(printf 'b\\303\\274cher.log')\"";
      Process shell =
          new ProcessBuilder("sh", "-c", append).directory(workspace.logs().toFile()).start();
      assertThat(shell.waitFor()).isZero();
      try (AgentProcess agent = AgentProcess.start(workspace, Map.of("LC_ALL", "C"))) {
        int lines = run;
        agent.until("the line arrives", Scene.PATIENCE, () -> delivered(workspace).size() >= lines);
        agent.terminateCleanly();
        assertThat(agent.log()).doesNotContain("damaged");
      }
    }
    assertThat(delivered(workspace)).containsExactly("line 1", "line 2", "line 3");
  }

  private static List<String> delivered(Workspace workspace) {
    try (Stream<Path> files = Files.list(workspace.delivered())) {
      List<String> lines = new ArrayList<>();
      for (Path file : files.sorted().toList()) {
        lines.addAll(Files.readAllLines(file));
      }
      return lines;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
