package io.kinesisagent.tests.endtoend;

import static io.kinesisagent.tests.support.LedgerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.kinesisagent.tests.support.AgentProcess;
import io.kinesisagent.tests.support.Checkout;
import io.kinesisagent.tests.support.GcLog;
import io.kinesisagent.tests.support.Scene;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VolumeTest {
  private static final long MEBIBYTE = 1 << 20;
  private static final long BUDGET_BYTES = 16 * MEBIBYTE;
  // Classes, the SDK's clients and the endpoint model live on the heap besides the records.
  private static final long PROGRAM_BYTES = 24 * MEBIBYTE;

  @TempDir Path folder;

  @Test
  void aLargeFileIsExactInASmallHeapBoundedByTheMemoryBudget() {
    long bytes = (Checkout.longRun() ? 300 : 60) * MEBIBYTE;
    try (Scene scene = new Scene(folder, 6)) {
      scene.workspace().configure(scene.settings("app*").put("maxMemoryBytes", BUDGET_BYTES));
      while (scene.writer().path().toFile().length() < bytes) {
        scene.writer().write(50_000);
      }
      GcLog collections = new GcLog(folder.resolve("gc.log"));
      long start = System.nanoTime();
      AgentProcess agent =
          scene.start(Map.of("JAVA_MAX_HEAP", "64m", "JVM_ARGS", collections.option()));
      for (int part = 1; part < 10; part++) {
        scene.awaitArrivals(agent, scene.writer().written() * part / 10);
        agent.collectGarbage();
      }
      scene.awaitDelivered(agent);
      double seconds = (System.nanoTime() - start) / 1e9;
      System.out.printf(
          "%d MiB in %.1f s, %.1f s of processor, peak RSS %d MiB, most live heap %d MiB%n",
          bytes / MEBIBYTE,
          seconds,
          agent.cpuMillis() / 1e3,
          agent.peakRssBytes() / MEBIBYTE,
          collections.peakLiveBytes() / MEBIBYTE);

      agent.terminateCleanly();
      assertThat(scene.account()).lostNothing().repeatedNothing();
      assertThat(collections.peakLiveBytes()).isPositive().isLessThan(BUDGET_BYTES + PROGRAM_BYTES);
    }
  }
}
