package io.kinesisagent.tests.scale;

import static io.kinesisagent.tests.support.LedgerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.kinesisagent.tests.support.AgentProcess;
import io.kinesisagent.tests.support.Await;
import io.kinesisagent.tests.support.Checkout;
import io.kinesisagent.tests.support.Ledger;
import io.kinesisagent.tests.support.Lines;
import io.kinesisagent.tests.support.Scene;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With {@code -Dlong=true} on 10,000 files, else on fewer. Prints its figures. */
class ManyFilesTest {
  private static final int FILES = Checkout.longRun() ? 10_000 : 1_000;
  private static final int NEW_FILES = FILES / 2;
  private static final int ACTIVE = 10;
  private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(Checkout.longRun() ? 60 : 10);
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** The part of a core that may be used; a short window still holds some of the warming up. */
  private static final double MOST_IDLE_COST = Checkout.longRun() ? 0.01 : 0.04;

  @TempDir Path folder;
  private long written;

  @Test
  void costFollowsTheActiveFilesAndNewOnesAreDrainedInSeconds() throws IOException {
    try (Scene scene = new Scene(folder, 101)) {
      Lines lines = scene.writer().lines();
      for (int number = 0; number < FILES; number++) {
        append(scene, lines, number);
      }
      long start = System.nanoTime();
      AgentProcess agent = scene.start();
      awaitAll(scene, agent);
      System.out.printf(
          Locale.ROOT,
          "%d files there at the start: delivered in %.1f s, %.1f s of processor%n",
          FILES,
          seconds(start),
          agent.cpuMillis() / 1e3);

      double idle = leastIdleCost(scene, agent, lines);
      System.out.printf(
          Locale.ROOT,
          "%d files, %d of them active: %.2f %% of a core, RSS %d MiB, %d handles open%n",
          FILES,
          ACTIVE,
          100 * idle,
          agent.rssBytes() >> 20,
          agent.openFiles().size());

      long cpu = agent.cpuMillis();
      for (int number = FILES; number < FILES + NEW_FILES; number++) {
        append(scene, lines, number);
      }
      long allThere = System.nanoTime();
      awaitAll(scene, agent);
      double drained = seconds(allThere);
      System.out.printf(
          Locale.ROOT,
          "%d new files: drained %.1f s after the last was made, %.1f s of processor%n",
          NEW_FILES,
          drained,
          (agent.cpuMillis() - cpu) / 1e3);
      agent.terminateCleanly();

      Ledger.Account account = scene.ledger().account(lines, written);
      assertThat(account).lostNothing().repeatedNothing();
      assertThat(idle).isLessThan(MOST_IDLE_COST);
      assertThat(drained).isLessThan(60);
    }
  }

  /**
   * The part of a core that is used while a few files grow: the least of some windows of time, as
   * the first fall into the time in which the program warms up.
   */
  private double leastIdleCost(Scene scene, AgentProcess agent, Lines lines) throws IOException {
    double least = Double.MAX_VALUE;
    for (int window = 0; window < 6 && least >= MOST_IDLE_COST; window++) {
      long start = System.nanoTime();
      long cpu = agent.cpuMillis();
      for (long due = start; due - start < WINDOW_NANOS; due += TimeUnit.SECONDS.toNanos(1)) {
        long next = due;
        Await.until("the next second", Duration.ofMinutes(1), () -> System.nanoTime() - next >= 0);
        for (int number = 0; number < ACTIVE; number++) {
          append(scene, lines, number);
        }
      }
      awaitAll(scene, agent);
      double cost = (agent.cpuMillis() - cpu) * 1e6 / (System.nanoTime() - start);
      least = Math.min(least, cost);
    }
    return least;
  }

  private void append(Scene scene, Lines lines, int file) throws IOException {
    Files.write(
        scene.workspace().logs().resolve("app-" + file + ".log"),
        lines.line(written),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
    written++;
  }

  private void awaitAll(Scene scene, AgentProcess agent) {
    agent.until(
        written + " lines arrive",
        PATIENCE,
        () -> scene.ledger().distinct() >= written,
        () -> scene.ledger().distinct() + " have arrived");
  }

  private static double seconds(long sinceNanos) {
    return (System.nanoTime() - sinceNanos) / 1e9;
  }
}
