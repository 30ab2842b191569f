package io.kinesisagent.agent.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StatusTextTest {
  private static final long NOW = 1_700_000_000_000L;
  private static final long LARGE = 987_654_321_987_654L;
  private static final FlowStatus.Books BOOKS =
      new FlowStatus.Books(LARGE, LARGE, LARGE, LARGE, LARGE, LARGE, LARGE, LARGE, LARGE);

  @Test
  void theLargestNumbersAndLongestNamesFitInto80Columns() {
    String path = "/var/log/" + "deep/".repeat(40) + "app.log";
    List<FileStatus> files = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      files.add(
          new FileStatus(
              path + i,
              i,
              LARGE,
              LARGE,
              LARGE,
              LARGE,
              LARGE,
              "finished",
              "a b ".repeat(60),
              BOOKS));
    }
    AgentStatus status =
        status(
            new FlowStatus(
                "kinesis:stream:" + path,
                "KinesisStream:" + "s".repeat(128),
                "shipping",
                files,
                new FlowStatus.Lag(4_000, 4_000, LARGE, LARGE, LARGE, 9_999_999),
                new FlowStatus.Rates(1e15, 1e12, 1e15, 9_999_999),
                new FlowStatus.LastError("x".repeat(300) + "\nsecond line", NOW, NOW - 1000),
                BOOKS,
                new FlowStatus.Load(100_000, LARGE, 1_234_567),
                new FlowStatus.Counts(
                    Map.of("ProvisionedThroughputExceededException", LARGE), Map.of("a", LARGE))));
    assertThat(StatusText.of(status))
        .allMatch(line -> line.length() <= StatusText.COLUMNS, "fits")
        .noneMatch(line -> line.contains("\n"));
    assertThat(String.join("\n", StatusText.of(status)))
        .containsPattern("RELOAD REFUSED at \\d\\d:\\d\\d:\\d\\d: agent.json:1:1: error")
        .contains("(and 2 more errors)")
        .contains("ProvisionedThroughputExceededException 987,654,321,987,654", "LOST", "left");
  }

  @Test
  void whatDoesNotFitIntoTheTerminalIsCounted() {
    AgentStatus status = status(FlowStatus.starting("a", "b"));
    List<String> all = StatusText.of(status);
    assertThat(StatusText.of(status, all.size())).isEqualTo(all);
    assertThat(StatusText.of(status, 5))
        .hasSize(5)
        .last()
        .isEqualTo("… " + (all.size() - 4) + " more lines than this terminal holds");
  }

  @Test
  void whatIsReadAndUnderWayIsToldFromABacklog() {
    assertThat(StatusText.of(status(behind(new FlowStatus.Lag(2, 1, 300, 0, 400, 1)))))
        .contains("  behind    300 B in 1 of 2 files, read and under way, for 1 s")
        .noneMatch(line -> line.startsWith("  progress"));
    assertThat(StatusText.of(status(behind(new FlowStatus.Lag(2, 1, 300, 100, 400, 1)))))
        .contains("  behind    300 B in 1 of 2 files, for 1 s")
        .anyMatch(line -> line.startsWith("  progress"));
  }

  private static FlowStatus behind(FlowStatus.Lag lag) {
    FlowStatus flow = FlowStatus.starting("a", "b");
    return new FlowStatus(
        flow.flow(),
        flow.destination(),
        "shipping",
        flow.files(),
        lag,
        flow.rates(),
        null,
        flow.account(),
        flow.load(),
        flow.counts());
  }

  @Test
  void aFlowThatWaitsForMemoryIsToldFromOneThatShips() {
    FlowStatus flow = FlowStatus.starting("a", "KinesisStream:s");
    assertThat(StatusText.of(status(flow.in("shipping", null, 0))))
        .contains("  shipping to KinesisStream:s");
    assertThat(StatusText.of(status(flow.in("waiting", null, 0))))
        .contains("  waiting for memory, to ship to KinesisStream:s");
  }

  @Test
  void theHeightOfATerminalIsTheFirstNumberThatSttySays() {
    assertThat(Terminal.rows("50 132\n")).isEqualTo(50);
    assertThat(Terminal.rows("0 0\n")).isEqualTo(5);
    assertThat(Terminal.rows("")).isEqualTo(24);
    assertThat(Terminal.rows("stty: no tty\n")).isEqualTo(24);
  }

  static AgentStatus status(FlowStatus flow) {
    return new AgentStatus(
        "3.0.0-SNAPSHOT",
        4_194_304,
        "17",
        "/etc/aws-kinesis/agent.json",
        NOW,
        NOW - 999_999_999L,
        NOW,
        new Refusal(NOW, List.of("agent.json:1:1: error: $: " + "much ".repeat(30), "b", "c")),
        LARGE,
        LARGE,
        "no space left on the device ".repeat(5),
        List.of(flow));
  }
}
