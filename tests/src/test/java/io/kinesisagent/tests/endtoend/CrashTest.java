package io.kinesisagent.tests.endtoend;

import static io.kinesisagent.tests.support.LedgerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.kinesisagent.agent.checkpoint.Checkpoint;
import io.kinesisagent.tests.support.AgentProcess;
import io.kinesisagent.tests.support.Background;
import io.kinesisagent.tests.support.Scene;
import io.kinesisagent.tests.support.SettledLines;
import java.nio.file.Path;
import java.util.Collection;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrashTest {
  @TempDir Path folder;

  @Test
  void fiveKillsUnderLoadLoseNothingAndRepeatOnlyWhatNoCheckpointHeld() {
    try (Scene scene = new Scene(folder, 21)) {
      AtomicLong repeatable = new AtomicLong();
      Background.writing(
          scene.writer(),
          5_000,
          () -> {
            SplittableRandom random = new SplittableRandom(21);
            for (int kill = 0; kill < 5; kill++) {
              repeatable.addAndGet(killAfter(scene, 2_000 + random.nextInt(8_000)));
            }
          });
      AgentProcess agent = scene.start();
      scene.awaitDelivered(agent);
      agent.terminateCleanly();

      System.out.printf(
          "%d lines, 5 kills, %d repeated, of %d that no checkpoint held%n",
          scene.writer().written(), scene.account().repeated(), repeatable.get());
      assertThat(scene.account()).lostNothing().repeatedAtMost(repeatable.get());
      assertThat(scene.ledger().unexplained(scene.writer().lines())).isZero();
    }
  }

  /**
   * Runs the agent until it has caught up and {@code lines} more have arrived; gives how many of
   * those that arrived are in no checkpoint.
   */
  private static long killAfter(Scene scene, long lines) {
    AgentProcess agent = scene.start();
    scene.awaitArrivals(agent, scene.writer().written() + lines);
    agent.kill();
    SettledLines settled = new SettledLines(scene.writer().lines());
    Collection<Checkpoint> checkpoints = SettledLines.read(scene.workspace().checkpoints());
    assertThat(checkpoints).hasSizeLessThanOrEqualTo(1);
    checkpoints.forEach(checkpoint -> settled.take(0, checkpoint.tail()));
    assertThat(settled.numbers().cardinality()).as("what the checkpoint holds").isPositive();
    return scene.ledger().settled(scene.writer().lines(), settled.numbers());
  }

  @Test
  void aKillRightAfterTheStartLosesNothing() {
    try (Scene scene = new Scene(folder, 22)) {
      scene.writer().write(20_000);
      for (int i = 0; i < 3; i++) {
        long requests = scene.server().requests();
        AgentProcess agent = scene.start();
        agent.until(
            "the first request", Scene.PATIENCE, () -> scene.server().requests() > requests);
        agent.kill();
      }
      AgentProcess agent = scene.start();
      scene.awaitDelivered(agent);
      agent.terminateCleanly();
      assertThat(scene.account()).lostNothing();
    }
  }
}
