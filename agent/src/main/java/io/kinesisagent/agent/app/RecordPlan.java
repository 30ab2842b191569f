package io.kinesisagent.agent.app;

import io.kinesisagent.agent.config.FlowConfig;
import io.kinesisagent.agent.config.FlowSettings;
import io.kinesisagent.agent.config.PluginChoice;
import io.kinesisagent.agent.config.PluginServices;
import io.kinesisagent.agent.flow.LineFilter;
import io.kinesisagent.agent.flow.OnError;
import io.kinesisagent.agent.flow.Oversize;
import io.kinesisagent.agent.flow.PatternLineTest;
import io.kinesisagent.agent.flow.RecordOptions;
import io.kinesisagent.agent.flow.Transcoder;
import io.kinesisagent.agent.flow.Unwrapper;
import io.kinesisagent.agent.frame.CriLine;
import io.kinesisagent.agent.frame.DockerLine;
import io.kinesisagent.agent.frame.Framer;
import io.kinesisagent.agent.frame.JoiningFramer;
import io.kinesisagent.agent.frame.LineFramer;
import io.kinesisagent.agent.frame.LineTest;
import io.kinesisagent.agent.frame.MultiLineFramer;
import io.kinesisagent.agent.frame.Newlines;
import io.kinesisagent.agent.frame.WrappedLine;
import io.kinesisagent.spi.BoundedPattern;
import io.kinesisagent.spi.InvalidSettingException;
import io.kinesisagent.spi.ProcessingException;
import io.kinesisagent.spi.Processor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Turns what a flow's configuration says of its records into framer, tests and processors. */
final class RecordPlan {
  private final FlowConfig flow;
  private final FlowSettings settings;
  private final PluginServices services;
  private final BiConsumer<String, ProcessingException> tooCostly;
  private final Newlines newlines;

  /**
   * The plan of one flow, to be used for one task.
   *
   * @param tooCostly told of the key whose pattern takes too long on a line
   */
  RecordPlan(
      FlowConfig flow, PluginServices services, BiConsumer<String, ProcessingException> tooCostly) {
    this.flow = flow;
    this.settings = flow.settings();
    this.services = services;
    this.tooCostly = tooCostly;
    this.newlines = Newlines.of(settings.encoding());
  }

  Newlines newlines() {
    return newlines;
  }

  /**
   * The most bytes of a record to hold before it is processed: what becomes of a line may be
   * shorter than the line, so a longer one than the destination takes is let in.
   */
  int maxRawBytes(int maxDataBytes) {
    int times = newlines.unitBytes();
    if (settings.lineFormat() != FlowSettings.LineFormat.PLAIN) {
      times = settings.lineFormat() == FlowSettings.LineFormat.DOCKER ? 3 : 2;
    }
    if (!flow.processors().isEmpty()) {
      times = Math.max(times, 2);
    }
    return (int)
        Math.max(maxDataBytes, Math.min(FlowConfig.MOST_RAW_BYTES, (long) times * maxDataBytes));
  }

  /** What tells the line that ends a file, or null. */
  LineTest footer() {
    return settings
        .fileFooterPattern()
        .map(pattern -> lineTest("fileFooterPattern", pattern, PatternLineTest.Place.TRIMMED_LINE))
        .orElse(null);
  }

  Framer framer(int maxRawBytes) {
    if (settings.lineFormat() != FlowSettings.LineFormat.PLAIN) {
      return new JoiningFramer(wrappedLine(), maxRawBytes);
    }
    if (settings.multiLineStartPattern().isEmpty()) {
      return new LineFramer(newlines);
    }
    LineTest start =
        lineTest(
            "multiLineStartPattern",
            settings.multiLineStartPattern().get(),
            PatternLineTest.Place.BEGINNING);
    LineTest footer = footer();
    // The line that ends a file belongs to no record, so it ends the one before it.
    return new MultiLineFramer(
        newlines,
        footer == null
            ? start
            : (data, from, to) -> start.test(data, from, to) || footer.test(data, from, to),
        maxRawBytes);
  }

  private LineTest lineTest(String key, Pattern pattern, PatternLineTest.Place place) {
    return new PatternLineTest(bounded(pattern), place, utf8() ? null : transcoder(), told(key));
  }

  RecordOptions options() throws InvalidSettingException {
    List<Processor> processors = new ArrayList<>();
    for (PluginChoice<Processor> choice : flow.processors()) {
      processors.add(choice.create(services));
    }
    return new RecordOptions(
        preparation(),
        processors,
        settings.onProcessingError().map(option -> OnError.valueOf(option.name())).orElse(null),
        Oversize.valueOf(settings.oversizeRecordOption().name()),
        settings.truncatedRecordTerminator());
  }

  private List<Processor> preparation() {
    List<Processor> preparation = new ArrayList<>();
    if (!utf8()) {
      preparation.add(transcoder());
    }
    if (settings.lineFormat() != FlowSettings.LineFormat.PLAIN) {
      preparation.add(new Unwrapper(wrappedLine(), services.counters().apply("malformed_lines")));
    }
    if (settings.skipEmptyLines()) {
      preparation.add(LineFilter.notEmpty());
    }
    settings
        .includeLinePattern()
        .ifPresent(
            pattern ->
                preparation.add(
                    LineFilter.including(bounded(pattern), told("includeLinePattern"))));
    settings
        .excludeLinePattern()
        .ifPresent(
            pattern ->
                preparation.add(
                    LineFilter.excluding(bounded(pattern), told("excludeLinePattern"))));
    return preparation;
  }

  private boolean utf8() {
    return settings.encoding().equals(StandardCharsets.UTF_8);
  }

  private Transcoder transcoder() {
    return new Transcoder(settings.encoding(), services.counters().apply("malformed_bytes"));
  }

  private WrappedLine wrappedLine() {
    return settings.lineFormat() == FlowSettings.LineFormat.CRI ? new CriLine() : new DockerLine();
  }

  private BoundedPattern bounded(Pattern pattern) {
    return new BoundedPattern(pattern, services.clock());
  }

  private Consumer<ProcessingException> told(String key) {
    return failure -> tooCostly.accept(key, failure);
  }
}
