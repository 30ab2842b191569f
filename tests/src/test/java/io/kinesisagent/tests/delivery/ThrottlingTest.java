package io.kinesisagent.tests.delivery;

import static io.kinesisagent.tests.support.LedgerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kinesisagent.tests.support.AgentProcess;
import io.kinesisagent.tests.support.Background;
import io.kinesisagent.tests.support.Checkout;
import io.kinesisagent.tests.support.FakeKinesis;
import io.kinesisagent.tests.support.Faults;
import io.kinesisagent.tests.support.Ledger;
import io.kinesisagent.tests.support.Lines;
import io.kinesisagent.tests.support.LogWriter;
import io.kinesisagent.tests.support.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A stream takes 1,000 records a second while 3,000 are written: with the default settings it is
 * used to its limit, seldom refuses, and a second flow does not feel it. Longer on demand:
 * throttling.seconds. A stream that refuses some of the records at any rate, as one with a hot
 * shard does, is no stream with a limit.
 */
class ThrottlingTest {
  private static final int LIMIT = 1000;
  private static final int OFFERED = 3000;

  @TempDir Path folder;
  private final ConcurrentLinkedQueue<Long> latencies = new ConcurrentLinkedQueue<>();

  @Test
  void theLimitIsUsedRefusalsAreFewAndOthersAreUnaffected() throws Exception {
    int seconds = Integer.getInteger("throttling.seconds", Checkout.longRun() ? 60 : 20);
    Workspace workspace = new Workspace(folder);
    Lines lines = new Lines('a', 51);
    Ledger ledger = new Ledger(lines);
    ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    try (FakeKinesis server =
            new FakeKinesis(
                51,
                (stream, key, data) -> {
                  if (stream.equals("slow")) {
                    ledger.accepted(stream, key, data);
                  } else {
                    timed(data);
                  }
                });
        LogWriter writer = new LogWriter(workspace.logs(), lines)) {
      ObjectNode settings = workspace.toKinesis(server.endpoint(), "app*", "slow");
      workspace.addFlow(settings, "other.log").put("kinesisStream", "other");
      workspace.configure(settings);
      Path other = Files.createFile(workspace.logs().resolve("other.log"));
      try (AgentProcess agent = AgentProcess.start(workspace)) {
        ScheduledFuture<?> appending =
            clock.scheduleAtFixedRate(() -> append(other), 0, 20, TimeUnit.MILLISECONDS);
        agent.until(
            "the other flow's lines arrive", Duration.ofMinutes(1), () -> !latencies.isEmpty());
        latencies.clear();
        pass(agent, Duration.ofSeconds(seconds / 4 + 2));
        Latency before = latency();
        server.faults("slow", new Faults(0, 0, 0, 0, LIMIT));
        long cpu = agent.cpuMillis();
        Background.writing(
            writer,
            OFFERED,
            () -> {
              agent.until(
                  "the stream refuses some",
                  Duration.ofSeconds(30),
                  () -> server.refused("slow") > 0);
              latencies.clear();
              pass(agent, Duration.ofSeconds(seconds));
            });
        Latency during = latency();
        double share =
            (double) server.refused("slow") / (server.accepted("slow") + server.refused("slow"));
        double rate = (double) server.accepted("slow") / seconds;
        System.out.printf(
            "limit %d/s, offered %d/s for %d s: accepted %.0f/s, refused %.1f %% of the attempts,"
                + " %.1f s of processor; the other flow's latency %s before, %s during%n",
            LIMIT,
            OFFERED,
            seconds,
            rate,
            100 * share,
            (agent.cpuMillis() - cpu) / 1e3,
            before,
            during);
        assertThat(rate).isBetween(0.95 * LIMIT, 1.05 * LIMIT + (double) LIMIT / seconds);
        assertThat(share).isLessThan(0.2);
        assertThat(during.medianMillis()).isLessThan(before.medianMillis() + 250);
        assertThat(during.mostMillis()).isLessThan(before.mostMillis() + 1000);

        server.faults("slow", Faults.NONE);
        long start = System.nanoTime();
        agent.until(
            "what was held back arrives",
            Duration.ofSeconds(90),
            () -> ledger.distinct() >= writer.written(),
            () -> ledger.distinct() + " of " + writer.written());
        appending.cancel(false);
        System.out.printf(
            "the limit lifted, the rest arrived within %.1f s%n",
            (System.nanoTime() - start) / 1e9);
        agent.terminateCleanly();
      } finally {
        clock.shutdownNow();
      }
      assertThat(ledger.account(lines, writer.written())).lostNothing().repeatedNothing();
    }
  }

  @Test
  void aFewRefusalsHoldNothingBack() throws Exception {
    long count = 300_000;
    Workspace workspace = new Workspace(folder);
    Lines lines = new Lines('a', 52, 20);
    Ledger ledger = new Ledger(lines);
    try (FakeKinesis server = new FakeKinesis(52, ledger);
        LogWriter writer = new LogWriter(workspace.logs(), lines)) {
      server.faults(new Faults(0.03, 0, 0, 0, 0));
      workspace.configure(workspace.toKinesis(server.endpoint(), "app*", "hot"));
      writer.write(count);
      try (AgentProcess agent = AgentProcess.start(workspace)) {
        agent.until(
            "all arrive, which at the rate of the first request would take ten minutes",
            Duration.ofSeconds(90),
            () -> ledger.distinct() >= count,
            () -> ledger.distinct() + " of " + count);
        agent.terminateCleanly();
      }
      assertThat(server.refused("hot")).isBetween(count * 2 / 100, count * 4 / 100);
      assertThat(ledger.account(lines, count)).lostNothing().repeatedNothing();
    }
  }

  /** The other flow's latency, from the append to the stream. */
  private record Latency(long medianMillis, long mostMillis) {
    @Override
    public String toString() {
      return "p50 " + medianMillis + " ms, most " + mostMillis + " ms";
    }
  }

  private Latency latency() {
    List<Long> sorted = latencies.stream().sorted().toList();
    assertThat(sorted).hasSizeGreaterThan(50);
    latencies.clear();
    return new Latency(sorted.get(sorted.size() / 2), sorted.get(sorted.size() - 1));
  }

  private static void pass(AgentProcess agent, Duration time) {
    long end = System.nanoTime() + time.toNanos();
    agent.until("time passes", time.plusMinutes(1), () -> System.nanoTime() - end >= 0);
  }

  private static void append(Path file) {
    try {
      Files.writeString(file, System.nanoTime() + "\n", StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void timed(byte[] data) {
    long sent = Long.parseLong(new String(data, StandardCharsets.US_ASCII).strip());
    latencies.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - sent));
  }
}
