package io.kinesisagent.agent.app;

import io.kinesisagent.agent.config.FlowConfig;
import io.kinesisagent.agent.config.FlowSettings;
import io.kinesisagent.agent.config.PluginChoice;
import io.kinesisagent.agent.config.PluginServices;
import io.kinesisagent.agent.flow.FlowOptions;
import io.kinesisagent.agent.flow.FlowTiming;
import io.kinesisagent.agent.flow.OnError;
import io.kinesisagent.agent.flow.Oversize;
import io.kinesisagent.agent.flow.RecordOptions;
import io.kinesisagent.agent.frame.Framer;
import io.kinesisagent.agent.frame.LineFramer;
import io.kinesisagent.agent.frame.MultiLineFramer;
import io.kinesisagent.agent.send.SenderOptions;
import io.kinesisagent.agent.tail.TailOptions;
import io.kinesisagent.spi.BatchLimits;
import io.kinesisagent.spi.InvalidSettingException;
import io.kinesisagent.spi.Processor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Turns the configuration of a flow into what the engine is to do. */
final class FlowPlan {
  private static final int MOST_RAW_BYTES = 12 << 20;

  private FlowPlan() {}

  /**
   * The options of a flow.
   *
   * @param limits of its backend
   * @param knownBefore whether the flow has been started before, so that every file that it does
   *     not know is new
   * @param maxOpenFiles of this flow
   */
  static FlowOptions of(
      FlowConfig flow,
      BatchLimits limits,
      PluginServices services,
      boolean knownBefore,
      int maxOpenFiles)
      throws InvalidSettingException {
    FlowSettings settings = flow.settings();
    BatchLimits batch = narrower(limits, settings);
    boolean processed = !flow.processors().isEmpty();
    // What a processor makes of a line may be shorter than the line, so a longer one is let in.
    int maxRawBytes =
        processed ? Math.min(MOST_RAW_BYTES, 2 * batch.maxDataBytes()) : batch.maxDataBytes();
    TailOptions tail =
        new TailOptions(
            settings.skipHeaderLines(),
            settings.fileFooterPattern().orElse(null),
            maxRawBytes,
            settings.oversizeRecordOption() == FlowSettings.OversizeRecordOption.SPLIT,
            settings.multiLineStartPattern().isPresent()
                ? TimeUnit.MILLISECONDS.toNanos(settings.multiLineTimeoutMillis())
                : -1,
            maxOpenFiles);
    FlowTiming timing =
        new FlowTiming(
            TimeUnit.MILLISECONDS.toNanos(settings.maxBufferAgeMillis()),
            TimeUnit.MILLISECONDS.toNanos(settings.minTimeBetweenFilePollsMillis()),
            TimeUnit.MILLISECONDS.toNanos(settings.maxTimeBetweenFileTrackerRefreshMillis()));
    SenderOptions sender =
        new SenderOptions(
            settings.publishQueueCapacity(),
            settings.maxInFlightBatches(),
            settings.retryInitialBackoffMillis(),
            settings.retryMaxBackoffMillis());
    boolean fromEnd =
        settings.initialPosition() == FlowSettings.InitialPosition.END_OF_FILE && !knownBefore;
    return new FlowOptions(
        flow.files(),
        tail,
        framer(settings),
        records(flow, services),
        batch,
        settings.maxBufferSizeBytes(),
        sender,
        timing,
        fromEnd);
  }

  private static BatchLimits narrower(BatchLimits limits, FlowSettings settings) {
    // A destination that joins records takes many in a batch; the flow's bound is on what it makes.
    int maxRecords =
        limits.maxRecords() > FlowSettings.MOST_RECORDS
            ? limits.maxRecords()
            : Math.min(limits.maxRecords(), settings.maxBufferSizeRecords());
    return new BatchLimits(
        maxRecords, limits.maxBytes(), limits.maxRecordBytes(), limits.perRecordOverhead());
  }

  private static Framer framer(FlowSettings settings) {
    return settings
        .multiLineStartPattern()
        .<Framer>map(pattern -> new MultiLineFramer(startLine(pattern)))
        .orElseGet(LineFramer::new);
  }

  private static MultiLineFramer.StartLine startLine(Pattern pattern) {
    return (data, start, end) ->
        pattern.matcher(new String(data, start, end - start, StandardCharsets.UTF_8)).lookingAt();
  }

  private static RecordOptions records(FlowConfig flow, PluginServices services)
      throws InvalidSettingException {
    FlowSettings settings = flow.settings();
    List<Processor> processors = new ArrayList<>();
    for (PluginChoice<Processor> choice : flow.processors()) {
      processors.add(choice.create(services));
    }
    return new RecordOptions(
        List.of(),
        processors,
        settings.onProcessingError().map(option -> OnError.valueOf(option.name())).orElse(null),
        Oversize.valueOf(settings.oversizeRecordOption().name()),
        settings.truncatedRecordTerminator());
  }
}
