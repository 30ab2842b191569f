package io.kinesisagent.agent.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinesisagent.agent.frame.CriLine;
import io.kinesisagent.agent.frame.DockerLine;
import io.kinesisagent.agent.frame.Framer;
import io.kinesisagent.agent.frame.JoiningFramer;
import io.kinesisagent.agent.frame.LineFramer;
import io.kinesisagent.agent.frame.LineTest;
import io.kinesisagent.agent.frame.MultiLineFramer;
import io.kinesisagent.agent.frame.Newlines;
import io.kinesisagent.agent.frame.WrappedLine;
import io.kinesisagent.agent.tail.TailOptions;
import io.kinesisagent.spi.BoundedPattern;
import io.kinesisagent.spi.Clock;
import io.kinesisagent.spi.ProcessingException;
import io.kinesisagent.spi.Processor;
import io.kinesisagent.spi.RecordContext;
import io.kinesisagent.spi.RecordSink;
import io.kinesisagent.spi.RecordView;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of the bytes of a file on their way into a batch. */
class RecordFormsTest {
  private static final int MAX = 1000;
  private static final long TIMEOUT_NANOS = 5_000_000_000L;

  private final AtomicLong counted = new AtomicLong();
  @TempDir Path folder;

  // ---- container logs

  @Test
  void messagesOfTheContainerRuntimeInterfaceAreUnwrapped() {
    try (FlowFixture flow = wrapped(new CriLine())) {
      flow.append("2016-10-06T00:17:09.669794202Z stdout F log content 1\n");
      flow.append("2016-10-06T00:17:09.669794203Z stderr F:tag  two blanks\n");
      flow.append("2016-10-06T00:17:09.669794204Z stdout F \n");
      flow.append("2016-10-06T00:17:09.669794205Z stdout F\n");
      assertThat(flow.takeSent()).containsExactly("log content 1\n", " two blanks\n", "\n", "\n");
    }
  }

  @Test
  void partsAreJoinedStreamByStreamAndTheCheckpointWaitsForTheLast() {
    try (FlowFixture flow = wrapped(new CriLine())) {
      flow.append("t0 stdout F whole\n");
      flow.append("t1 stdout P one \nt2 stderr P uno \nt3 stdout F two\n");
      assertThat(flow.takeSent()).containsExactly("whole\n");
      assertThat(flow.watermark()).isEqualTo("t0 stdout F whole\n".length());
      flow.append("t4 stdout F other\nt5 stderr F due\n");
      assertThat(flow.takeSent()).containsExactly("one two\n", "other\n", "uno due\n");
      assertThat(flow.watermark()).isEqualTo(flow.file().toFile().length());
    }
  }

  @Test
  void linesOfDockerAreUnescapedAndJoined() {
    try (FlowFixture flow = wrapped(new DockerLine())) {
      flow.append(
          "{\"log\":\"a\\tb \\\"q\\\" \\u00e9\\ud83d\\ude00\\\\n\",\"stream\":\"stdout\"}\n");
      assertThat(flow.takeSent()).isEmpty();
      flow.append(
          "{\"attrs\":{\"a\":[1,\"}\"]},\"stream\":\"stdout\",\"log\":\" end\\n\",\"time\":\"t\"}\n");
      assertThat(flow.takeSent()).containsExactly(latin("a\tb \"q\" \u00e9\ud83d\ude00\\n end\n"));
    }
  }

  @Test
  void aLineThatIsNotOfTheFormatPassesAsItIsAndIsCounted() {
    try (FlowFixture flow = wrapped(new DockerLine())) {
      flow.append("no json\n{\"log\":\"x\\q\\n\"}\n{\"log\":\"fine\\n\"}\n");
      assertThat(flow.takeSent()).containsExactly("no json\n", "{\"log\":\"x\\q\\n\"}\n", "fine\n");
      assertThat(counted).hasValue(2);
    }
  }

  @Test
  void timeAndStreamAreKnownToProcessorsEvenBehindAFilter() {
    List<String> seen = new ArrayList<>();
    Processor looks =
        (in, out) -> {
          RecordContext context = in.context();
          seen.add(context.attribute("time") + " " + context.attribute("stream"));
          out.forward(in);
        };
    List<Processor> preparation =
        List.of(unwrapper(new CriLine()), LineFilter.excluding(pattern("drop"), e -> {}));
    try (FlowFixture flow =
        flow(
            new JoiningFramer(new CriLine(), 2 * MAX),
            options(false, 2 * MAX),
            preparation,
            List.of(looks))) {
      flow.append("t1 stdout P a\nt2 stderr F drop\nt3 stderr F c\nt4 stdout F b\n");
      assertThat(flow.takeSent()).containsExactly("c\n", "ab\n");
      assertThat(seen).containsExactly("t3 stderr", "t1 stdout");
      assertThat(flow.tail().account().dropped()).isEqualTo(1);
      assertThat(flow.tail().account().recordsRead()).isEqualTo(3);
    }
  }

  @Test
  void aJoinedMessageIsCutToTheLimit() {
    try (FlowFixture flow = wrapped(new CriLine())) {
      String part = "x".repeat(600);
      flow.append("t stdout P " + part + "\nt stdout F " + part + "\nt stdout F next\n");
      assertThat(flow.takeSent()).containsExactly("x".repeat(MAX - 1) + "\n", "next\n");
      assertThat(flow.oversize).containsExactly(Oversize.TRUNCATE);
    }
  }

  @Test
  void wholeLinesAreNotHeldBackByAPartOfAnotherStreamThatStaysUnfinished() {
    try (FlowFixture flow = wrapped(new DockerLine(), TIMEOUT_NANOS)) {
      flow.append("{\"log\":\"prompt\",\"stream\":\"stderr\"}\n");
      flow.append("{\"log\":\"whole\\n\",\"stream\":\"stdout\"}\n".repeat(10));
      assertThat(flow.takeSent()).isEmpty();
      assertThat(flow.watermark()).isZero();
      flow.pass(TIMEOUT_NANOS);
      List<String> sent = flow.takeSent();
      assertThat(sent).hasSize(11).endsWith("prompt");
      assertThat(sent.subList(0, 10)).containsOnly("whole\n");
      assertThat(flow.watermark()).isEqualTo(flow.file().toFile().length());
      flow.append("{\"log\":\" its rest\\n\",\"stream\":\"stderr\"}\n");
      assertThat(flow.takeSent()).containsExactly(" its rest\n");
    }
  }

  @Test
  void wholeLinesWaitNoLongerForAPartOfAnotherStreamWhereTheFileGrowsAllTheTime() {
    try (FlowFixture flow = wrapped(new CriLine(), TIMEOUT_NANOS)) {
      flow.append("t stderr P half \n");
      List<String> sent = new ArrayList<>();
      for (int seconds = 2; seconds <= 20; seconds += 2) {
        flow.append("t stdout F line " + seconds + "\n");
        sent.addAll(flow.takeSent());
        assertThat(sent.isEmpty()).as("after %d s", seconds).isEqualTo(seconds < 6);
        assertThat(flow.watermark() > 0).isEqualTo(sent.contains("half "));
      }
      assertThat(sent).hasSize(11).containsOnlyOnce("half ", "line 2\n", "line 20\n");
      flow.append("t stderr F two\n");
      assertThat(flow.takeSent()).containsExactly("two\n");
    }
  }

  @Test
  void partsThatNothingWaitsForAreJoinedHoweverSlowlyTheyCome() {
    try (FlowFixture flow = wrapped(new CriLine(), TIMEOUT_NANOS)) {
      for (int seconds = 0; seconds < 20; seconds += 2) {
        flow.append("t stdout P .\n");
        assertThat(flow.takeSent()).isEmpty();
      }
      flow.append("t stdout F done\n");
      assertThat(flow.takeSent()).containsExactly(".".repeat(10) + "done\n");
    }
  }

  @Test
  void aPartThatHasJustComeIsGivenItsOwnTimeBehindOneThatWasEnded() {
    try (FlowFixture flow = wrapped(new CriLine(), TIMEOUT_NANOS)) {
      flow.append("t stderr P half \n");
      flow.pass(2_000_000_000L);
      flow.append("t stderr P more \n");
      flow.pass(2_000_000_000L);
      flow.append("t stdout F a\nt stdout P b\n");
      assertThat(flow.takeSent()).containsExactly("a\n", "half more ");
      flow.append("t stdout F c\n");
      assertThat(flow.takeSent()).containsExactly("bc\n");
    }
  }

  @Test
  void aLineThatFollowsOneThatWaitedLongIsGivenItsOwnTime() {
    try (FlowFixture flow = wrapped(new CriLine(), TIMEOUT_NANOS)) {
      flow.append("t stderr P half \n");
      flow.pass(2_000_000_000L);
      flow.append("t stderr P more \n");
      flow.pass(2_000_000_000L);
      flow.append("t stderr F end\nt stderr P one \nt stdout F a\n");
      assertThat(flow.takeSent()).containsExactly("half more end\n");
      flow.append("t stderr F two\n");
      assertThat(flow.takeSent()).containsExactly("a\n", "one two\n");
    }
  }

  /** There is no room for all of what an unfinished record became, and then its rest comes. */
  @ParameterizedTest
  @ValueSource(ints = {1098, 1099, 1100})
  void aRecordOfWhichAPartWasTakenEndsWhereItEndedThen(int lines) {
    try (FlowFixture flow = wrapped(new CriLine(), TIMEOUT_NANOS, 10 * MAX)) {
      flow.append("t stdout P one \nt stderr P uno \n" + "x\n".repeat(lines));
      flow.hold();
      flow.work();
      flow.pass(TIMEOUT_NANOS);
      flow.append("t stdout F two\nt stderr F due\n");
      flow.work();
      flow.letGo();
      flow.pass(2 * TIMEOUT_NANOS);
      List<String> sent = flow.takeSent();
      assertThat(sent).filteredOn("x\n"::equals).hasSize(lines);
      sent.removeIf("x\n"::equals);
      assertThat(sent).containsExactly("one ", "uno ", "two\n", "due\n");
    }
  }

  // ---- lines

  @Test
  void onlyANewlineEndsALineAndAnEmptyLineIsARecord() {
    try (FlowFixture flow = flow(new LineFramer(), options(false, MAX), List.of(), List.of())) {
      String line = latin("a\rb\u0085c\u2028d\u000be\r\n");
      flow.append(line + "\n\nno newline yet");
      assertThat(flow.takeSent()).containsExactly(line, "\n", "\n");
      assertThat(flow.watermark()).isEqualTo(line.length() + 2);
    }
  }

  // ---- character sets

  @Test
  void wideCharactersBecomeUtf8WithoutTheirMark() {
    for (Charset charset : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
      try (FlowFixture flow = encoded(charset)) {
        flow.truncate();
        flow.append("\ufefföne \u010a\u0a0a\ud83d\ude00\ntwo\n".getBytes(charset));
        assertThat(flow.takeSent())
            .containsExactly(latin("öne \u010a\u0a0a\ud83d\ude00\n"), "two\n");
        assertThat(flow.watermark()).isEqualTo(flow.file().toFile().length());
        byte[] half = "three\n".getBytes(charset);
        flow.append(Arrays.copyOf(half, 11));
        assertThat(flow.takeSent()).isEmpty();
        flow.append(new byte[] {half[11]});
        assertThat(flow.takeSent()).containsExactly("three\n");
      }
    }
  }

  @Test
  void latin1BecomesUtf8() {
    try (FlowFixture flow = encoded(StandardCharsets.ISO_8859_1)) {
      flow.append("caf\u00e9\n");
      assertThat(flow.takeSent()).containsExactly(latin("café\n"));
      assertThat(flow.watermark()).isEqualTo(5);
    }
  }

  @Test
  void whatIsNoCharacterIsReplacedAndCounted() {
    try (FlowFixture flow = encoded(StandardCharsets.UTF_16LE)) {
      flow.append(new byte[] {'a', 0, 0, (byte) 0xdc, 'b', 0, '\n', 0});
      assertThat(flow.takeSent()).containsExactly(latin("a\ufffdb\n"));
      assertThat(counted).hasValue(2);
    }
  }

  @Test
  void aByteOrderMarkPassesButNoProcessorSeesIt() {
    String mark = "\u00ef\u00bb\u00bf";
    try (FlowFixture flow = flow(new LineFramer(), options(false, MAX), List.of(), List.of())) {
      flow.append(mark + "a\n");
      assertThat(flow.takeSent()).containsExactly(mark + "a\n");
      flow.truncate();
    }
    Processor brackets =
        (in, out) -> {
          out.begin().append('[');
          out.begin().append(in.array(), in.offset(), in.length());
          out.commit();
        };
    try (FlowFixture flow =
        flow(new LineFramer(), options(false, MAX), List.of(), List.of(brackets))) {
      flow.append(mark + "a\n" + mark + "b\n");
      assertThat(flow.takeSent()).containsExactly("a\n", mark + "b\n");
    }
  }

  // ---- filters

  @Test
  void filteredLinesAreCountedAndMoveTheOffset() {
    List<Processor> preparation =
        List.of(
            LineFilter.notEmpty(),
            LineFilter.including(pattern("keep$"), e -> {}),
            LineFilter.excluding(pattern("^not"), e -> {}));
    try (FlowFixture flow = flow(new LineFramer(), options(false, MAX), preparation, List.of())) {
      flow.append("\r\nx keep\r\nnot keep\nother\n\n");
      assertThat(flow.takeSent()).containsExactly("x keep\r\n");
      assertThat(flow.tail().account().dropped()).isEqualTo(4);
      assertThat(flow.tail().account().recordBytes()).isEqualTo("x keep\r\n".length());
      assertThat(flow.tail().account().bytesRead()).isEqualTo(flow.watermark());
      assertThat(flow.watermark()).isEqualTo(flow.file().toFile().length());
    }
  }

  @Test
  void aLineThatAFilterTakesTooLongOnIsKept() {
    List<ProcessingException> told = new ArrayList<>();
    LineFilter filter = LineFilter.excluding(pattern("((x+)x+)+\\2y"), told::add);
    try (FlowFixture flow =
        flow(new LineFramer(), options(false, MAX), List.of(filter), List.of())) {
      flow.append("x".repeat(60) + "\n");
      assertThat(flow.takeSent()).hasSize(1);
      assertThat(told).hasSize(1);
    }
  }

  @Test
  void aLineThatTheIncludingFilterTakesTooLongOnIsKept() {
    List<ProcessingException> told = new ArrayList<>();
    LineFilter filter = LineFilter.including(pattern("((x+)x+)+\\2y"), told::add);
    try (FlowFixture flow =
        flow(new LineFramer(), options(false, MAX), List.of(filter), List.of())) {
      flow.append("x".repeat(60) + "\nother\n");
      assertThat(flow.takeSent()).hasSize(1);
      assertThat(told).hasSize(1);
    }
  }

  // ---- several lines

  @Test
  void aRecordOfSeveralLinesIsWholeAfterItsTimeWithoutGrowth() {
    LineTest start = test("\\d", PatternLineTest.Place.BEGINNING);
    TailOptions tail = new TailOptions(0, null, MAX, false, 5_000_000_000L, 10);
    try (FlowFixture flow =
        flow(new MultiLineFramer(Newlines.ASCII, start, MAX), tail, List.of(), List.of())) {
      flow.append("before\n1 a\n  b1\n2 c\nmore");
      assertThat(flow.takeSent()).containsExactly("before\n", "1 a\n  b1\n");
      assertThat(flow.watermark()).isEqualTo("before\n1 a\n  b1\n".length());
      flow.work();
      assertThat(flow.takeSent()).containsExactly("2 c\n");
    }
  }

  @Test
  void aLineThatTheStartPatternTakesTooLongOnStartsNoRecord() {
    List<ProcessingException> told = new ArrayList<>();
    LineTest start =
        new PatternLineTest(
            pattern("((x+)x+)+\\2y|S"), PatternLineTest.Place.BEGINNING, null, told::add);
    try (FlowFixture flow =
        flow(
            new MultiLineFramer(Newlines.ASCII, start, MAX),
            options(false, MAX),
            List.of(),
            List.of())) {
      String costly = "x".repeat(60) + "\n";
      flow.append("S1\n" + costly + "S2\n");
      assertThat(flow.takeSent()).containsExactly("S1\n" + costly);
      assertThat(told).hasSize(1);
    }
  }

  // ---- header, footer

  @Test
  void headerLinesAreSkippedAlsoWhenTheyComeLateAndAgainAfterATruncation() {
    TailOptions tail = new TailOptions(2, null, MAX, false, -1, 10);
    try (FlowFixture flow = flow(new LineFramer(), tail, List.of(), List.of())) {
      flow.append("header");
      assertThat(flow.takeSent()).isEmpty();
      flow.append(" 1\n");
      assertThat(flow.takeSent()).isEmpty();
      flow.append("header 2\na record that is long enough\n");
      assertThat(flow.takeSent()).containsExactly("a record that is long enough\n");
      flow.truncate();
      flow.append("h1\nh2\nb\n");
      assertThat(flow.takeSent()).containsExactly("b\n");
    }
  }

  @Test
  void theFooterEndsItsFileAlsoWithinSeveralLines() {
    LineTest footer = test("-- end \\d+ --", PatternLineTest.Place.TRIMMED_LINE);
    LineTest start = test("S", PatternLineTest.Place.BEGINNING);
    TailOptions tail = new TailOptions(0, footer, MAX, false, 1_000_000_000L, 10);
    Framer several =
        new MultiLineFramer(
            Newlines.ASCII, (d, f, t) -> start.test(d, f, t) || footer.test(d, f, t), MAX);
    for (Framer framer : List.of(new LineFramer(), several)) {
      try (FlowFixture flow = flow(framer, tail, List.of(), List.of())) {
        flow.truncate();
        flow.append("S a\n-- end 12 -- not\n \t-- end 12 -- \r\nS b\nc\n");
        assertThat(String.join("", flow.takeSent())).isEqualTo("S a\n-- end 12 -- not\n");
        flow.append("S d\nS e\n");
        assertThat(flow.takeSent()).isEmpty();
      }
    }
  }

  @Test
  void aLineThatTheFooterPatternTakesTooLongOnIsARecord() {
    List<ProcessingException> told = new ArrayList<>();
    LineTest footer =
        new PatternLineTest(
            pattern("((x+)x+)+\\2y|end"), PatternLineTest.Place.TRIMMED_LINE, null, told::add);
    TailOptions tail = new TailOptions(0, footer, MAX, false, -1, 10);
    try (FlowFixture flow = flow(new LineFramer(), tail, List.of(), List.of())) {
      String costly = "x".repeat(60) + "\n";
      flow.append(costly + "end\nmore\n");
      assertThat(flow.takeSent()).containsExactly(costly);
      assertThat(told).isNotEmpty();
    }
  }

  // ---- too long

  @Test
  void forAProcessedRecordTheLimitIsOnTheProcessedBytes() {
    Processor halves =
        (in, out) -> {
          out.begin().append(in.array(), in.offset() + in.length() / 2, (in.length() + 1) / 2);
          out.commit();
        };
    try (FlowFixture flow =
        flow(new LineFramer(), options(false, 2 * MAX), List.of(), List.of(halves))) {
      flow.append("x".repeat(2 * MAX - 1) + "\n");
      assertThat(flow.takeSent()).containsExactly("x".repeat(MAX - 1) + "\n");
      assertThat(flow.oversize).isEmpty();
    }
  }

  // ---- processors

  @ParameterizedTest
  @EnumSource(OnError.class)
  void aFailedRecordIsTreatedAsTold(OnError option) {
    Processor fails = new Failing(ProcessingException.failed("no"));
    RecordOptions records =
        new RecordOptions(List.of(), List.of(fails), option, Oversize.TRUNCATE, "\n");
    try (FlowFixture flow =
        new FlowFixture(folder, MAX, new LineFramer(), options(false, MAX), records)) {
      flow.append("fail\nfine\n");
      assertThat(flow.takeSent())
          .isEqualTo(option == OnError.RAW ? List.of("fail\n", "fine\n") : List.of("fine\n"));
      assertThat(flow.letters)
          .isEqualTo(option == OnError.DEAD_LETTER ? List.of("fail\n") : List.of());
      assertThat(flow.failures).containsExactly(option);
      assertThat(flow.tail().account().dropped()).isEqualTo(option == OnError.DROP ? 1 : 0);
      assertThat(flow.tail().account().inFlight()).isZero();
    }
  }

  @Test
  void aDeadLetterThatCannotBeWrittenHoldsUpNothingElseAndIsNotProcessedAgain() {
    int[] failed = {0};
    Processor fails =
        (in, out) -> {
          if (in.array()[in.offset() + 1] == 'a') {
            failed[0]++;
            throw ProcessingException.failed("no");
          }
          out.forward(in);
        };
    RecordOptions records =
        new RecordOptions(
            List.of(), List.of(fails), OnError.DEAD_LETTER, Oversize.DEAD_LETTER, "\n");
    try (FlowFixture flow =
        new FlowFixture(folder, MAX, new LineFramer(), options(false, MAX), records)) {
      flow.deadLettersFail = true;
      flow.append("good\nfail\nwell\n" + "l".repeat(3 * MAX) + "\nfine\n");
      assertThat(flow.takeSent()).containsExactly("good\n", "well\n", "fine\n");
      flow.append("more\n");
      assertThat(flow.takeSent()).containsExactly("more\n");
      assertThat(flow.watermark()).isZero();
      assertThat(flow.tail().account().inFlight()).isEqualTo(2);
      flow.deadLettersFail = false;
      flow.pass(TimeUnit.MINUTES.toNanos(5));
      assertThat(flow.letters).containsExactly("fail\n", "l".repeat(MAX + 1));
      assertThat(flow.watermark()).isEqualTo(flow.tail().position().offset());
      assertThat(flow.tail().account().inFlight()).isZero();
      assertThat(flow.tail().account().deadLettered()).isEqualTo(2);
      assertThat(failed[0]).isOne();
    }
  }

  @Test
  void withoutAnOptionUnmatchedLinesAreDroppedAndDefectsSendTheRecordAsItWas() {
    try (FlowFixture flow =
        flow(
            new LineFramer(),
            options(false, MAX),
            List.of(),
            List.of(new Failing(ProcessingException.unmatched("no"))))) {
      flow.append("fail\nfine\n");
      assertThat(flow.takeSent()).containsExactly("fine\n");
    }
    Processor broken =
        (in, out) -> {
          throw new IllegalStateException("a defect");
        };
    try (FlowFixture flow =
        flow(new LineFramer(), options(false, MAX), List.of(), List.of(broken))) {
      assertThat(flow.takeSent()).containsExactly("fail\n", "fine\n");
      assertThat(flow.failures).containsExactly(OnError.RAW, OnError.RAW);
    }
  }

  @Test
  void nothingIsReadBeforeProcessorsAreReadyAndTheFlowWakesByItself() {
    class Waiting implements Processor {
      private boolean ready;

      @Override
      public void process(RecordView in, RecordSink out) {
        out.forward(in);
      }

      @Override
      public boolean ready() {
        return ready;
      }
    }
    Waiting waiting = new Waiting();
    try (FlowFixture flow =
        flow(new LineFramer(), options(false, MAX), List.of(), List.of(waiting))) {
      flow.append("a\n");
      assertThat(flow.takeSent()).isEmpty();
      assertThat(flow.tail().position().offset()).isZero();
      assertThat(flow.idleNanos()).isLessThan(100_000_000L);
      waiting.ready = true;
      assertThat(flow.takeSent()).containsExactly("a\n");
    }
  }

  /** Fails on lines that say so. */
  private record Failing(ProcessingException failure) implements Processor {
    @Override
    public void process(RecordView in, RecordSink out) throws ProcessingException {
      if (in.array()[in.offset() + 1] == 'a') {
        throw failure;
      }
      out.forward(in);
    }
  }

  // ---- parts

  private FlowFixture wrapped(WrappedLine line) {
    return wrapped(line, -1);
  }

  private FlowFixture wrapped(WrappedLine line, long timeoutNanos) {
    return wrapped(line, timeoutNanos, 2 * MAX);
  }

  private FlowFixture wrapped(WrappedLine line, long timeoutNanos, int maxRawBytes) {
    return flow(
        new JoiningFramer(line instanceof CriLine ? new CriLine() : new DockerLine(), maxRawBytes),
        new TailOptions(0, null, maxRawBytes, false, timeoutNanos, 10),
        List.of(unwrapper(line)),
        List.of());
  }

  private Unwrapper unwrapper(WrappedLine line) {
    return new Unwrapper(line, counted::addAndGet);
  }

  private FlowFixture encoded(Charset charset) {
    Newlines newlines = Newlines.of(charset);
    return flow(
        new LineFramer(newlines),
        new TailOptions(0, null, 2 * MAX, false, -1, 10, newlines),
        List.of(new Transcoder(charset, counted::addAndGet)),
        List.of());
  }

  private FlowFixture flow(
      Framer framer, TailOptions tail, List<Processor> preparation, List<Processor> processors) {
    RecordOptions records =
        new RecordOptions(preparation, processors, null, Oversize.TRUNCATE, "\n");
    return new FlowFixture(folder, MAX, framer, tail, records);
  }

  private static TailOptions options(boolean split, int maxRawBytes) {
    return new TailOptions(0, null, maxRawBytes, split, -1, 10);
  }

  private static LineTest test(String regex, PatternLineTest.Place place) {
    return new PatternLineTest(pattern(regex), place, null, e -> {});
  }

  private static BoundedPattern pattern(String regex) {
    return new BoundedPattern(Pattern.compile(regex), Clock.system());
  }

  /** The UTF-8 form of a text, each byte as a character. */
  private static String latin(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }
}
