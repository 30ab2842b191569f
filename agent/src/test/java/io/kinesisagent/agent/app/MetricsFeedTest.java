package io.kinesisagent.agent.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinesisagent.spi.Disposition;
import io.kinesisagent.spi.Failure;
import io.kinesisagent.spi.Measurement;
import io.kinesisagent.spi.Measurement.Unit;
import io.kinesisagent.spi.Measurement.Values;
import io.kinesisagent.spi.MetricsPublisher;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsFeedTest implements MetricsPublisher {
  private static final int PERIOD_SECONDS = 30;
  private static final Failure AWAY = new Failure(Disposition.RETRY, "Away", "not there");

  private final List<Measurement> published = new ArrayList<>();
  private final List<Integer> calls = new ArrayList<>();
  private Optional<Failure> answer = Optional.empty();
  private int maxPerCall = 100;
  private int maxQueued = 100;

  @TempDir Path folder;

  @Test
  void everyMetricHasItsNameItsUnitAndItsDestination() {
    try (ConfiguredAgent agent =
        new ConfiguredAgent(
            folder,
            "",
            "\"keep\": \"k\", \"mostRecordBytes\": 8, \"oversizeRecordOption\": \"DEAD_LETTER\"")) {
      MetricsFeed feed = new MetricsFeed(this, agent::flows, agent);
      agent.append("a\nmuch too long\nbcd\n").work(PERIOD_SECONDS - 1);
      assertThat(feed.doWork()).isZero();
      agent.work(1).giveUp();
      assertThat(feed.doWork()).isPositive();
      assertThat(published)
          .containsExactlyInAnyOrder(
              measured("BytesSent", Unit.BYTES, agent, new Values(1, 6, 6, 6)),
              measured("RecordsSent", Unit.COUNT, agent, new Values(1, 2, 2, 2)),
              measured("RecordSendAttempts", Unit.COUNT, agent, new Values(1, 2, 2, 2)),
              measured("RecordSendErrors", Unit.COUNT, agent, new Values(1, 0, 0, 0)),
              measured("ServiceErrors", Unit.COUNT, agent, new Values(1, 0, 0, 0)),
              measured("ConsecutiveProcessingErrors", Unit.COUNT, agent, new Values(1, 0, 0, 0)),
              measured("RecordsDeadLettered", Unit.COUNT, agent, new Values(1, 1, 1, 1)),
              measured("BytesBehind", Unit.BYTES, agent, new Values(1, 0, 0, 0)),
              measured("FilesBehind", Unit.COUNT, agent, new Values(1, 0, 0, 0)),
              measured("RecordsBehind", Unit.COUNT, agent, new Values(1, 0, 0, 0)));
    }
  }

  private static Measurement measured(
      String name, Unit unit, ConfiguredAgent agent, Values values) {
    return new Measurement(name, unit, "Kept:k", values, agent.epochMillis());
  }

  @Test
  void throttlingIsAnErrorOfRecordsAndNotOfTheService() {
    try (ConfiguredAgent agent = new ConfiguredAgent(folder, "", "\"keep\": \"k\"")) {
      FlowReport report = agent.flows().get(0).gear().report();
      MetricsFeed feed = new MetricsFeed(this, agent::flows, agent);
      Failure throttled = new Failure(Disposition.THROTTLED, "KMSThrottlingException", "slow");
      report.failed(throttled, 3);
      report.requestFailed(throttled, 1);
      report.failed(AWAY, 5);
      report.requestFailed(AWAY, 2);
      agent.work(PERIOD_SECONDS);
      assertThat(feed.doWork()).isPositive();
      assertThat(values("RecordSendAttempts")).containsExactly(new Values(2, 8, 3, 5));
      assertThat(values("RecordSendErrors")).containsExactly(new Values(2, 8, 3, 5));
      assertThat(values("ServiceErrors")).containsExactly(new Values(1, 1, 1, 1));
      assertThat(values("ConsecutiveProcessingErrors")).containsExactly(new Values(2, 3, 1, 2));
    }
  }

  @Test
  void requestsThatFailTogetherAreErrorsOfTheServiceEachAndOneOfProcessing() {
    try (ConfiguredAgent agent = new ConfiguredAgent(folder, "", "\"keep\": \"k\"")) {
      FlowReport report = agent.flows().get(0).gear().report();
      MetricsFeed feed = new MetricsFeed(this, agent::flows, agent);
      for (int i = 0; i < 4; i++) {
        report.failed(AWAY, 5);
        report.requestFailed(AWAY, 1);
      }
      report.rejected(6);
      agent.work(PERIOD_SECONDS);
      assertThat(feed.doWork()).isPositive();
      assertThat(values("ServiceErrors")).containsExactly(new Values(4, 4, 1, 1));
      assertThat(values("ConsecutiveProcessingErrors")).containsExactly(one(1));
      assertThat(values("RecordSendAttempts")).containsExactly(new Values(5, 26, 5, 6));
      assertThat(values("RecordSendErrors")).containsExactly(new Values(5, 26, 5, 6));
    }
  }

  @Test
  void prometheusHasWhatIsBehindAndHowOftenTheDestinationFailed() {
    try (ConfiguredAgent agent = new ConfiguredAgent(folder, "", "\"keep\": \"k\"")) {
      agent.kept().hold();
      agent.append("a\nb\nc\n").work(2).giveUp();
      FlowReport report = agent.flows().get(0).gear().report();
      report.requestFailed(AWAY, 7);
      String labels = "{flow=\"" + agent.flows().get(0).id() + "\",destination=\"Kept:k\"} ";
      assertThat(text(agent))
          .contains(
              "# TYPE kinesis_agent_records_behind gauge",
              "kinesis_agent_records_behind" + labels + 3,
              "# TYPE kinesis_agent_consecutive_processing_errors gauge",
              "kinesis_agent_consecutive_processing_errors" + labels + 7);
      report.recovered();
      assertThat(text(agent)).contains("kinesis_agent_consecutive_processing_errors" + labels + 0);
    }
  }

  private static String text(ConfiguredAgent agent) {
    FlowStatus status = agent.flows().get(0).status();
    return PrometheusText.of(StatusTextTest.status(status), agent.flows());
  }

  @Test
  void whatFlowsToOneDestinationAreBehindIsSummedUp() {
    String keys = "\"maxBufferSizeRecords\": 1, \"publishQueueCapacity\": ";
    try (ConfiguredAgent agent =
        new ConfiguredAgent(
            folder,
            "",
            "\"keep\": \"k\", " + keys + 2,
            "\"keep\": \"k\", " + keys + 5,
            "\"keep\": \"other\"")) {
      MetricsFeed feed = new MetricsFeed(this, agent::flows, agent);
      agent.kept().hold();
      for (int i = 0; i < 3; i++) {
        agent.append("app" + i + ".log", "line 00\n".repeat(10));
      }
      agent.work(PERIOD_SECONDS).giveUp();
      assertThat(feed.doWork()).isPositive();
      assertThat(published).extracting(Measurement::destination).contains("Kept:k", "Kept:other");
      assertThat(values("FilesBehind")).containsExactly(one(2), one(1));
      assertThat(values("BytesBehind")).containsExactly(one(160), one(80));
      assertThat(values("RecordsBehind")).containsExactly(one(20), one(10));
    }
  }

  @Test
  void whatCannotBePublishedIsKeptUpToTheBoundAndTheOldestGoFirst() {
    try (ConfiguredAgent agent = new ConfiguredAgent(folder, "", "\"keep\": \"k\"")) {
      maxQueued = 5;
      answer = Optional.of(AWAY);
      MetricsFeed feed = new MetricsFeed(this, agent::flows, agent);
      List<Long> ends = new ArrayList<>();
      for (int period = 0; period < 4; period++) {
        agent.work(PERIOD_SECONDS);
        ends.add(agent.epochMillis());
        doAll(feed);
      }
      answer = Optional.empty();
      published.clear();
      agent.work(6);
      doAll(feed);
      assertThat(published)
          .extracting(Measurement::name)
          .containsExactly(
              "FilesBehind", "RecordsBehind", "BytesBehind", "FilesBehind", "RecordsBehind");
      assertThat(published)
          .extracting(Measurement::epochMillis)
          .containsExactly(ends.get(2), ends.get(2), ends.get(3), ends.get(3), ends.get(3));
    }
  }

  @Test
  void whatIsRejectedIsNotOfferedAgain() {
    try (ConfiguredAgent agent = new ConfiguredAgent(folder, "", "\"keep\": \"k\"")) {
      answer = Optional.of(new Failure(Disposition.REJECTED, "Bad", "no such metric"));
      MetricsFeed feed = new MetricsFeed(this, agent::flows, agent);
      agent.work(PERIOD_SECONDS);
      doAll(feed);
      agent.work(PERIOD_SECONDS - 1);
      doAll(feed);
      assertThat(calls).containsExactly(3);
    }
  }

  @Test
  void noCallHoldsMoreThanThePublisherTakes() {
    try (ConfiguredAgent agent = new ConfiguredAgent(folder, "", "\"keep\": \"k\"")) {
      maxPerCall = 2;
      MetricsFeed feed = new MetricsFeed(this, agent::flows, agent);
      agent.work(PERIOD_SECONDS);
      doAll(feed);
      assertThat(calls).containsExactly(2, 1);
    }
  }

  private static void doAll(MetricsFeed feed) {
    int steps = 0;
    while (feed.doWork() > 0) {
      assertThat(steps++).isLessThan(100);
    }
  }

  private static Values one(long count) {
    double value = (double) count;
    return new Values(1, value, value, value);
  }

  private List<Values> values(String name) {
    return published.stream()
        .filter(measurement -> measurement.name().equals(name))
        .map(Measurement::values)
        .toList();
  }

  @Override
  public long periodMillis() {
    return PERIOD_SECONDS * 1000L;
  }

  @Override
  public int maxQueued() {
    return maxQueued;
  }

  @Override
  public int maxPerCall() {
    return maxPerCall;
  }

  @Override
  public CompletionStage<Optional<Failure>> publish(List<Measurement> measurements) {
    calls.add(measurements.size());
    published.addAll(measurements);
    return CompletableFuture.completedFuture(answer);
  }

  @Override
  public void close() {}
}
