package io.kinesisagent.agent.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinesisagent.agent.flow.FlowFixture;
import io.kinesisagent.agent.metrics.FlowMetrics;
import io.kinesisagent.agent.metrics.LatencyHistogram;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The latency that is counted runs from the append, with a clock that stands until it is moved. */
class LatencyTest {
  private static final int RECORDS_A_BATCH = 100;

  /** Batches that wait or are in flight, and the open one. */
  private static final int ROOM = 11 * RECORDS_A_BATCH;

  private final FlowMetrics metrics = new FlowMetrics();
  @TempDir Path folder;

  @Test
  void whatCouldNotBeReadForTenSecondsTookAsLong() {
    try (FlowFixture flow = flow()) {
      flow.hold();
      append(flow, ROOM);
      flow.work();
      append(flow, RECORDS_A_BATCH);
      flow.work();
      assertThat(flow.tail().bytesUnread()).isEqualTo(2L * RECORDS_A_BATCH);
      flow.pass(TimeUnit.SECONDS.toNanos(10));
      append(flow, RECORDS_A_BATCH);
      flow.pass(TimeUnit.MILLISECONDS.toNanos(400));
      assertThat(metrics.latency().sumSeconds()).isZero();
      flow.letGo();
      flow.work();
    }
    // What was written last waited for 2.4 s: the time that work() takes, and what passed.
    assertThat(recordsUpTo(1)).isZero();
    assertThat(recordsUpTo(2.5)).isEqualTo(RECORDS_A_BATCH);
    assertThat(recordsUpTo(10)).isEqualTo(RECORDS_A_BATCH);
    assertThat(recordsUpTo(30)).isEqualTo(ROOM + 2L * RECORDS_A_BATCH);
  }

  @Test
  void whatIsReadAtOnceTakesNoTime() {
    try (FlowFixture flow = flow()) {
      for (int i = 0; i < 10; i++) {
        append(flow, 7);
        flow.pass(0);
      }
    }
    assertThat(recordsUpTo(0.05)).isEqualTo(70);
    assertThat(metrics.latency().sumSeconds()).isLessThan(70 * 0.02);
  }

  @Test
  void whatWasAppendedBeforeTheFirstLookIsAsOldAsTheFileSays() {
    try (FlowFixture flow = flow()) {
      append(flow, 10);
      flow.pass(TimeUnit.SECONDS.toNanos(100));
    }
    assertThat(recordsUpTo(60)).isZero();
    assertThat(recordsUpTo(120)).isEqualTo(10);
  }

  @Test
  void aFileWhoseClockIsAnHourBehindOrAheadMakesNoDifference() {
    try (FlowFixture flow = flow()) {
      append(flow, 10);
      flow.pass(0);
      flow.pass(TimeUnit.HOURS.toNanos(2));
      for (int hours : new int[] {1, -1}) {
        append(flow, 10);
        flow.modified(TimeUnit.HOURS.toNanos(hours));
        flow.pass(0);
      }
    }
    assertThat(recordsUpTo(0.05)).isEqualTo(30);
  }

  private FlowFixture flow() {
    return FlowFixture.heardBy(clock -> new FlowReport("flow", metrics, clock), folder);
  }

  private static void append(FlowFixture flow, int lines) {
    flow.append("x\n".repeat(lines));
    flow.modified(0);
  }

  private long recordsUpTo(double seconds) {
    double[] bounds = LatencyHistogram.boundsSeconds();
    long records = 0;
    for (int i = 0; i < bounds.length && bounds[i] <= seconds; i++) {
      records += metrics.latency().count(i);
    }
    return records;
  }
}
