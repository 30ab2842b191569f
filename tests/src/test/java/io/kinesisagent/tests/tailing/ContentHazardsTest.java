package io.kinesisagent.tests.tailing;

import static io.kinesisagent.tests.tailing.LogFile.lines;
import static org.assertj.core.api.Assertions.assertThat;

import io.kinesisagent.agent.flow.Oversize;
import io.kinesisagent.agent.flow.RecordOptions;
import io.kinesisagent.agent.frame.MultiLineFramer;
import io.kinesisagent.agent.frame.Newlines;
import io.kinesisagent.agent.tail.Tail;
import io.kinesisagent.spi.Processor;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lines that are unfinished, long, empty or strange. */
class ContentHazardsTest {
  private static final Duration BEYOND_GRACE = Duration.ofSeconds(15);
  private static final int MULTI_LINE_TIMEOUT_MILLIS = 5_000;

  @TempDir Path folder;
  private SteppedAgent agent;
  private LogFile file;

  private void start(SteppedFlow flow) {
    agent = new SteppedAgent(folder, flow).start();
    file = new LogFile(agent.logs(), "app.log");
  }

  @AfterEach
  void close() {
    file.close();
    agent.close();
  }

  @Test
  void aPartialLastLineIsHeldUntilItsNewlineAndTheOffsetNeverPassesIt() {
    start(SteppedFlow.of("app*"));
    file.append("whole\nhal");
    assertThat(agent.work(Duration.ofMinutes(2)).destination().take()).containsExactly("whole\n");
    assertThat(agent.tail("app.log").position().offset()).isEqualTo(6);
    assertThat(agent.tail("app.log").watermark().offset()).isEqualTo(6);
    agent.stop();
    file.append("f a ");
    agent.start();
    assertThat(agent.takeSent()).isEmpty();
    file.append("line\n");
    assertThat(agent.takeSent()).containsExactly("half a line\n");
  }

  @Test
  void noFinalNewlineThenRotated() {
    start(SteppedFlow.of("app*"));
    file.append("whole\nthe rest");
    assertThat(agent.takeSent()).containsExactly("whole\n");
    file.rename("app.log.1");
    try (LogFile next = new LogFile(agent.logs(), "app.log")) {
      next.append("first of the next\n");
      assertThat(agent.takeSent()).containsExactly("first of the next\n");
      agent.work(BEYOND_GRACE);
      assertThat(agent.takeSent()).containsExactly("the rest");
    }
  }

  @Test
  void noFinalNewlineThenDeleted() {
    start(SteppedFlow.of("app*"));
    file.append("whole\nthe rest");
    assertThat(agent.takeSent()).containsExactly("whole\n");
    file.delete();
    assertThat(agent.takeSent()).isEmpty();
    agent.work(BEYOND_GRACE);
    assertThat(agent.takeSent()).containsExactly("the rest");
    assertThat(agent.said().gapBytes()).isZero();
  }

  private static SteppedFlow severalLines() {
    return SteppedFlow.of("app*")
        .framedBy(
            new MultiLineFramer(
                Newlines.ASCII, (data, start, end) -> start < end && data[start] == '[', 1_000))
        .tailedBy(SteppedFlow.tail(0, false, MULTI_LINE_TIMEOUT_MILLIS));
  }

  @Test
  void aRecordOfSeveralLinesAtTheEndIsWholeWhenTheNextStartLineComesOrAfterItsTime() {
    start(severalLines());
    file.append("[1] a\n  at b\n  at c\n");
    assertThat(agent.takeSent()).isEmpty();
    assertThat(agent.tail("app.log").watermark().offset()).isZero();
    file.append("[2] d\n");
    assertThat(agent.takeSent()).containsExactly("[1] a\n  at b\n  at c\n");
    file.append("  at e\n");
    assertThat(agent.takeSent()).isEmpty();
    agent.work(Duration.ofMillis(MULTI_LINE_TIMEOUT_MILLIS));
    assertThat(agent.takeSent()).containsExactly("[2] d\n  at e\n");
  }

  @Test
  void aRecordOfSeveralLinesAtTheEndOfAFinishedFileAndAfterAKill() {
    start(severalLines().tailedBy(SteppedFlow.tail(0, false, 3_600_000)));
    file.append("[1] a\n[2] b\n  at c\n");
    assertThat(agent.takeSent()).containsExactly("[1] a\n");
    agent.kill();
    agent.start();
    assertThat(agent.takeSent()).isEmpty();
    file.rename("app.log.1");
    agent.work(BEYOND_GRACE);
    assertThat(agent.takeSent()).containsExactly("[2] b\n  at c\n");
  }

  @Test
  void aRecordOfSeveralLinesIsBoundedByTheRecordLimit() {
    start(severalLines());
    file.append("[1] a\n");
    for (int i = 0; i < 1_000; i++) {
      file.append("  at a line of the same record\n");
    }
    file.append("[2] b\n[3]\n");
    List<String> sent = agent.takeSent();
    assertThat(sent).hasSize(2).last().isEqualTo("[2] b\n");
    assertThat(sent.get(0)).startsWith("[1] a\n").hasSize(SteppedFlow.MAX_RECORD_BYTES);
  }

  @Test
  void whatIsNotUtf8AndNulsAndCarriageReturnsPassByteForByte() {
    start(SteppedFlow.of("app*"));
    StringBuilder every = new StringBuilder("x");
    for (char b = 0; b < 256; b++) {
      every.append(b == '\n' ? 'n' : b);
    }
    file.append(every + "\n" + "ends with \r\n" + "\u00c3\n" + "a\0\0b\0\n");
    assertThat(agent.takeSent())
        .containsExactly(every + "\n", "ends with \r\n", "\u00c3\n", "a\0\0b\0\n");
  }

  @Test
  void aByteOrderMarkPassesThroughWithoutProcessors() {
    start(SteppedFlow.of("app*"));
    file.append("\u00ef\u00bb\u00bfa\nb\n");
    assertThat(agent.takeSent()).containsExactly("\u00ef\u00bb\u00bfa\n", "b\n");
  }

  @Test
  void aByteOrderMarkIsNoPartOfTheFirstRecordThatAProcessorSees() {
    Processor copying =
        (in, out) -> {
          out.begin().append(in.array(), in.offset(), in.length());
          out.commit();
        };
    start(
        SteppedFlow.of("app*")
            .with(new RecordOptions(List.of(), List.of(copying), null, Oversize.TRUNCATE, "\n")));
    file.append("\u00ef\u00bb\u00bfa\nb\n");
    assertThat(agent.takeSent()).containsExactly("a\n", "b\n");
  }

  @Test
  void aLineLongerThanTheRecordLimitIsCutAndTheNextStartsWhereItShould() {
    start(SteppedFlow.of("app*"));
    giantLine(5_000_000);
    List<String> sent = agent.takeSent();
    assertThat(sent).hasSize(3);
    assertThat(sent.get(0)).isEqualTo("before\n");
    assertThat(sent.get(1)).hasSize(SteppedFlow.MAX_RECORD_BYTES).startsWith("xxx").endsWith("x\n");
    assertThat(sent.get(2)).isEqualTo("behind\n");
  }

  @Test
  void aLineLongerThanTheRecordLimitIsSplitAndNoByteIsLost() {
    start(
        SteppedFlow.of("app*")
            .tailedBy(SteppedFlow.tail(0, true, -1))
            .with(new RecordOptions(List.of(), List.of(), null, Oversize.SPLIT, "\n")));
    giantLine(5_000_000);
    List<String> sent = agent.takeSent();
    assertThat(sent).startsWith("before\n").endsWith("behind\n");
    assertThat(sent).allMatch(record -> record.length() <= SteppedFlow.MAX_RECORD_BYTES);
    assertThat(String.join("", sent)).hasSize(5_000_001 + 14);
  }

  @Test
  void aFileThatIsCutWithinALongLineAndHasRoomInItsPlaceIsReadFromItsStart() {
    start(SteppedFlow.of("app*"));
    file.append("before\n").append("x".repeat(SteppedFlow.MAX_RECORD_BYTES * 2));
    assertThat(agent.takeSent()).containsExactly("before\n");
    file.truncate();
    file.append("a\n").append("\0".repeat(SteppedFlow.MAX_RECORD_BYTES * 3));
    assertThat(agent.takeSent()).containsExactly("a\n");
  }

  /** Arrives in pieces, as such a line does. */
  private void giantLine(int bytes) {
    file.append("before\n");
    String piece = "x".repeat(100_000);
    for (int written = 0; written < bytes; written += piece.length()) {
      file.append(piece);
      if (written % 1_000_000 == 0) {
        agent.work(Duration.ofMillis(200));
      }
    }
    file.append("\nbehind\n");
  }

  /**
   * As posix_fallocate or a mapped file makes it: the writer fills what is there, from its start.
   */
  @Test
  void aFileWhoseRoomWasSetAsideIsReadAsItIsFilled() throws IOException {
    start(SteppedFlow.of("app.log"));
    try (RandomAccessFile file =
        new RandomAccessFile(agent.logs().resolve("app.log").toFile(), "rw")) {
      file.setLength(8 << 20);
      assertThat(agent.takeSent()).isEmpty();
      for (int part = 0; part < 60; part++) {
        if (part % 4 == 0) {
          agent.stop();
          agent.start();
        }
        List<String> lines = lines("a", part * 5, part * 5 + 5);
        file.writeBytes(String.join("", lines));
        assertThat(agent.takeSent()).containsExactlyElementsOf(lines);
      }
      assertThat(agent.tails()).hasSize(1);
      assertThat(agent.said().gapBytes()).isZero();
    }
  }

  @Test
  void aLineThatIsTornInTheRoomOfItsFileIsOneRecord() throws IOException {
    start(SteppedFlow.of("app.log"));
    try (RandomAccessFile file =
        new RandomAccessFile(agent.logs().resolve("app.log").toFile(), "rw")) {
      file.setLength(8 << 20);
      file.writeBytes("whole\nto");
      assertThat(agent.takeSent()).containsExactly("whole\n");
      file.writeBytes("rn");
      assertThat(agent.takeSent()).isEmpty();
      file.writeBytes("\nand on\n");
      assertThat(agent.takeSent()).containsExactly("torn\n", "and on\n");
    }
  }

  /** What is written through a mapping changes a file's time only now and then. */
  @Test
  void whatFillsTheRoomOfAFileIsReadAlsoWhereItsTimeDoesNotTell() throws IOException {
    start(SteppedFlow.of("app.log"));
    Path path = agent.logs().resolve("app.log");
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      file.setLength(8 << 20);
      file.writeBytes("first\n");
      assertThat(agent.takeSent()).containsExactly("first\n");
      FileTime time = Files.getLastModifiedTime(path);
      for (String line : lines("a", 0, 5)) {
        agent.work(Duration.ofSeconds(20));
        file.writeBytes(line);
        Files.setLastModifiedTime(path, time);
        assertThat(agent.takeSent()).containsExactly(line);
      }
    }
  }

  @Test
  void theRoomOfARotatedFileIsNoRecordAndNotBehind() throws IOException {
    start(SteppedFlow.of("app*"));
    Path path = agent.logs().resolve("app.log");
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      file.setLength(100_000);
      file.writeBytes("first\n");
      Files.move(path, agent.logs().resolve("app.log.1"));
      assertThat(agent.takeSent()).containsExactly("first\n");
      agent.work(Duration.ofMinutes(2));
      assertThat(agent.takeSent()).isEmpty();
      assertThat(agent.tails()).singleElement().extracting(Tail::bytesUnread).isEqualTo(0L);
      file.writeBytes("late\n");
      assertThat(agent.takeSent()).containsExactly("late\n");
    }
  }

  @Test
  void emptyLinesAreRecords() {
    start(SteppedFlow.of("app*"));
    file.append("\n\na\n\n").append(lines("b", 0, 1)).append("\n");
    assertThat(agent.takeSent())
        .containsExactly("\n", "\n", "a\n", "\n", lines("b", 0, 1).get(0), "\n");
  }
}
