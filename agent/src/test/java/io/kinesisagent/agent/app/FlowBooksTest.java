package io.kinesisagent.agent.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinesisagent.agent.tail.SampleTail;
import io.kinesisagent.agent.tail.Tail;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlowBooksTest {
  @TempDir Path folder;

  @Test
  void whatWasReadIsBehindUntilItIsAcknowledged() {
    try (ConfiguredAgent agent = new ConfiguredAgent(folder, "", "\"keep\": \"k\"")) {
      agent.kept().hold();
      agent.append("line 00\n".repeat(10)).work(20);
      agent.append("no end").work(1).giveUp();
      FlowStatus status = agent.flows().get(0).status();
      assertThat(status.lag()).isEqualTo(new FlowStatus.Lag(1, 1, 86, 6, 86, 21));
      assertThat(status.recordsBehind()).isEqualTo(11);
      FileStatus file = status.files().get(0);
      assertThat(file.bytesBehind()).isEqualTo(86);
      assertThat(file.secondsBehind()).isEqualTo(21);
    }
  }

  @Test
  void aFlowThatAlwaysHasSomethingUnderWayIsBehindByThatOnly() {
    try (ConfiguredAgent agent =
        new ConfiguredAgent(folder, "", "\"keep\": \"k\", \"maxBufferSizeRecords\": 1")) {
      agent.kept().hold();
      agent.append("line 00\n").work(2);
      for (int i = 0; i < 200; i++) {
        agent.append("line 00\n").work(1);
        agent.kept().answerFirst();
        assertThat(agent.kept().inFlight()).isPositive();
      }
      agent.work(1).giveUp();
      assertThat(agent.flows().get(0).status().lag())
          .isEqualTo(new FlowStatus.Lag(1, 1, 8, 0, 201 * 8, 2));
    }
  }

  @Test
  void headersHolesAndWhatWasFilteredAreSkippedBytes() {
    try (ConfiguredAgent agent =
        new ConfiguredAgent(
            folder, "", "\"keep\": \"k\", \"skipHeaderLines\": 1, \"skipEmptyLines\": true")) {
      agent.append("header\none\n\n\n" + "\0".repeat(10_000) + "two\n").work(3).giveUp();
      FlowStatus status = agent.flows().get(0).status();
      FlowStatus.Books books = new FlowStatus.Books(10_017, 8, 10_009, 4, 2, 2, 0, 0, 0);
      assertThat(status.account()).isEqualTo(books);
      assertThat(status.files()).extracting(FileStatus::account).containsExactly(books);
      assertThat(StatusText.of(StatusTextTest.status(status)))
          .contains("  bytes     10,017 read = 8 in records + 10,009 skipped");
    }
  }

  @Test
  void nothingIsBehindOnceAllIsAcknowledged() {
    try (ConfiguredAgent agent = new ConfiguredAgent(folder, "", "\"keep\": \"k\"")) {
      agent.append("line 00\n".repeat(10)).work(20).giveUp();
      assertThat(agent.flows().get(0).status().lag())
          .isEqualTo(new FlowStatus.Lag(1, 0, 0, 0, 0, 0));
    }
  }

  @Test
  void ofManyFilesThoseThatAreBehindAreShownFirst() {
    List<Tail> files = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      files.add(SampleTail.of("/logs/at-rest-" + i + ".log"));
    }
    Tail little = SampleTail.behind(SampleTail.of("/logs/little.log"), 10);
    Tail much = SampleTail.behind(SampleTail.of("/logs/much.log"), 10_000);
    files.add(little);
    files.add(much);
    assertThat(FlowBooks.shown(files)).hasSize(100).startsWith(much, little);
  }

  @Test
  void fewFilesAreShownInTheOrderOfTheirNames() {
    Tail a = SampleTail.of("/logs/a.log");
    Tail b = SampleTail.of("/logs/b.log");
    assertThat(FlowBooks.shown(List.of(b, a))).containsExactly(a, b);
  }
}
