package io.kinesisagent.tests.tailing;

import static io.kinesisagent.tests.tailing.LogFile.lines;
import static org.assertj.core.api.Assertions.assertThat;

import io.kinesisagent.agent.tail.Tail;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that are cut, and copies of files. */
class CopyHazardsTest {
  @TempDir Path folder;
  private SteppedAgent agent;

  private Path start(SteppedFlow flow) {
    agent = new SteppedAgent(folder, flow).start();
    return agent.logs();
  }

  @AfterEach
  void close() {
    agent.close();
  }

  @Test
  void copytruncateSkipsTheHeaderAgainAndRepeatsNothing() {
    Path logs = start(SteppedFlow.of("app.log").tailedBy(SteppedFlow.tail(1, false, -1)));
    try (LogFile file = new LogFile(logs, "app.log")) {
      file.append("#header\n").append(lines("a", 0, 50));
      assertThat(agent.takeSent()).containsExactlyElementsOf(lines("a", 0, 50));
      file.copy("app.log.1");
      file.truncate();
      file.append("#header\n").append(lines("b", 0, 5));
      assertThat(agent.takeSent()).containsExactlyElementsOf(lines("b", 0, 5));
      assertThat(agent.said().gapBytes()).isZero();
    }
  }

  @Test
  void copytruncateWithoutACopyThatMatchesIsAGapInBytes() {
    Path logs = start(SteppedFlow.of("app.log"));
    try (LogFile file = new LogFile(logs, "app.log")) {
      file.append(lines("a", 0, 50));
      agent.takeSent();
      agent.destination().fallSilent();
      file.appendMuch();
      agent.work();
      long known = agent.tail("app.log").bytesUnread();
      assertThat(known).isPositive();
      file.truncate();
      file.append(lines("b", 0, 5));
      agent.destination().answer();
      assertThat(agent.takeSent()).endsWith(lines("b", 0, 5).toArray(String[]::new));
      assertThat(agent.said().gapBytes()).isEqualTo(known);
    }
  }

  @Test
  void whatIsCutAndWrittenToItsOldSizeWithinASecondIsANewGeneration() throws IOException {
    Path logs = start(SteppedFlow.of("app.log"));
    try (LogFile file = new LogFile(logs, "app.log")) {
      file.append(lines("a", 0, 50));
      assertThat(agent.takeSent()).hasSize(50);
      FileTime time = Files.getLastModifiedTime(logs.resolve("app.log"));
      file.truncate();
      file.append(lines("b", 0, 50));
      Files.setLastModifiedTime(logs.resolve("app.log"), time);
      agent.work(Duration.ofSeconds(15));
      assertThat(agent.takeSent()).containsExactlyElementsOf(lines("b", 0, 50));
    }
  }

  @Test
  void copytruncateIntoThePatternShipsOnlyTheTailThatWasNotRead() {
    Path logs = start(SteppedFlow.of("app.log*"));
    try (LogFile file = new LogFile(logs, "app.log")) {
      file.append(lines("a", 0, 200));
      assertThat(agent.takeSent()).hasSize(200);
      file.append(lines("a", 200, 250));
      file.copy("app.log.1");
      file.truncate();
      file.append(lines("b", 0, 5));
      List<String> expected = new ArrayList<>(lines("a", 200, 250));
      expected.addAll(lines("b", 0, 5));
      assertThat(agent.takeSent()).containsExactlyInAnyOrderElementsOf(expected);
      assertThat(agent.said().gapBytes()).isZero();
    }
  }

  @Test
  void copytruncateIntoThePatternShipsTheCopysUnfinishedLineAfterItsGrace() {
    Path logs = start(SteppedFlow.of("app.log*"));
    try (LogFile file = new LogFile(logs, "app.log")) {
      file.append(lines("a", 0, 200)).append("the end without its newline");
      assertThat(agent.takeSent()).hasSize(200);
      file.copy("app.log.1");
      file.truncate();
      file.append(lines("b", 0, 5));
      assertThat(agent.takeSent()).containsExactlyElementsOf(lines("b", 0, 5));
      agent.work(Duration.ofSeconds(15));
      assertThat(agent.takeSent()).containsExactly("the end without its newline");
      assertThat(agent.said().gapBytes()).isZero();
    }
  }

  @Test
  void aCopyInTheMakingIsHeldUntilItIsClearWhatItIs() throws IOException {
    Path logs = start(SteppedFlow.of("app.log*"));
    try (LogFile file = new LogFile(logs, "app.log")) {
      file.append(lines("a", 0, 500));
      assertThat(agent.takeSent()).hasSize(500);
      byte[] content = Files.readAllBytes(file.path());
      Path copy = logs.resolve("app.log.1");
      int step = content.length / 7;
      for (int at = 0; at < content.length; at += step) {
        Files.write(
            copy,
            java.util.Arrays.copyOfRange(content, at, Math.min(content.length, at + step)),
            StandardOpenOption.CREATE,
            StandardOpenOption.APPEND);
        assertThat(agent.work(Duration.ofMillis(500)).destination().take()).isEmpty();
      }
      file.truncate();
      file.append("after the cut\n");
      assertThat(agent.takeSent()).containsExactly("after the cut\n");
    }
  }

  /** What waits for it to become clear what a held file is would wait for ever. */
  @Test
  void aHeldFileIsNotClosedWhereOneFileIsOpenAtATime() {
    Path logs = start(SteppedFlow.of("app*").openingAtMost(1));
    // The second is too short for its beginning to be known whole, and alike as far as it goes.
    try (LogFile file = new LogFile(logs, "app.log").append(lines("a", 0, 50));
        LogFile alike = new LogFile(logs, "app.alike").append("a line 0, and nothing more\n")) {
      assertThat(agent.takeSent()).hasSize(51);
      file.copy("app.log.1");
      assertThat(agent.takeSent()).isEmpty();
      agent.stop();
      agent.start();
      assertThat(agent.takeSent()).isEmpty();
      assertThat(agent.tail("app.log.1").phase()).isEqualTo(Tail.Phase.HELD);
      assertThat(agent.tail("app.log.1").open()).isTrue();
      alike.append("another\n");
      file.append(lines("a", 50, 60));
      assertThat(agent.takeSent()).hasSize(11);
    }
  }

  @Test
  void aCopyOfAPartIsNotShippedAgainAfterTwoStops() {
    Path logs = start(SteppedFlow.of("app*"));
    LogFile file = new LogFile(logs, "app.log").append(lines("a", 0, 100));
    assertThat(agent.takeSent()).hasSize(100);
    agent.stop();
    agent.start();
    file.rename("app.old");
    assertThat(agent.takeSent()).isEmpty();
    agent.stop();
    new LogFile(logs, "app.copy").append(lines("a", 0, 60)).close();
    file.delete();
    file.close();
    agent.start();
    agent.work(Duration.ofMinutes(1));
    assertThat(agent.takeSent()).isEmpty();
  }

  @Test
  void truncatedAndGrownPastTheOldOffsetBetweenTwoLooks() {
    Path logs = start(SteppedFlow.of("app.log"));
    try (LogFile file = new LogFile(logs, "app.log")) {
      file.append(lines("a", 0, 20));
      assertThat(agent.takeSent()).hasSize(20);
      file.truncate();
      file.append(lines("b", 0, 100));
      assertThat(agent.takeSent()).containsExactlyElementsOf(lines("b", 0, 100));
    }
  }

  /** The first kilobyte is the same: only the bytes before the offset tell. */
  @Test
  void truncatedAndGrownPastTheOldOffsetWithTheSameBeginning() {
    Path logs = start(SteppedFlow.of("app.log"));
    try (LogFile file = new LogFile(logs, "app.log")) {
      List<String> header = lines("header", 0, 30);
      file.append(header).append(lines("a", 0, 20));
      assertThat(agent.takeSent()).hasSize(50);
      file.truncate();
      file.append(header).append(lines("b", 0, 100));
      List<String> expected = new ArrayList<>(header);
      expected.addAll(lines("b", 0, 100));
      assertThat(agent.takeSent()).containsExactlyElementsOf(expected);
    }
  }

  @Test
  void aRunOfNulsAfterATruncationUnderAWriterThatDoesNotAppend() throws IOException {
    Path logs = start(SteppedFlow.of("app.log"));
    long hole = 64L << 20;
    try (FileChannel writer =
        FileChannel.open(
            logs.resolve("app.log"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      write(writer, 0, "before\n");
      assertThat(agent.takeSent()).containsExactly("before\n");
      writer.truncate(0);
      write(writer, hole, "behind the hole\n");
      assertThat(agent.takeSent()).containsExactly("behind the hole\n");
      assertThat(agent.tail("app.log").account().skippedBytes()).isEqualTo(hole);
    }
  }

  private static void write(FileChannel file, long at, String text) throws IOException {
    file.write(ByteBuffer.wrap(text.getBytes(java.nio.charset.StandardCharsets.US_ASCII)), at);
  }

  @Test
  void aCopyWithoutATruncationIsNotShippedAgain() {
    Path logs = start(SteppedFlow.of("app.log*"));
    try (LogFile file = new LogFile(logs, "app.log")) {
      file.append(lines("a", 0, 200));
      assertThat(agent.takeSent()).hasSize(200);
      file.copy("app.log.1");
      assertThat(agent.takeSent()).isEmpty();
      agent.work(Duration.ofMinutes(3));
      file.append("and on\n");
      assertThat(agent.takeSent()).containsExactly("and on\n");
    }
  }

  /**
   * A hole at the beginning, behind a first line, at the end of the fingerprint, or over many
   * reads.
   */
  @ParameterizedTest
  @CsvSource({"0, 500", "0, 1020", "0, 2000", "0, 3000000", "1, 2000", "20, 300"})
  void aCopyOfAFileWithAHoleIsNotShippedAgain(int before, int hole) {
    Path logs = start(SteppedFlow.of("app.log*"));
    try (LogFile file = new LogFile(logs, "app.log")) {
      file.append(lines("a", 0, before)).append("\0".repeat(hole)).append(lines("b", 0, 200));
      assertThat(agent.takeSent()).hasSize(before + 200);
      file.copy("app.log.1");
      assertThat(agent.takeSent()).isEmpty();
      agent.work(Duration.ofMinutes(1));
      file.append("and on\n");
      assertThat(agent.takeSent()).containsExactly("and on\n");
      file.append(lines("c", 0, 50));
      file.copy("app.log.2");
      file.truncate();
      assertThat(agent.takeSent()).containsExactlyElementsOf(lines("c", 0, 50));
      assertThat(agent.said().gapBytes()).isZero();
    }
  }

  @Test
  void aFileWhoseRoomIsFilledIsNoCopyOfOneThatBeginsWithALongerHole() throws IOException {
    Path logs = start(SteppedFlow.of("app.*"));
    String hole = "\0".repeat(300_000);
    new LogFile(logs, "app.hole").append(hole).append(lines("a", 0, 10)).close();
    assertThat(agent.takeSent()).hasSize(10);
    try (FileChannel writer =
        FileChannel.open(
            logs.resolve("app.room"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      write(writer, 0, "\0".repeat(200_000));
      agent.work(Duration.ofMinutes(1));
      long at = 0;
      for (String line : lines("b", 0, 100)) {
        write(writer, at, line);
        at += line.length();
        assertThat(agent.takeSent()).containsExactly(line);
      }
    }
    assertThat(agent.said().gapBytes()).isZero();
  }

  @Test
  void smallFilesThatHappenToBeEqualAreDifferentFiles() {
    Path logs = start(SteppedFlow.of("app.log*"));
    new LogFile(logs, "app.log").append("started\nready\n").close();
    assertThat(agent.takeSent()).containsExactly("started\n", "ready\n");
    new LogFile(logs, "app.log.b").append("started\nready\n").close();
    agent.work(Duration.ofSeconds(5));
    assertThat(agent.takeSent()).containsExactly("started\n", "ready\n");
  }
}
