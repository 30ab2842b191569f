package io.kinesisagent.agent.app;

import io.kinesisagent.agent.config.FlowConfig;
import io.kinesisagent.agent.config.FlowSettings;
import io.kinesisagent.agent.flow.FlowOptions;
import io.kinesisagent.agent.flow.FlowTiming;
import io.kinesisagent.agent.send.SenderOptions;
import io.kinesisagent.agent.tail.TailOptions;
import io.kinesisagent.spi.BatchLimits;
import io.kinesisagent.spi.InvalidSettingException;
import java.util.concurrent.TimeUnit;

/** Turns the configuration of a flow into what the engine is to do. */
final class FlowPlan {
  /** What one flow may have in flight at a time is this part of the memory for batches. */
  private static final int IN_FLIGHT_PART = 16;

  private static final long LEAST_IN_FLIGHT_BYTES = 1 << 20;

  private FlowPlan() {}

  /**
   * The options of a flow.
   *
   * @param limits of its backend
   * @param records what its records are
   * @param knownBefore whether the flow has been started before, so that every file that it does
   *     not know is new
   * @param maxOpenFiles of this flow
   * @param memoryBytes the bound on all batches of all flows
   * @param keptDays how long the checkpoints of files that are gone are kept
   */
  static FlowOptions of(
      FlowConfig flow,
      BatchLimits limits,
      RecordPlan records,
      boolean knownBefore,
      int maxOpenFiles,
      long memoryBytes,
      long keptDays)
      throws InvalidSettingException {
    FlowSettings settings = flow.settings();
    BatchLimits batch = narrower(limits, settings);
    int maxRawBytes = records.maxRawBytes(batch.maxDataBytes());
    TailOptions tail =
        new TailOptions(
            settings.skipHeaderLines(),
            records.footer(),
            maxRawBytes,
            settings.oversizeRecordOption() == FlowSettings.OversizeRecordOption.SPLIT,
            recordsOfSeveralLines(settings)
                ? BoundedTime.nanos(settings.multiLineTimeoutMillis(), TimeUnit.MILLISECONDS)
                : -1,
            maxOpenFiles,
            records.newlines());
    FlowTiming timing =
        new FlowTiming(
            BoundedTime.nanos(settings.maxBufferAgeMillis(), TimeUnit.MILLISECONDS),
            BoundedTime.nanos(settings.minTimeBetweenFilePollsMillis(), TimeUnit.MILLISECONDS),
            BoundedTime.nanos(
                settings.maxTimeBetweenFileTrackerRefreshMillis(), TimeUnit.MILLISECONDS),
            BoundedTime.nanos(keptDays, TimeUnit.DAYS));
    SenderOptions sender =
        new SenderOptions(
            settings.publishQueueCapacity(),
            settings.maxInFlightBatches(),
            Math.max(LEAST_IN_FLIGHT_BYTES, memoryBytes / IN_FLIGHT_PART),
            settings.retryInitialBackoffMillis(),
            settings.retryMaxBackoffMillis());
    boolean fromEnd =
        settings.initialPosition() == FlowSettings.InitialPosition.END_OF_FILE && !knownBefore;
    return new FlowOptions(
        flow.files(),
        tail,
        records.framer(maxRawBytes),
        records.options(),
        batch,
        settings.maxBufferSizeBytes(),
        sender,
        timing,
        fromEnd);
  }

  private static boolean recordsOfSeveralLines(FlowSettings settings) {
    return settings.multiLineStartPattern().isPresent()
        || settings.lineFormat() != FlowSettings.LineFormat.PLAIN;
  }

  private static BatchLimits narrower(BatchLimits limits, FlowSettings settings) {
    // Where records are joined, the flow's bound is on what they become.
    boolean joins = limits.joinedBytes() > 0;
    int most = settings.boundsRecords() ? settings.maxBufferSizeRecords() : Integer.MAX_VALUE;
    return new BatchLimits(
        joins ? limits.maxRecords() : Math.min(limits.maxRecords(), most),
        limits.maxBytes(),
        limits.maxRecordBytes(),
        limits.perRecordOverhead(),
        limits.joinedBytes(),
        Math.min(limits.maxJoined(), most));
  }
}
