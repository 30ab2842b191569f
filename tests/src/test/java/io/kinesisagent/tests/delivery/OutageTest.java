package io.kinesisagent.tests.delivery;

import static io.kinesisagent.tests.support.LedgerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.kinesisagent.tests.support.AgentProcess;
import io.kinesisagent.tests.support.Background;
import io.kinesisagent.tests.support.Checkout;
import io.kinesisagent.tests.support.GcLog;
import io.kinesisagent.tests.support.Scene;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The endpoint is away while lines are written: nobody listens on its port. Longer on demand, as
 * {@code bin/outage} does: outage.seconds.
 */
class OutageTest {
  private static final int LINES_PER_SECOND = 1000;
  private static final int SAMPLES = 10;
  private static final long MEBIBYTE = 1 << 20;

  @TempDir Path folder;

  @Test
  void nothingIsLostMemoryStaysFlatAndTheBacklogIsCaughtUpWith() {
    int seconds = Integer.getInteger("outage.seconds", Checkout.longRun() ? 600 : 20);
    try (Scene scene = new Scene(folder, 41)) {
      scene.workspace().configure(scene.settings("app*"));
      GcLog collections = new GcLog(folder.resolve("gc.log"));
      AgentProcess agent = scene.start(Map.of("JVM_ARGS", collections.option()));
      Background.writing(
          scene.writer(),
          LINES_PER_SECOND,
          () -> {
            scene.awaitArrivals(agent, LINES_PER_SECOND);
            scene.server().away();
            List<Long> live = outage(agent, collections, seconds);
            long behind = scene.writer().written() - scene.ledger().distinct();
            long cpuBefore = agent.cpuMillis();
            long start = System.nanoTime();
            scene.server().back();
            long first = scene.ledger().distinct();
            agent.until(
                "the backlog is caught up with",
                Duration.ofMinutes(3),
                () -> scene.writer().written() - scene.ledger().distinct() < 2 * LINES_PER_SECOND,
                () -> scene.ledger().distinct() + " of " + scene.writer().written());
            double caughtUp = (System.nanoTime() - start) / 1e9;
            System.out.printf(
                "%d s away under %d lines/s: %d lines behind, caught up within %.1f s, %.0f lines/s,"
                    + " most requests at once %d, %.1f s of processor; MiB live: %s%n",
                seconds,
                LINES_PER_SECOND,
                behind,
                caughtUp,
                (scene.ledger().distinct() - first) / caughtUp,
                scene.server().mostAtOnce(),
                (agent.cpuMillis() - cpuBefore) / 1e3,
                live);
            isFlat(live);
          });
      scene.awaitDelivered(agent);
      agent.terminateCleanly();
      assertThat(scene.account()).lostNothing().repeatedAtMost(scene.server().acceptedAndCut());
    }
  }

  /** Lets the time pass, and gives the live heap in MiB at equal distances. */
  private static List<Long> outage(AgentProcess agent, GcLog collections, int seconds) {
    List<Long> live = new ArrayList<>();
    long start = System.nanoTime();
    for (int i = 1; i <= SAMPLES; i++) {
      long at = start + Duration.ofSeconds(seconds).toNanos() * i / SAMPLES;
      agent.until(
          "the endpoint stays away", Duration.ofMinutes(11), () -> System.nanoTime() - at >= 0);
      agent.collectGarbage();
      live.add(collections.lastLiveBytes() / MEBIBYTE);
    }
    return live;
  }

  private static void isFlat(List<Long> live) {
    // In the first half the buffers fill up to their bound.
    List<Long> later = live.subList(SAMPLES / 2, SAMPLES);
    long least = later.stream().mapToLong(Long::longValue).min().orElseThrow();
    assertThat(later).allSatisfy(now -> assertThat(now).isBetween(1L, least + 4));
    assertThat(live).allSatisfy(now -> assertThat(now).isLessThan(48));
  }
}
