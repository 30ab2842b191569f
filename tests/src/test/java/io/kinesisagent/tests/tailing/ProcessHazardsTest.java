package io.kinesisagent.tests.tailing;

import static io.kinesisagent.tests.support.LedgerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.kinesisagent.tests.support.AgentProcess;
import io.kinesisagent.tests.support.Command;
import io.kinesisagent.tests.support.Faults;
import io.kinesisagent.tests.support.Rotation;
import io.kinesisagent.tests.support.Scene;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only a whole process can show: limits and permissions of the system, locks, its own log. */
class ProcessHazardsTest {
  @TempDir Path folder;

  /** The system refuses to let any file of the process grow, as a full disk does. */
  @Test
  void aDiskFullForCheckpointsStopsNoShipping() throws Exception {
    try (Scene scene = new Scene(folder, 91)) {
      // So many checkpoints that the log, which is under the same limit, stays the smaller file.
      for (int files = 0; files < 60; files++) {
        scene.writer().write(10);
        scene.writer().rotate(Rotation.NEW_NAME);
      }
      AgentProcess agent = scene.start();
      scene.writer().write(2_000);
      scene.awaitDelivered(agent);
      Path checkpoints = scene.workspace().checkpoints();
      agent.until("a checkpoint of all", Scene.PATIENCE, () -> checkpointed(checkpoints, scene));
      byte[] lastGood = Files.readAllBytes(checkpoints);
      limitFileSize(agent, Integer.toString(lastGood.length));
      scene.writer().write(2_000);
      scene.awaitDelivered(agent);
      agent.until(
          "status says that checkpoints cannot be written",
          Scene.PATIENCE,
          () -> status(scene).contains("CHECKPOINTS CANNOT BE WRITTEN"));
      agent.until(
          "the alarm is raised",
          Scene.PATIENCE,
          () -> agent.log().contains("checkpoints cannot be written (File too large)"));
      assertThat(agent.log()).doesNotContain("checkpoints are written again");
      assertThat(Files.readAllBytes(checkpoints)).isEqualTo(lastGood);

      limitFileSize(agent, "unlimited");
      agent.until(
          "checkpoints are written", Scene.PATIENCE, () -> checkpointed(checkpoints, scene));
      agent.until(
          "the alarm is cleared",
          Scene.PATIENCE,
          () -> agent.log().contains("checkpoints are written again"));
      agent.kill();
      AgentProcess second = scene.start();
      scene.writer().write(10);
      scene.awaitDelivered(second);
      second.terminateCleanly();
      assertThat(scene.account()).lostNothing().repeatedNothing();
    }
  }

  private static boolean checkpointed(Path checkpoints, Scene scene) {
    try {
      String end = "\"offset\":" + Files.size(scene.writer().path()) + ",";
      return Files.exists(checkpoints) && Files.readString(checkpoints).contains(end);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void limitFileSize(AgentProcess agent, String bytes) throws Exception {
    Process limit =
        new ProcessBuilder("prlimit", "--pid", Long.toString(agent.pid()), "--fsize=" + bytes + ":")
            .inheritIO()
            .start();
    assertThat(limit.waitFor()).isZero();
  }

  private static String status(Scene scene) {
    return Command.run(scene.workspace(), "status").out();
  }

  @Test
  void permissionLostAndGivenBack() throws Exception {
    try (Scene scene = new Scene(folder, 92)) {
      Path other = scene.workspace().logs().resolve("app-other.log");
      Files.writeString(other, "");
      AgentProcess agent =
          scene.startUnder(List.of("setpriv", "--bounding-set=-dac_override,-dac_read_search"));
      Path unreadable = scene.workspace().logs().resolve("app-secret.log");
      mode(Files.createFile(unreadable), "---------");
      Files.write(unreadable, scene.writer().lines().line(0));
      scene.writer().write(1);
      scene.writer().write(1_000);
      agent.until(
          "status names the file and the command that would help",
          Scene.PATIENCE,
          () -> status(scene).contains("app-secret.log"));
      scene.awaitDelivered(agent);
      String before = status(scene);
      assertThat(before).contains("permission denied", "setfacl -m u:");
      // An open handle goes on.
      mode(scene.writer().path(), "---------");
      scene.writer().write(1_000);
      scene.awaitDelivered(agent);
      assertThat(agent.log().split("app-secret.log cannot be read", -1)).hasSize(2);
      assertThat(scene.account().repeated()).isZero();
      mode(unreadable, "r--------");
      agent.until("the file is read now", Scene.PATIENCE, () -> scene.account().repeated() == 1);
      agent.terminateCleanly();
      assertThat(agent.log()).doesNotContain("are lost").contains("can be read again");
      assertThat(scene.account()).lostNothing();
    }
  }

  @Test
  void anAbsentDirectoryIsWaitedForAndSaidOnce() throws Exception {
    try (Scene scene = new Scene(folder, 98)) {
      Path service = scene.workspace().logs().resolve("service");
      Path log = service.resolve("app.log");
      scene.workspace().configure(scene.settings("service/app*"));
      AgentProcess agent = scene.start();
      String absent = service + " is not there; it is waited for";
      agent.until(
          "the absent directory is said", Scene.PATIENCE, () -> agent.log().contains(absent));
      Files.createDirectory(service);
      Files.write(log, scene.writer().lines().line(0));
      scene.awaitArrivals(agent, 1);
      Files.delete(log);
      Files.delete(service);
      agent.until(
          "it is said again that the directory is absent",
          Scene.PATIENCE,
          () -> agent.log().split(absent, -1).length > 2);
      agent.terminateCleanly();
      assertThat(agent.log().split(absent, -1)).hasSize(3);
      assertThat(agent.log()).contains(service + " is there now").doesNotContain("cannot be");
    }
  }

  private static void mode(Path file, String mode) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }

  @Test
  void deletedAndNeverRotatedIsShownByStatusAndLetGoOnceRead() throws Exception {
    try (Scene scene = new Scene(folder, 93)) {
      AgentProcess agent = scene.start();
      scene.writer().write(100);
      scene.awaitDelivered(agent);
      Object deleted = Files.getAttribute(scene.writer().path(), "unix:fileKey");
      assertThat(agent.openFiles()).contains(deleted);
      scene.server().faults(new Faults(0, 1, 0, 0, 0));
      scene.writer().write(200_000);
      scene.writer().rotate(Rotation.DELETE);
      agent.until(
          "status shows it as deleted", Scene.PATIENCE, () -> status(scene).contains("deleted"));
      assertThat(agent.openFiles()).contains(deleted);
      scene.server().faults(Faults.NONE);
      scene.awaitDelivered(agent);
      agent.until(
          "its handle is closed", Scene.PATIENCE, () -> !agent.openFiles().contains(deleted));
      agent.terminateCleanly();
      assertThat(scene.account()).lostNothing().repeatedNothing();
    }
  }

  @Test
  void twoAgentsWithOneCheckpointFile() {
    try (Scene scene = new Scene(folder, 94)) {
      AgentProcess first = scene.start();
      scene.writer().write(10);
      scene.awaitDelivered(first);
      AgentProcess second = scene.start();
      assertThat(second.exitStatus()).isNotZero();
      assertThat(second.log()).contains("another agent, process " + first.pid() + ", uses");
      scene.writer().write(10);
      scene.awaitDelivered(first);
      first.terminateCleanly();
      assertThat(scene.account()).lostNothing().repeatedNothing();
    }
  }

  @Test
  void theAgentsOwnLogMatchesThePattern() throws IOException {
    try (Scene scene = new Scene(folder, 95)) {
      scene.workspace().configure(scene.settings("*.log"));
      AgentProcess agent =
          scene.start(
              Map.of("AGENT_LOG_TO", "file", "AGENT_LOG_DIR", scene.workspace().logs().toString()));
      assertThat(agent.exitStatus()).isNotZero();
      Path ownLog = scene.workspace().logs().resolve("aws-kinesis-agent.log");
      assertThat(Files.readString(ownLog))
          .contains("matches the agent's own log " + ownLog, "would feed on itself");
    }
  }

  @Test
  void theFileThatTheAgentsOutputGoesToMatchesThePattern() {
    try (Scene scene = new Scene(folder, 96)) {
      scene.workspace().configure(scene.settings(folder.resolve("*.log").toString()));
      AgentProcess agent = scene.start();
      assertThat(agent.exitStatus()).isEqualTo(78);
      assertThat(agent.log()).contains("to which the agent's output goes: the flow would feed on");
    }
  }

  @Test
  void aLinkToTheFileThatTheAgentsOutputGoesToIsPassedOver() throws IOException {
    try (Scene scene = new Scene(folder, 97)) {
      Path output = scene.workspace().folder().resolve("agent.log");
      Files.createSymbolicLink(scene.workspace().logs().resolve("app.stdout"), output);
      AgentProcess agent = scene.start();
      scene.writer().write(100);
      scene.awaitDelivered(agent);
      assertThat(status(scene)).contains("app.log").doesNotContain("app.stdout");
      agent.terminateCleanly();
      assertThat(scene.account()).lostNothing().repeatedNothing();
    }
  }
}
