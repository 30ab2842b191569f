package io.kinesisagent.tests.tailing;

import static io.kinesisagent.tests.tailing.LogFile.lines;
import static org.assertj.core.api.Assertions.assertThat;

import io.kinesisagent.agent.discover.ChangeSource;
import io.kinesisagent.agent.discover.DirectoryWatcher;
import io.kinesisagent.tests.support.Await;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders that are not there, clocks that jump, and very many files. */
class AccessHazardsTest {
  private static final int ROUNDS = 5;

  @TempDir Path folder;
  private SteppedAgent agent;

  @AfterEach
  void close() {
    agent.close();
  }

  @Test
  void aDirectoryAbsentAtTheStartOrRemovedAndMadeAgain() throws IOException {
    agent = new SteppedAgent(folder, SteppedFlow.of("service/app.log")).start();
    Path service = agent.logs().resolve("service");
    agent.work(Duration.ofSeconds(30));
    Files.createDirectory(service);
    LogFile file = new LogFile(service, "app.log").append(lines("a", 0, 10));
    assertThat(agent.takeSent()).containsExactlyElementsOf(lines("a", 0, 10));
    file.append("unread when its directory goes\n");
    file.delete();
    file.close();
    Files.delete(service);
    assertThat(agent.takeSent()).containsExactly("unread when its directory goes\n");
    agent.work(Duration.ofSeconds(30));
    Files.createDirectory(service);
    new LogFile(service, "app.log").append(lines("b", 0, 10)).close();
    assertThat(agent.takeSent()).containsExactlyElementsOf(lines("b", 0, 10));
    assertThat(agent.said().times("unreadable")).isZero();
  }

  @Test
  void clockJumps() throws IOException {
    agent = new SteppedAgent(folder, SteppedFlow.of("app*")).start();
    try (LogFile file = new LogFile(agent.logs(), "app.log")) {
      file.append(lines("a", 0, 10));
      assertThat(agent.takeSent()).hasSize(10);
      int next = 10;
      for (long epochMillis : new long[] {0, 4_000_000_000_000L, 1_000_000_000_000L}) {
        agent.wallClock(epochMillis);
        file.append(lines("a", next, next + 10));
        Files.setLastModifiedTime(file.path(), FileTime.fromMillis(epochMillis));
        assertThat(agent.takeSent()).containsExactlyElementsOf(lines("a", next, next + 10));
        agent.stop();
        agent.start();
        assertThat(agent.takeSent()).isEmpty();
        next += 10;
      }
      file.append("half");
      agent.wallClock(9_000_000_000_000L);
      assertThat(agent.takeSent()).isEmpty();
      file.rename("app.log.1");
      agent.wallClock(0);
      // The grace is ten seconds of time that passed, not of what a clock shows.
      agent.work(Duration.ofSeconds(12));
      assertThat(agent.takeSent()).containsExactly("half");
    }
  }

  @Test
  void moreFilesThanMayBeOpenAreReadWithFewHandlesAndThenCostNothing() throws IOException {
    int many = 10 * SteppedFlow.MAX_OPEN_FILES;
    CountedFiles files = new CountedFiles();
    agent = new SteppedAgent(folder, SteppedFlow.of("app*")).on(files);
    List<String> expected = new ArrayList<>();
    for (int number = 0; number < many; number++) {
      // Some are shorter than what tells files from each other, some longer.
      String line = "file " + number + " ".repeat(number % 2 * 2_000) + "\n";
      new LogFile(agent.logs(), "app." + number).append(line).close();
      expected.add(line);
    }
    try (DirectoryWatcher watcher = new DirectoryWatcher(FileSystems.getDefault(), s -> {})) {
      agent.hearing(watcher.subscribe(() -> {})).start();

      assertThat(agent.takeSent()).containsExactlyInAnyOrderElementsOf(expected);
      assertThat(files.mostOpen()).isLessThanOrEqualTo(SteppedFlow.MAX_OPEN_FILES + 1);

      // Those whose handles were closed come to rest like the others.
      agent.work(Duration.ofSeconds(15));
      files.forget();
      agent.work(Duration.ofSeconds(20));
      assertThat(files.looks()).isLessThan(2L * many);
    }
  }

  @Test
  void veryManyFilesFewOfThemActiveCostWhatTheActiveOnesDo() throws IOException {
    int many = 1_000;
    int active = 10;
    CountedFiles files = new CountedFiles();
    agent = new SteppedAgent(folder, SteppedFlow.of("app*")).on(files);
    List<LogFile> writers = new ArrayList<>();
    for (int number = 0; number < many; number++) {
      LogFile file = new LogFile(agent.logs(), "app." + number).append("file " + number + "\n");
      if (number < active) {
        writers.add(file);
      } else {
        file.close();
      }
    }
    try (DirectoryWatcher watcher = new DirectoryWatcher(FileSystems.getDefault(), s -> {})) {
      ChangeSource changes = watcher.subscribe(() -> {});
      agent.hearing(changes).start();
      assertThat(agent.takeSent()).hasSize(many);
      agent.work(Duration.ofSeconds(15));
      files.forget();
      List<String> sent = new ArrayList<>();
      for (int round = 1; round <= ROUNDS; round++) {
        writers.forEach(file -> file.append("more\n"));
        int expected = round * active;
        Await.until(
            "the kernel's events bring what was appended",
            Duration.ofSeconds(30),
            () -> {
              sent.addAll(agent.work(Duration.ofMillis(20)).destination().take());
              return sent.size() >= expected;
            },
            () -> sent.size() + " of " + expected);
      }
      assertThat(sent).hasSize(ROUNDS * active);
      // The one that was opened last is above the bound until another is.
      assertThat(agent.openFiles()).isLessThanOrEqualTo(SteppedFlow.MAX_OPEN_FILES + 1);
      // Not one round of looks at all of them a second; what is opened again costs some on others.
      assertThat(files.looks()).isLessThan(2L * many);
      assertThat(files.listings()).isZero();
    } finally {
      writers.forEach(LogFile::close);
    }
  }
}
