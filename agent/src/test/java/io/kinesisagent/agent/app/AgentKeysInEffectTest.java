package io.kinesisagent.agent.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinesisagent.agent.config.ConfigResult;
import io.kinesisagent.agent.config.Problem;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys about sending and the log, from the text of agent.json to what comes of them. */
class AgentKeysInEffectTest {
  private static final int LINES = 30;
  private static final String A_LINE_A_BATCH = "\"maxBufferSizeRecords\": 1";

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "3, '\"maxSendingThreads\": 3,'",
    // Two processors.
    "4, '\"maxSendingThreadsPerCore\": 2,'",
    "2, '\"maxSendingThreadsPerCore\": 1,'",
    "1, '\"maxSendingThreads\": 1, \"maxSendingThreadsPerCore\": 9,'",
    "5, '\"maxSendingThreads\": \"5\",'"
  })
  void soManyRequestsOfAllFlowsAreInFlightAtOnceAndNoMore(int most, String keys) {
    try (ConfiguredAgent agent =
        new ConfiguredAgent(
            folder,
            keys,
            "\"keep\": \"a\", " + A_LINE_A_BATCH,
            "\"keep\": \"b\", " + A_LINE_A_BATCH)) {
      agent.kept().hold();
      agent.append("app0.log", "x\n".repeat(LINES)).append("app1.log", "x\n".repeat(LINES));
      int arrived = agent.takeSent().size();
      assertThat(arrived).isEqualTo(most);
      while (arrived < 2 * LINES) {
        agent.kept().answerAll();
        int next = agent.takeSent().size();
        assertThat(agent.kept().inFlight()).isEqualTo(next);
        // Once one flow has sent all, what is kept for it is not used.
        assertThat(next).isBetween(1, most);
        arrived += next;
      }
      assertThat(arrived).isEqualTo(2 * LINES);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 20})
  void soManyBatchesOfAFlowWaitOrAreInFlightAndTheRestIsNotRead(int capacity) {
    try (ConfiguredAgent agent =
        new ConfiguredAgent(
            folder,
            "",
            "\"keep\": \"a\", \"publishQueueCapacity\": " + capacity + ", " + A_LINE_A_BATCH,
            "\"keep\": \"b\", " + A_LINE_A_BATCH)) {
      agent.kept().hold();
      agent.append("app0.log", "x\n".repeat(LINES)).append("app1.log", "x\n".repeat(LINES));
      agent.work(3).giveUp();
      assertThat(agent.flows().get(0).status().load().batches()).isEqualTo(capacity);
      assertThat(agent.flows().get(1).status().load().batches()).isEqualTo(LINES);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "30, '\"maxBufferSizeRecords\": 1'",
    "15, '\"maxBufferSizeRecords\": 2'",
    "1, ''",
    // Three lines of two bytes are joined.
    "10, '\"joinedBytes\": 7, \"maxBufferSizeRecords\": 1'",
    "5, '\"joinedBytes\": 7, \"maxBufferSizeRecords\": 2'",
    "1, '\"joinedBytes\": 7'"
  })
  void aBatchIsSentAtSoManyRecordsOrSoManyThatTheyBecome(int batches, String keys) {
    String and = keys.isEmpty() ? "" : ", ";
    try (ConfiguredAgent agent = new ConfiguredAgent(folder, "", "\"keep\": \"a\"" + and + keys)) {
      agent.kept().hold();
      agent.append("x\n".repeat(LINES)).work(3).giveUp();
      assertThat(agent.flows().get(0).status().load().batches()).isEqualTo(batches);
    }
  }

  @Test
  void aBatchThatSettlesMakesRoomForTheNext() {
    try (ConfiguredAgent agent =
        new ConfiguredAgent(
            folder, "", "\"keep\": \"a\", \"publishQueueCapacity\": 2, " + A_LINE_A_BATCH)) {
      agent.kept().hold();
      agent.append("x\n".repeat(5));
      for (int expected : new int[] {2, 2, 1}) {
        assertThat(agent.takeSent()).isEqualTo(Collections.nCopies(expected, "x\n"));
        agent.kept().answerAll();
      }
      assertThat(agent.takeSent()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'', '', false",
    "true, '', true",
    "false, '', false",
    "'', true, true",
    "true, false, false",
    "false, true, true"
  })
  void theStatusLineCarriesTheInternalCountersWhereItIsAskedFor(
      String ofAgent, String ofFlow, boolean carried) throws Exception {
    String key = "\"log.emitInternalMetrics\": ";
    try (ConfiguredAgent agent =
            new ConfiguredAgent(
                folder,
                "\"log.statusReportingPeriodSeconds\": 7, "
                    + (ofAgent.isEmpty() ? "" : key + ofAgent + ", "),
                "\"keep\": \"a\", \"mostRecordBytes\": 5"
                    + (ofFlow.isEmpty() ? "" : ", " + key + ofFlow));
        SaidLog said = new SaidLog(StatusLog.class)) {
      StatusLog log = new StatusLog(agent.config(), agent, agent::flows);
      agent.append("much too long\nx\n").work(6);
      assertThat(log.doWork()).isZero();
      agent.work(1);
      assertThat(log.doWork()).isEqualTo(1);
      String counters =
          "{\"errors\":{},\"oversize_records\":1,\"record_send_attempts\":2,"
              + "\"record_send_errors\":0,\"service_errors\":0}";
      assertThat(said.lines())
          .singleElement()
          .asString()
          .startsWith("INFO flow keep:a:" + folder.resolve("app0.log*") + " is ")
          .satisfies(line -> assertThat(line.endsWith(" " + counters)).isEqualTo(carried))
          .satisfies(line -> assertThat(line.contains("{")).isEqualTo(carried));
    }
  }

  @Test
  void theLongestPeriodOfTheStatusLineIsATimeToCome() {
    try (ConfiguredAgent agent =
        new ConfiguredAgent(
            folder,
            "\"log.statusReportingPeriodSeconds\": " + Long.MAX_VALUE + ", ",
            "\"keep\": \"a\"")) {
      StatusLog log = new StatusLog(agent.config(), agent, agent::flows);
      assertThat(log.idleUntilNanos(agent.nanoTime())).isGreaterThan(agent.nanoTime());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sendingThreadsKeepAliveMillis",
        "sendingThreadsMaxQueueSize",
        "checkpoints.queryTimeoutSeconds",
        "checkpoints.connectionTimeoutSeconds"
      })
  void keysOfTheAgentWithoutEffectAreTakenWithAHint(String key) {
    String path = key.contains(".") ? "$['" + key + "']" : "$." + key;
    assertHint(path, "\"" + key + "\": 1,", "");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "waitOnFullPublishQueueMillis",
        "waitOnEmptyPublishQueueMillis",
        "waitOnFullRetryQueueMillis"
      })
  void keysOfAFlowWithoutEffectAreTakenWithAHint(String key) {
    assertHint("$.flows[0]." + key, "", ", \"" + key + "\": 60000");
  }

  private void assertHint(String path, String agentKeys, String flowKeys) {
    ConfigResult.Valid valid =
        ConfiguredAgent.read(
            folder,
            "{"
                + agentKeys
                + "\"flows\": [{\"filePattern\": \"/logs/app.log\", \"keep\": \"a\""
                + flowKeys
                + "}]}",
            new KeptRecords());
    List<Problem> problems = valid.problems();
    assertThat(problems)
        .singleElement()
        .asString()
        .endsWith(": note: " + path + ": is accepted from older files, without effect");
  }
}
