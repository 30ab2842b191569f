package io.kinesisagent.tests.scale;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kinesisagent.tests.support.AgentProcess;
import io.kinesisagent.tests.support.Checkout;
import io.kinesisagent.tests.support.GcLog;
import io.kinesisagent.tests.support.Lines;
import io.kinesisagent.tests.support.Scene;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With {@code -Dlong=true} a line of 1 GiB, else a shorter one. Prints its figures. */
class GiantLineTest {
  private static final int MEBIBYTE = 1 << 20;
  private static final int MEBIBYTES = Checkout.longRun() ? 1024 : 128;
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final long MOST_LIVE_BYTES = 40L * MEBIBYTE;

  @TempDir Path folder;

  @Test
  void isCutWithAFlatHeapAndTheNextLineIsRight() throws IOException {
    try (Scene scene = new Scene(folder, 111)) {
      ship(scene, "truncate", 1);
      assertThat(scene.ledger().account(scene.writer().lines(), 2).foreign()).isEqualTo(1);
    }
  }

  @Test
  void isSplitWithAFlatHeapAndNoByteIsLost() throws IOException {
    try (Scene scene = new Scene(folder, 112)) {
      ship(scene, "split", MEBIBYTES);
      Lines lines = scene.writer().lines();
      long others = (long) lines.line(0).length + lines.line(1).length;
      assertThat(scene.ledger().bytes() - others).isEqualTo((long) MEBIBYTES * MEBIBYTE + 1);
    }
  }

  private void ship(Scene scene, String option, long leastPieces) throws IOException {
    ObjectNode settings = scene.settings("giant.log");
    ((ObjectNode) settings.at("/flows/0")).put("oversizeRecordOption", option);
    scene.workspace().configure(settings);
    Lines lines = scene.writer().lines();
    byte[] piece = "x".repeat(MEBIBYTE).getBytes(StandardCharsets.US_ASCII);
    try (OutputStream out =
        new BufferedOutputStream(
            Files.newOutputStream(scene.workspace().logs().resolve("giant.log")))) {
      out.write(lines.line(0));
      for (int i = 0; i < MEBIBYTES; i++) {
        out.write(piece);
      }
      out.write('\n');
      out.write(lines.line(1));
    }
    GcLog collections = new GcLog(folder.resolve("gc.log"));
    long start = System.nanoTime();
    AgentProcess agent =
        scene.start(Map.of("JAVA_MAX_HEAP", "64m", "JVM_ARGS", collections.option()));
    agent.until("the line before", PATIENCE, () -> scene.ledger().arrived(lines, 0));
    agent.collectGarbage();
    agent.until("the line behind", PATIENCE, () -> scene.ledger().arrived(lines, 1));
    agent.until(
        "the pieces",
        PATIENCE,
        () -> scene.ledger().account(lines, 2).foreign() >= leastPieces,
        () -> scene.ledger().account(lines, 2).toString());
    agent.collectGarbage();
    System.out.printf(
        "one line of %d MiB, %s: %.1f s, %.1f s of processor, live heap %d of 64 MiB, RSS %d MiB%n",
        MEBIBYTES,
        option,
        (System.nanoTime() - start) / 1e9,
        agent.cpuMillis() / 1e3,
        collections.peakLiveBytes() / MEBIBYTE,
        agent.peakRssBytes() / MEBIBYTE);
    agent.terminateCleanly();
    assertThat(scene.ledger().account(lines, 2).lost()).isZero();
    assertThat(scene.ledger().account(lines, 2).repeated()).isZero();
    assertThat(collections.peakLiveBytes()).isPositive().isLessThan(MOST_LIVE_BYTES);
  }
}
