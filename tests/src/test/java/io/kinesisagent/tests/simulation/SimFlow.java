package io.kinesisagent.tests.simulation;

import io.kinesisagent.agent.discover.FileSelection;
import io.kinesisagent.agent.flow.FlowOptions;
import io.kinesisagent.agent.flow.FlowTiming;
import io.kinesisagent.agent.flow.RecordOptions;
import io.kinesisagent.agent.frame.Framer;
import io.kinesisagent.agent.frame.LineFramer;
import io.kinesisagent.agent.frame.MultiLineFramer;
import io.kinesisagent.agent.frame.Newlines;
import io.kinesisagent.agent.send.SenderOptions;
import io.kinesisagent.agent.tail.TailOptions;
import io.kinesisagent.spi.BatchLimits;
import java.util.random.RandomGenerator;

/** A flow as it is configured, and what outlives the agent: its destination, its books. */
record SimFlow(
    String id,
    FileSelection files,
    SimBackend backend,
    Ledger ledger,
    Format format,
    boolean fromEnd,
    SimChanges changes,
    RandomGenerator random) {
  /**
   * What its files are like.
   *
   * @param headers whether each begins with a line that is no record
   * @param multiLine whether a line that begins with a tab goes on with the record of the line
   *     before it
   */
  record Format(boolean headers, boolean multiLine) {
    static final char GOES_ON = '\t';

    private static final long TIMEOUT_NANOS = 2_000_000_000L;

    Framer framer() {
      return multiLine
          ? new MultiLineFramer(
              Newlines.ASCII, (data, start, end) -> start < end && data[start] != GOES_ON, 1000)
          : new LineFramer();
    }

    long timeoutNanos() {
      return multiLine ? TIMEOUT_NANOS : -1;
    }
  }

  static BatchLimits limits(RandomGenerator random, int maxDataBytes) {
    int overhead = random.nextInt(3) * 5;
    int maxRecordBytes = maxDataBytes + overhead;
    return new BatchLimits(
        1 + random.nextInt(20), maxRecordBytes + random.nextInt(20_000), maxRecordBytes, overhead);
  }

  /**
   * @param known whether the flow was started before
   */
  FlowOptions options(boolean known) {
    int maxOpenFiles = random.nextInt(4) == 0 ? 1 : 100;
    TailOptions tail =
        new TailOptions(
            format.headers() ? 1 : 0,
            null,
            backend.limits().maxDataBytes(),
            false,
            format.timeoutNanos(),
            maxOpenFiles);
    SenderOptions sender =
        new SenderOptions(1 + random.nextInt(6), 1 + random.nextInt(4), 1 << 20, 100, 10_000);
    FlowTiming timing =
        new FlowTiming(
            1_000_000_000L + random.nextLong(2_000_000_000L), 100_000_000L, 10_000_000_000L);
    return new FlowOptions(
        files,
        tail,
        format.framer(),
        RecordOptions.plain(),
        backend.limits(),
        backend.limits().maxBytes(),
        sender,
        timing,
        fromEnd && !known);
  }
}
