package io.kinesisagent.tests.rotators;

import static io.kinesisagent.tests.support.LedgerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kinesisagent.tests.support.AgentProcess;
import io.kinesisagent.tests.support.Await;
import io.kinesisagent.tests.support.Background;
import io.kinesisagent.tests.support.Lines;
import io.kinesisagent.tests.support.LogWriter;
import io.kinesisagent.tests.support.Scene;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The writer goes on while logrotate works and opens its file anew a moment later, as after a
 * postrotate signal; with copytruncate it pauses, as nothing can save what is written between the
 * copy and the cut.
 */
class LogrotateTest {
  private static final int LINES_PER_SECOND = 2_000;

  @TempDir Path folder;
  private Path program;

  @BeforeEach
  void findLogrotate() {
    program =
        Stream.of("/usr/sbin/logrotate", "/sbin/logrotate", "/usr/bin/logrotate")
            .map(Path::of)
            .filter(Files::isExecutable)
            .findFirst()
            .orElse(null);
    if (program == null) {
      System.out.println("SKIPPED: logrotate is not installed, so it is not tested against");
    }
    assumeTrue(program != null, "logrotate is not installed");
  }

  @Test
  void create() {
    rotateUnderLoad(8, "create", "rotate 100");
  }

  @Test
  void createAndDeleteTheOldest() {
    rotateUnderLoad(8, "create", "rotate 2");
  }

  @Test
  void dateext() {
    rotateUnderLoad(3, "create", "rotate 100", "dateext", "dateformat -%Y%m%d-%s");
  }

  @Test
  void compressWithDelaycompress() throws IOException {
    rotateUnderLoad(6, "create", "rotate 100", "compress", "delaycompress");
    try (Stream<Path> files = Files.list(folder.resolve("logs"))) {
      assertThat(files.map(Path::toString).filter(name -> name.endsWith(".gz"))).isNotEmpty();
    }
  }

  @Test
  void olddirOutsideThePattern() throws IOException {
    Path old = Files.createDirectory(folder.resolve("old"));
    rotateUnderLoad(6, "create", "rotate 100", "olddir " + old);
    try (Stream<Path> files = Files.list(old)) {
      assertThat(files).isNotEmpty();
    }
  }

  @Test
  void maxsizeWithManyRotations() {
    try (Scene scene = new Scene(folder, 47)) {
      AgentProcess agent = scene.start();
      // Each run finds the file beyond 20 kB, so each rotates; hourly alone would not.
      Rotator rotator =
          new Rotator(List.of("create", "hourly", "maxsize 20k", "rotate 1000"), false);
      for (int i = 0; i < 60; i++) {
        scene.writer().write(200);
        rotator.run();
        scene.writer().write(3);
        scene.writer().reopen();
      }
      assertEveryLineOnce(scene, agent);
      assertThat(rotatedFiles()).isGreaterThanOrEqualTo(59);
    }
  }

  @Test
  void copytruncateIntoThePatternLosesAndRepeatsNothing() {
    try (Scene scene = new Scene(folder, 48)) {
      AgentProcess agent = scene.start();
      Rotator rotator = new Rotator(List.of("copytruncate", "rotate 100"), true);
      for (int i = 0; i < 8; i++) {
        scene.writer().writeFor(300, LINES_PER_SECOND);
        rotator.run();
      }
      scene.writer().write(100);
      assertEveryLineOnce(scene, agent);
    }
  }

  @Test
  void copytruncateOutOfThePatternAfterItWasRead() {
    try (Scene scene = new Scene(folder, 49)) {
      scene.workspace().configure(scene.settings("app.log"));
      AgentProcess agent = scene.start();
      Rotator rotator = new Rotator(List.of("copytruncate", "rotate 100"), true);
      for (int i = 0; i < 5; i++) {
        scene.writer().writeFor(300, LINES_PER_SECOND);
        scene.awaitDelivered(agent);
        rotator.run();
      }
      scene.writer().write(100);
      assertEveryLineOnce(scene, agent);
    }
  }

  private void rotateUnderLoad(int rotations, String... directives) {
    try (Scene scene = new Scene(folder, 40 + rotations)) {
      AgentProcess agent = scene.start();
      Rotator rotator = new Rotator(List.of(directives), true);
      LogWriter writer = scene.writer();
      Background.writing(
          writer,
          LINES_PER_SECOND,
          () -> {
            for (int i = 0; i < rotations; i++) {
              awaitReading(scene, agent);
              rotator.run();
              writer.reopen();
            }
          });
      assertEveryLineOnce(scene, agent);
    }
  }

  /** Waits until a line of the current file has arrived. */
  private static void awaitReading(Scene scene, AgentProcess agent) {
    Lines lines = scene.writer().lines();
    agent.until(
        "the current file is being read",
        Scene.PATIENCE,
        () -> scene.ledger().arrived(lines, scene.writer().firstInFile()));
  }

  private static void assertEveryLineOnce(Scene scene, AgentProcess agent) {
    scene.awaitDelivered(agent);
    agent.terminateCleanly();
    assertThat(scene.account()).lostNothing().repeatedNothing();
  }

  private long rotatedFiles() {
    try (Stream<Path> files = Files.list(folder.resolve("logs"))) {
      return files.count() - 1;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One logrotate configuration and state. */
  private final class Rotator {
    private final List<String> command = new ArrayList<>();

    Rotator(List<String> directives, boolean force) {
      Path configuration = folder.resolve("logrotate.conf");
      try {
        Files.writeString(
            configuration,
            folder.resolve("logs/app.log") + " {\n  " + String.join("\n  ", directives) + "\n}\n");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      command.addAll(
          List.of(program.toString(), "-s", folder.resolve("logrotate.state").toString()));
      if (force) {
        command.add("-f");
      }
      command.add(configuration.toString());
    }

    /** Rotates. A name with a date in it is free again with the next second. */
    void run() {
      Await.until("a free name to rotate to", Duration.ofSeconds(10), this::rotates);
    }

    private boolean rotates() {
      try {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() == 0) {
          return true;
        }
        if (output.contains("already exists, skipping rotation")) {
          return false;
        }
        throw new AssertionError("logrotate: " + output);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError(e);
      }
    }
  }
}
