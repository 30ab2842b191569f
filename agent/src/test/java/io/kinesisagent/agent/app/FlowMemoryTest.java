package io.kinesisagent.agent.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Flows that share a memory of 1 MiB, the least that can be configured. */
class FlowMemoryTest {
  private static final String LEAST = "\"maxMemoryBytes\": \"1MiB\", ";
  private static final String MUCH = "of a line\n".repeat(300_000);
  private static final int LONGEST = 1 << 20;

  @TempDir Path folder;

  @Test
  void aFlowThatStartsLateHasItsShare() {
    try (ConfiguredAgent agent =
        new ConfiguredAgent(
            folder, LEAST, "\"keep\": \"a\"", "\"keep\": \"b\"", "\"keep\": \"healthy\"")) {
      agent.kept().refuseAllBut("healthy");
      agent.append("app0.log", MUCH).append("app1.log", MUCH).append("app2.log", "x\n".repeat(500));
      assertThat(agent.takeSent()).hasSize(500);
    }
  }

  @Test
  void aRecordOfTheLargestSizeIsReadWithTheLeastMemory() {
    String flow = "\"mostRecordBytes\": " + LONGEST + ", \"keep\": ";
    try (ConfiguredAgent agent =
        new ConfiguredAgent(folder, LEAST, flow + "\"a\"", flow + "\"b\"", flow + "\"c\"")) {
      String longest = "x".repeat(LONGEST - 1) + "\n";
      agent.append("before\n").append(longest).append("behind\n");
      assertThat(agent.takeSent()).containsExactly("before\n", longest, "behind\n");
    }
  }

  @Test
  @Timeout(60)
  void aFlowThatWaitsForMemorySaysSo() {
    try (SaidLog log = new SaidLog(FlowReport.class);
        ConfiguredAgent agent = new ConfiguredAgent(folder, LEAST, "\"keep\": \"a\"")) {
      RunningFlow flow = agent.flows().get(0);
      agent.kept().hold();
      agent.append(MUCH).work(9);
      assertThat(log.lines()).noneMatch(line -> line.contains("memory"));
      while (!flow.status().state().equals("waiting")) {
        agent.work(3);
      }
      long held = flow.gear().memory().held();
      String said =
          "it waits for memory: its next record takes 10 bytes, and "
              + held
              + " of 1048576 bytes (maxMemoryBytes) are held by records that destinations have not"
              + " taken yet; reading goes on when they take records again";
      assertThat(log.lines()).containsOnlyOnce("WARN flow " + flow.id() + ": " + said);
      assertThat(flow.status().lastError().message()).isEqualTo(said);

      agent.kept().letGo();
      while (!flow.status().state().equals("shipping")) {
        agent.work(3);
      }
      assertThat(log.lines())
          .endsWith("INFO flow " + flow.id() + ": there is memory again, and reading goes on");
    }
  }

  @Test
  void aFlowThatHasNothingLeftToReadWaitsForNoMemory() {
    try (ConfiguredAgent agent = new ConfiguredAgent(folder, LEAST, "\"keep\": \"a\"")) {
      FlowReport report = agent.flows().get(0).gear().report();
      agent.kept().hold();
      agent.append(MUCH).work(20);
      assertThat(report.waitsForMemory()).isTrue();
      agent.truncate().work(20);
      assertThat(report.waitsForMemory()).isFalse();
    }
  }
}
