package io.kinesisagent.tests.tailing;

import io.kinesisagent.agent.discover.FilePattern;
import io.kinesisagent.agent.discover.FileSelection;
import io.kinesisagent.agent.flow.FlowOptions;
import io.kinesisagent.agent.flow.FlowTiming;
import io.kinesisagent.agent.flow.RecordOptions;
import io.kinesisagent.agent.frame.Framer;
import io.kinesisagent.agent.frame.LineFramer;
import io.kinesisagent.agent.send.SenderOptions;
import io.kinesisagent.agent.tail.TailOptions;
import io.kinesisagent.spi.BatchLimits;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A flow as a configuration would have it. Immutable. */
record SteppedFlow(
    String id,
    String pattern,
    Framer framer,
    TailOptions tail,
    RecordOptions records,
    boolean atEnd) {
  static final int MAX_RECORD_BYTES = 10_000;
  static final int MAX_OPEN_FILES = 100;

  /** Lines of the files that match {@code pattern} in the log folder, each a record as it is. */
  static SteppedFlow of(String pattern) {
    return new SteppedFlow(
        "flow", pattern, new LineFramer(), tail(0, false, -1), RecordOptions.plain(), false);
  }

  static TailOptions tail(int skipHeaderLines, boolean split, long multiLineTimeoutMillis) {
    return new TailOptions(
        skipHeaderLines,
        null,
        MAX_RECORD_BYTES,
        split,
        multiLineTimeoutMillis < 0 ? -1 : TimeUnit.MILLISECONDS.toNanos(multiLineTimeoutMillis),
        MAX_OPEN_FILES);
  }

  SteppedFlow named(String name) {
    return new SteppedFlow(name, pattern, framer, tail, records, atEnd);
  }

  SteppedFlow framedBy(Framer other) {
    return new SteppedFlow(id, pattern, other, tail, records, atEnd);
  }

  SteppedFlow tailedBy(TailOptions other) {
    return new SteppedFlow(id, pattern, framer, other, records, atEnd);
  }

  SteppedFlow openingAtMost(int files) {
    return tailedBy(new TailOptions(0, null, MAX_RECORD_BYTES, false, -1, files));
  }

  SteppedFlow with(RecordOptions other) {
    return new SteppedFlow(id, pattern, framer, tail, other, atEnd);
  }

  /** Begins at the end of the files that are there at the first start. */
  SteppedFlow beginningAtTheEnd() {
    return new SteppedFlow(id, pattern, framer, tail, records, true);
  }

  static BatchLimits limits() {
    return new BatchLimits(500, 1 << 20, MAX_RECORD_BYTES, 0);
  }

  /**
   * @param known whether the flow has run before
   */
  FlowOptions options(Path folder, boolean known) {
    FilePattern files = FilePattern.parse(folder + "/" + pattern, FileSystems.getDefault());
    return new FlowOptions(
        FileSelection.of(List.of(files)),
        tail,
        framer,
        records,
        limits(),
        limits().maxBytes(),
        new SenderOptions(10, 4, 1 << 20, 10, 100),
        new FlowTiming(
            TimeUnit.MILLISECONDS.toNanos(200),
            TimeUnit.MILLISECONDS.toNanos(100),
            TimeUnit.SECONDS.toNanos(1)),
        atEnd && !known);
  }
}
