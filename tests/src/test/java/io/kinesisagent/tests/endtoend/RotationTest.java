package io.kinesisagent.tests.endtoend;

import static io.kinesisagent.tests.support.LedgerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.kinesisagent.tests.support.AgentProcess;
import io.kinesisagent.tests.support.Checkout;
import io.kinesisagent.tests.support.Rotation;
import io.kinesisagent.tests.support.Scene;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RotationTest {
  private static final int LINES_PER_SECOND = 2_000;

  @TempDir Path folder;

  @Test
  void renameEach300MillisUnderLoadLosesAndRepeatsNothing() {
    try (Scene scene = new Scene(folder, 11)) {
      AgentProcess agent = scene.start();
      int rotations = Checkout.longRun() ? 100 : 27;
      for (int i = 0; i < rotations; i++) {
        scene.writer().writeFor(300, LINES_PER_SECOND);
        scene.writer().rotate(Rotation.RENAME);
      }
      assertEveryLineOnce(scene, agent);
    }
  }

  /** The copy is left out by one pattern and taken in by the other, where it must be recognised. */
  @ParameterizedTest
  @ValueSource(strings = {"app.log", "app.log*"})
  void copyTruncateAfterItWasReadLosesAndRepeatsNothing(String pattern) {
    try (Scene scene = new Scene(folder, 12)) {
      scene.workspace().configure(scene.settings(pattern));
      AgentProcess agent = scene.start();
      int rotations = Checkout.longRun() ? 25 : 5;
      for (int i = 0; i < rotations; i++) {
        scene.writer().writeFor(300, LINES_PER_SECOND);
        scene.awaitDelivered(agent);
        scene.writer().rotate(Rotation.COPY_TRUNCATE);
      }
      scene.writer().writeFor(300, LINES_PER_SECOND);
      assertEveryLineOnce(scene, agent);
    }
  }

  /** What the cut destroyed unread is in the copy, which matches the pattern. */
  @Test
  void copyTruncateBeforeItWasReadIsCompletedFromTheCopy() {
    try (Scene scene = new Scene(folder, 13)) {
      AgentProcess agent = scene.start();
      int rotations = Checkout.longRun() ? 100 : 20;
      for (int i = 0; i < rotations; i++) {
        scene.writer().writeFor(300, LINES_PER_SECOND);
        scene.writer().write(2_000);
        scene.writer().rotate(Rotation.COPY_TRUNCATE);
      }
      scene.writer().writeFor(300, LINES_PER_SECOND);
      assertEveryLineOnce(scene, agent);
    }
  }

  /** The agent holds each file open before it goes, and so can read it to its end. */
  @ParameterizedTest
  @EnumSource(names = {"NEW_NAME", "DELETE", "REPLACE"})
  void filesThatGoAreReadToTheirEndThroughTheOpenHandle(Rotation style) {
    try (Scene scene = new Scene(folder, 14)) {
      AgentProcess agent = scene.start();
      for (int i = 0; i < 8; i++) {
        long first = scene.writer().firstInFile();
        scene.writer().writeFor(300, LINES_PER_SECOND);
        agent.until(
            "the file is being read",
            Scene.PATIENCE,
            () -> scene.ledger().arrived(scene.writer().lines(), first));
        scene.writer().write(5_000);
        scene.writer().rotate(style);
      }
      scene.writer().write(100);
      assertEveryLineOnce(scene, agent);
    }
  }

  @Test
  void filesRotatedWhileTheAgentWasDownGoOnWhereTheyWere() {
    try (Scene scene = new Scene(folder, 15)) {
      for (int run = 0; run < 3; run++) {
        AgentProcess agent = scene.start();
        scene.writer().write(5_000);
        scene.awaitArrivals(agent, scene.writer().written() - 4_000);
        agent.terminateCleanly();
        scene.writer().write(1_000);
        scene.writer().rotate(Rotation.RENAME);
        scene.writer().write(1_000);
        scene.writer().rotate(Rotation.RENAME);
        scene.writer().write(1_000);
      }
      assertEveryLineOnce(scene, scene.start());
    }
  }

  private static void assertEveryLineOnce(Scene scene, AgentProcess agent) {
    scene.awaitDelivered(agent);
    agent.terminateCleanly();
    assertThat(scene.account()).lostNothing().repeatedNothing();
  }
}
