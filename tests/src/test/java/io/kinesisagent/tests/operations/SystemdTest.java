package io.kinesisagent.tests.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kinesisagent.tests.support.AgentProcess;
import io.kinesisagent.tests.support.Scene;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What systemd is told, by a systemd-notify that only keeps what it was started with. */
class SystemdTest {
  @TempDir Path folder;

  @Test
  void readyReloadingARefusalAndStoppingAreTold() throws IOException {
    Path told = folder.resolve("told");
    try (Scene scene = new Scene(folder, 111)) {
      AgentProcess agent = start(scene, told);
      scene.writer().write(10);
      scene.awaitDelivered(agent);
      assertThat(lines(told)).containsExactly("READY=1 STATUS=1 flow runs");

      ObjectNode bad = scene.settings("app*");
      bad.put("maxOpenFiles", 1).put("maxConnections", 0);
      scene.workspace().configure(bad);
      agent.reload();
      agent.until("the refusal is told", Scene.PATIENCE, () -> lines(told).size() == 3);
      assertThat(lines(told).get(1)).startsWith("RELOADING=1 MONOTONIC_USEC=");
      assertThat(lines(told).get(2))
          .startsWith(
              "READY=1 STATUS=1 flow runs; the last reload was REFUSED: "
                  + scene.workspace().configuration())
          .contains("$.maxOpenFiles: is out of range: 1")
          .endsWith("(and 1 more error)");

      scene.workspace().configure(scene.settings("app*"));
      agent.reload();
      agent.until("so is the next reload", Scene.PATIENCE, () -> lines(told).size() == 5);
      assertThat(lines(told).get(4)).isEqualTo("READY=1 STATUS=1 flow runs");
      agent.terminateCleanly();
      assertThat(lines(told)).hasSize(6).last().isEqualTo("STOPPING=1");
    }
  }

  @Test
  void aStopThatMayTakeLongerThanTheUnitGivesAsksForMore() throws IOException {
    Path told = folder.resolve("told");
    try (Scene scene = new Scene(folder, 112)) {
      ObjectNode patient = scene.settings("app*");
      patient.put("shutdownTimeoutMillis", 60_000);
      scene.workspace().configure(patient);
      AgentProcess agent = start(scene, told);
      scene.writer().write(10);
      scene.awaitDelivered(agent);
      agent.terminateCleanly();
      assertThat(lines(told)).last().isEqualTo("STOPPING=1 EXTEND_TIMEOUT_USEC=70000000");
    }
  }

  private AgentProcess start(Scene scene, Path told) throws IOException {
    String path = notifier(told) + ":" + System.getenv("PATH");
    return scene.start(Map.of("NOTIFY_SOCKET", "/nowhere", "PATH", path));
  }

  /** The folder of a systemd-notify. */
  private Path notifier(Path told) throws IOException {
    Path programs = Files.createDirectory(folder.resolve("programs"));
    Path program = programs.resolve("systemd-notify");
    Files.writeString(program, "#!/bin/sh\nprintf '%s\\n' \"$*\" >>'" + told + "'\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
    return programs;
  }

  private static List<String> lines(Path told) {
    try {
      return Files.exists(told) ? Files.readAllLines(told) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
