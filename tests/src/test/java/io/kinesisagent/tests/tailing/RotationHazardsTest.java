package io.kinesisagent.tests.tailing;

import static io.kinesisagent.tests.tailing.LogFile.lines;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that get another name, lose theirs, or are put in the place of others. */
class RotationHazardsTest {
  private static final Duration BEYOND_GRACE = Duration.ofSeconds(15);

  @TempDir Path folder;
  private SteppedAgent agent;
  private Path logs;

  @BeforeEach
  void start() {
    agent = new SteppedAgent(folder, SteppedFlow.of("app.log*")).start();
    logs = agent.logs();
  }

  @AfterEach
  void close() {
    agent.close();
  }

  @Test
  void renameAndCreate() {
    try (LogFile old = new LogFile(logs, "app.log")) {
      old.append(lines("old", 0, 100));
      agent.work();
      old.append(lines("old", 100, 200));
      old.rename("app.log.1");
      try (LogFile current = new LogFile(logs, "app.log")) {
        current.append(lines("new", 0, 100));
        agent.work();
        old.append("old within its grace\n");
        current.append("new meanwhile\n");
        List<String> expected = new ArrayList<>(lines("old", 0, 200));
        expected.addAll(lines("new", 0, 100));
        expected.addAll(List.of("old within its grace\n", "new meanwhile\n"));
        assertThat(agent.takeSent()).containsExactlyInAnyOrderElementsOf(expected);
      }
    }
  }

  @Test
  void aRenameAloneGivesTheCheckpointItsNewPath() throws IOException {
    try (LogFile old = new LogFile(logs, "app.log")) {
      old.append(lines("old", 0, 10));
      assertThat(agent.takeSent()).hasSize(10);
      old.rename("app.log.1");
      agent.work();
      assertThat(checkpointedPaths()).containsExactly("app.log.1");
    }
    agent.stop();
    // While nobody looks, too.
    Files.move(logs.resolve("app.log.1"), logs.resolve("app.log.2"));
    agent.start();
    assertThat(agent.takeSent()).isEmpty();
    assertThat(checkpointedPaths()).containsExactly("app.log.2");
  }

  /** The path of each generation's newest checkpoint in the checkpoint file. */
  private Collection<String> checkpointedPaths() throws IOException {
    ObjectMapper json = new ObjectMapper();
    Map<Long, String> newest = new TreeMap<>();
    for (String line : Files.readAllLines(agent.checkpoints())) {
      JsonNode checkpoint = json.readTree(line);
      if (checkpoint.has("path")) {
        Path path = Path.of(checkpoint.path("path").asText());
        newest.put(checkpoint.path("generation").asLong(), path.getFileName().toString());
      }
    }
    return newest.values();
  }

  @Test
  void theWriterGoesOnInTheRenamedFileEvenAfterItsGrace() {
    try (LogFile old = new LogFile(logs, "app.log")) {
      old.append(lines("old", 0, 10));
      agent.work();
      old.rename("app.log.1");
      old.append("while it is open\n");
      agent.work(BEYOND_GRACE);
      assertThat(agent.takeSent()).hasSize(11).contains("while it is open\n");
      old.append("long after\n");
      assertThat(agent.takeSent()).containsExactly("long after\n");
    }
  }

  @Test
  void severalRotationsBetweenTwoLooksAreReadOldestFirst() {
    List<String> expected = new ArrayList<>();
    for (int generation = 0; generation < 6; generation++) {
      for (int number = generation; number > 1; number--) {
        rename("app.log." + (number - 1), "app.log." + number);
      }
      if (generation > 0) {
        rename("app.log", "app.log.1");
      }
      // The same number of bytes within one second: neither sizes nor whole seconds tell them
      // apart.
      List<String> content = lines("generation " + generation, 0, 30);
      new LogFile(logs, "app.log").append(content).modified(generation).close();
      expected.addAll(content);
    }
    assertThat(agent.takeSent()).containsExactlyElementsOf(expected);
  }

  @Test
  void theCurrentFileIsReadAfterTheGenerationThatItsWriterWroteToLast() {
    new LogFile(logs, "app.log.1").append(lines("old", 0, 30)).modified(9).close();
    new LogFile(logs, "app.log").append(lines("new", 0, 30)).modified(1).close();
    List<String> expected = new ArrayList<>(lines("old", 0, 30));
    expected.addAll(lines("new", 0, 30));
    assertThat(agent.takeSent()).containsExactlyElementsOf(expected);
  }

  /**
   * Each file lives for a millisecond and is then deleted, while the agent looks every few of them:
   * what it has open at any moment must arrive as a whole, what is written later included.
   */
  @Test
  void rotationsAMillisecondApartLoseNothingThatIsHeldOpen() throws IOException {
    Hinted hints = new Hinted();
    agent.close();
    agent = new SteppedAgent(folder, SteppedFlow.of("app.log*")).hearing(hints).start();
    agent.work();
    SplittableRandom random = new SplittableRandom(7);
    Set<String> held = new TreeSet<>();
    Set<String> sent = new TreeSet<>();
    Path path = logs.resolve("app.log");
    for (int rotation = 0; rotation < 1_000; rotation++) {
      try (LogFile file = new LogFile(logs, "app.log")) {
        hints.named(path);
        Object key = Files.getAttribute(path, "unix:ino");
        List<String> lines = lines("file " + rotation, 0, 1 + random.nextInt(3));
        file.append(lines);
        if (random.nextInt(4) == 0) {
          agent.work(Duration.ofMillis(1 + random.nextInt(20)));
        }
        lines.addAll(lines("late in file " + rotation, 0, random.nextInt(3)));
        file.append(lines.subList(lines.size() - 1, lines.size()));
        boolean open =
            agent.tails().stream()
                .anyMatch(tail -> tail.open() && key.equals(tail.key().inode()) && !tail.gone());
        if (open) {
          held.addAll(Files.readAllLines(path));
        }
        file.delete();
        hints.named(path);
      }
      agent.destination().take().forEach(line -> sent.add(line.stripTrailing()));
    }
    agent.work(BEYOND_GRACE);
    agent.destination().take().forEach(line -> sent.add(line.stripTrailing()));
    assertThat(held).hasSizeGreaterThan(200);
    assertThat(sent).containsAll(held);
  }

  @Test
  void rotatedWhileTheAgentWasDown() {
    LogFile first = new LogFile(logs, "app.log").append(lines("first", 0, 50));
    agent.work();
    first.rename("app.log.1");
    LogFile second = new LogFile(logs, "app.log").append(lines("second", 0, 50));
    assertThat(agent.takeSent()).hasSize(100);
    agent.stop();
    first.append(lines("first", 50, 60)).modified(1);
    second.append(lines("second", 50, 60)).modified(2);
    first.rename("app.log.3");
    second.rename("app.log.2");
    LogFile third = new LogFile(logs, "app.log").append(lines("third", 0, 50)).modified(3);
    third.rename("app.log.1");
    LogFile fourth = new LogFile(logs, "app.log").append(lines("fourth", 0, 50)).modified(4);

    agent.start();
    List<String> expected = new ArrayList<>(lines("first", 50, 60));
    expected.addAll(lines("second", 50, 60));
    expected.addAll(lines("third", 0, 50));
    expected.addAll(lines("fourth", 0, 50));
    assertThat(agent.takeSent()).containsExactlyElementsOf(expected);
    assertThat(agent.said().gapBytes()).isZero();
    List.of(first, second, third, fourth).forEach(LogFile::close);
  }

  @Test
  void renamedOutOfThePatternBeforeItWasRead() throws IOException {
    Path archive = Files.createDirectory(folder.resolve("archive"));
    try (LogFile file = new LogFile(logs, "app.log")) {
      file.append(lines("a", 0, 10));
      agent.work();
      file.append(lines("a", 10, 20));
      file.rename(archive.resolve("app.log"));
      assertThat(agent.takeSent()).containsExactlyElementsOf(lines("a", 0, 20));
    }
  }

  @Test
  void deletedBeforeItWasRead() {
    try (LogFile file = new LogFile(logs, "app.log")) {
      file.append(lines("a", 0, 10));
      agent.work();
      file.append(lines("a", 10, 20));
      file.delete();
      agent.work();
      file.append("from a writer that has not noticed\n");
      List<String> expected = new ArrayList<>(lines("a", 0, 20));
      expected.add("from a writer that has not noticed\n");
      assertThat(agent.takeSent()).containsExactlyElementsOf(expected);
      assertThat(agent.said().gapBytes()).isZero();
    }
  }

  @Test
  void deletedBeforeItWasReadAndTheAgentDownIsAGapInBytes() {
    LogFile file = new LogFile(logs, "app.log").append(lines("a", 0, 10));
    assertThat(agent.takeSent()).hasSize(10);
    long shipped = file.size();
    agent.destination().fallSilent();
    file.append(lines("a", 10, 20));
    agent.work();
    agent.kill();
    long unread = file.size() - shipped;
    file.delete();
    file.close();
    agent.start();
    agent.work();
    assertThat(agent.said().gapBytes()).isEqualTo(unread);
    assertThat(agent.said().reasons("gap"))
        .containsExactly("its file was not found again at the start");
  }

  @Test
  void deletedAndNeverRotatedIsHeldOnlyUntilItIsRead() {
    try (LogFile file = new LogFile(logs, "app.log")) {
      agent.destination().fallSilent();
      file.append("a first line\n");
      agent.work();
      for (int part = 0; part < 200; part++) {
        file.append(lines("part " + part, 0, 4_000));
      }
      file.delete();
      agent.work();
      assertThat(agent.tail("app.log").gone()).isTrue();
      assertThat(agent.tail("app.log").size()).isEqualTo(file.size());
      assertThat(agent.tail("app.log").bytesUnread()).isPositive();
      agent.work(BEYOND_GRACE);
      assertThat(agent.openFiles()).isEqualTo(1);

      agent.destination().answer();
      agent.work(BEYOND_GRACE);
      assertThat(agent.destination().take()).hasSize(800_001);
      assertThat(agent.openFiles()).isZero();
    }
  }

  @Test
  void replacedAtomically() {
    try (LogFile old = new LogFile(logs, "app.log")) {
      old.append(lines("old", 0, 50));
      agent.work();
      old.append(lines("old", 50, 60));
      LogFile next = new LogFile(folder, "aside").append(lines("new", 0, 100));
      next.rename(logs.resolve("app.log"));
      next.close();
      List<String> expected = new ArrayList<>(lines("old", 0, 60));
      expected.addAll(lines("new", 0, 100));
      assertThat(agent.takeSent()).containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  private void rename(String from, String to) {
    try {
      Files.move(logs.resolve(from), logs.resolve(to));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
