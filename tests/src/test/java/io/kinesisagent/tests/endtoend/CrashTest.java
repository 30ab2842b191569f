package io.kinesisagent.tests.endtoend;

import static io.kinesisagent.tests.support.LedgerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.kinesisagent.tests.support.AgentProcess;
import io.kinesisagent.tests.support.Background;
import io.kinesisagent.tests.support.Scene;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrashTest {
  /**
   * Checkpoints are appended at most 100 ms apart; a busy machine is given as much again and more.
   */
  private static final long CHECKPOINT_AGE_NANOS = TimeUnit.MILLISECONDS.toNanos(400);

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
          "%d lines, 5 kills, %d repeated, of %d that might have been%n",
          scene.writer().written(), scene.account().repeated(), repeatable.get());
      assertThat(scene.account()).lostNothing().repeatedAtMost(repeatable.get());
    }
  }

  /** Runs the agent until {@code lines} more have arrived; gives how many may arrive again. */
  private static long killAfter(Scene scene, long lines) {
    AgentProcess agent = scene.start();
    scene.awaitArrivals(agent, scene.ledger().distinct() + lines);
    long killedAt = System.nanoTime();
    agent.kill();
    return scene.throughput().since(killedAt - CHECKPOINT_AGE_NANOS);
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
