package io.kinesisagent.agent.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinesisagent.agent.frame.Framer;
import io.kinesisagent.agent.frame.LineFramer;
import io.kinesisagent.agent.frame.LineTest;
import io.kinesisagent.agent.frame.MultiLineFramer;
import io.kinesisagent.agent.frame.Newlines;
import io.kinesisagent.agent.tail.TailOptions;
import io.kinesisagent.spi.MutableBytes;
import io.kinesisagent.spi.ProcessingException;
import io.kinesisagent.spi.Processor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of a record that is longer than its destination takes, in each form of records. */
class OversizeTest {
  private static final int MAX = 10;
  private static final String TERMINATOR = "###\n";

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Oversize.class)
  void aLine(Oversize option) {
    assertBecomes(
        new LineFramer(),
        new TailOptions(0, null, MAX, option == Oversize.SPLIT, -1, 10),
        List.of(),
        option,
        "short\n12345é78é0\n123456789\n",
        List.of("short\n"),
        List.of("12345" + TERMINATOR),
        List.of("12345é78", "é0\n"),
        List.of("123456789\n"));
  }

  @ParameterizedTest
  @EnumSource(Oversize.class)
  void aRecordOfSeveralLinesIsSplitBehindOne(Oversize option) {
    LineTest start = (data, from, to) -> from < to && data[from] == 'S';
    assertBecomes(
        new MultiLineFramer(Newlines.ASCII, start, MAX),
        new TailOptions(0, null, MAX, option == Oversize.SPLIT, 1_000_000_000L, 10),
        List.of(),
        option,
        "S1\nx\nS12\n4é78é0\nS2\ny\n",
        List.of("S1\nx\n"),
        List.of("S12\n4" + TERMINATOR),
        List.of("S12\n", "4é78é0\n"),
        List.of("S2\ny\n"));
  }

  @ParameterizedTest
  @EnumSource(Oversize.class)
  void whatAProcessorMakes(Oversize option) {
    Processor triples =
        (in, out) -> {
          MutableBytes made = out.begin();
          for (int i = 0; i < 3; i++) {
            made.append(in.array(), in.offset(), in.length() - 1);
          }
          made.append('\n');
          out.commit();
        };
    assertBecomes(
        new LineFramer(),
        new TailOptions(0, null, 2 * MAX, false, -1, 10),
        List.of(triples),
        option,
        "ab\naéb\nc\n",
        List.of("ababab\n"),
        List.of("aéba" + TERMINATOR),
        List.of("aébaéba", "éb\n"),
        List.of("ccc\n"));
  }

  @Test
  void aDeadLetterOfALineThatIsTooLongToBeHeldSaysThatItIsAPart() throws IOException {
    Processor refuses =
        (in, out) -> {
          throw ProcessingException.failed("no");
        };
    TailOptions tail = new TailOptions(0, null, MAX, false, -1, 10);
    RecordOptions processed =
        new RecordOptions(
            List.of(), List.of(refuses), OnError.DEAD_LETTER, Oversize.TRUNCATE, TERMINATOR);
    RecordOptions plain =
        new RecordOptions(List.of(), List.of(), null, Oversize.DEAD_LETTER, TERMINATOR);
    for (RecordOptions records : List.of(processed, plain)) {
      Path own = Files.createTempDirectory(folder, "flow");
      try (FlowFixture flow = new FlowFixture(own, MAX, new LineFramer(), tail, records)) {
        flow.append("0123456789abcdef\n".getBytes(StandardCharsets.UTF_8));
        assertThat(flow.takeSent()).isEmpty();
        assertThat(flow.letters).singleElement().asString().startsWith("0123456789");
        assertThat(flow.reasons)
            .singleElement()
            .asString()
            .endsWith(
                "; these are the first "
                    + flow.letters.get(0).length()
                    + " bytes of a longer line");
      }
    }
  }

  private void assertBecomes(
      Framer framer,
      TailOptions tail,
      List<Processor> processors,
      Oversize option,
      String source,
      List<String> before,
      List<String> truncated,
      List<String> split,
      List<String> behind) {
    RecordOptions records = new RecordOptions(List.of(), processors, null, option, TERMINATOR);
    try (FlowFixture flow = new FlowFixture(folder, MAX, framer, tail, records)) {
      flow.append(source.getBytes(StandardCharsets.UTF_8));
      List<String> expected = new ArrayList<>(before);
      switch (option) {
        case TRUNCATE -> expected.addAll(truncated);
        case SPLIT -> expected.addAll(split);
        case DROP, DEAD_LETTER -> {}
      }
      expected.addAll(behind);
      List<String> sent = new ArrayList<>();
      for (String record : flow.takeSent()) {
        sent.add(new String(record.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
      }
      assertThat(sent).isEqualTo(expected);
      assertThat(flow.letters).hasSize(option == Oversize.DEAD_LETTER ? 1 : 0);
      assertThat(flow.tail().account().dropped()).isEqualTo(option == Oversize.DROP ? 1 : 0);
      assertThat(flow.tail().account().inFlight()).isZero();
      assertThat(flow.watermark()).isEqualTo(flow.file().toFile().length());
    }
  }
}
