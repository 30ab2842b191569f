package io.kinesisagent.tests.rotators;

import static io.kinesisagent.tests.support.LedgerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.kinesisagent.tests.support.AgentProcess;
import io.kinesisagent.tests.support.Await;
import io.kinesisagent.tests.support.Lines;
import io.kinesisagent.tests.support.Scene;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent beside the rolling appenders of Log4j 2 and Logback, each in its usual settings. */
class RollingAppendersTest {
  private static final int LINES = 20_000;
  private static final int BURST = 100;
  private static final int LINES_PER_SECOND = 5_000;

  @TempDir Path folder;

  @Test
  void log4jShiftingNamesBySize() throws IOException {
    assertEveryLineOnce(Log4jWriter::bySizeShifting, 20);
  }

  @Test
  void log4jRisingNamesBySize() throws IOException {
    assertEveryLineOnce(Log4jWriter::bySizeRising, 40);
  }

  @Test
  void log4jByTime() throws IOException {
    assertEveryLineOnce(Log4jWriter::byTime, 3);
  }

  @Test
  void log4jDirectWrite() throws IOException {
    assertEveryLineOnce(Log4jWriter::directWrite, 40);
  }

  @Test
  void logbackFixedWindowBySize() throws IOException {
    assertEveryLineOnce(LogbackWriter::fixedWindow, 10);
  }

  @Test
  void logbackBySizeAndTime() throws IOException {
    assertEveryLineOnce(LogbackWriter::bySizeAndTime, 3);
  }

  /**
   * Writes for four seconds.
   *
   * @param leastFiles how many files there must be in the end, so that something was rolled
   */
  private void assertEveryLineOnce(Function<Path, RollingWriter> appender, int leastFiles)
      throws IOException {
    try (Scene scene = new Scene(folder, 51)) {
      scene.workspace().configure(scene.settings("service*"));
      Lines lines = scene.writer().lines();
      AgentProcess agent = scene.start();
      try (RollingWriter writer = appender.apply(scene.workspace().logs())) {
        // Files are deleted a second after they were begun: the agent has to be there by then.
        writer.write(lines.line(0));
        scene.awaitArrivals(agent, 1);
        long start = System.nanoTime();
        for (int written = 1; written < LINES; written++) {
          if (written % BURST == 0) {
            awaitDue(start, written);
          }
          writer.write(lines.line(written));
        }
      }
      scene.awaitArrivals(agent, LINES);

      agent.terminateCleanly();
      assertThat(scene.ledger().account(lines, LINES)).lostNothing().repeatedNothing();
      try (Stream<Path> files = Files.list(scene.workspace().logs())) {
        assertThat(files.count()).isGreaterThanOrEqualTo(leastFiles);
      }
    }
  }

  private static void awaitDue(long start, int written) {
    long due = start + TimeUnit.SECONDS.toNanos(1) / LINES_PER_SECOND * written;
    Await.until(
        "the next burst is due", Duration.ofSeconds(10), () -> System.nanoTime() - due >= 0);
  }
}
