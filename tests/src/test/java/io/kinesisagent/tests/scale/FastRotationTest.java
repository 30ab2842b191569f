package io.kinesisagent.tests.scale;

import static io.kinesisagent.tests.support.LedgerAssert.assertThat;

import io.kinesisagent.tests.support.AgentProcess;
import io.kinesisagent.tests.support.Checkout;
import io.kinesisagent.tests.support.LogWriter;
import io.kinesisagent.tests.support.Scene;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With {@code -Dlong=true} for longer. Prints its figures. */
class FastRotationTest {
  private static final int ROTATIONS = Checkout.longRun() ? 3_000 : 500;
  private static final int LINES = 5;

  @TempDir Path folder;

  @Test
  void aMillisecondApartNothingThatStaysOnDiskIsLostOrRepeated() throws IOException {
    try (Scene scene = new Scene(folder, 121)) {
      AgentProcess agent = scene.start();
      scene.writer().write(1);
      scene.awaitDelivered(agent);
      LogWriter writer = scene.writer();
      Path log = writer.path();
      long start = System.nanoTime();
      for (int rotation = 1; rotation <= ROTATIONS; rotation++) {
        long due = start + TimeUnit.MILLISECONDS.toNanos(rotation);
        writer.write(LINES);
        Files.move(log, log.resolveSibling("app.log." + rotation));
        // One more, as a writer does that opens its file anew only after a moment.
        writer.write(1);
        writer.reopen();
        while (System.nanoTime() - due < 0) {
          Thread.onSpinWait();
        }
      }
      double apart = (System.nanoTime() - start) / 1e6 / ROTATIONS;
      scene.awaitDelivered(agent);
      System.out.printf(
          "%d rotations %.2f ms apart: all of %d lines arrived, %d repeats, %.1f s of processor%n",
          ROTATIONS, apart, writer.written(), scene.account().repeated(), agent.cpuMillis() / 1e3);
      agent.terminateCleanly();
      assertThat(scene.account()).lostNothing().repeatedNothing();
    }
  }
}
