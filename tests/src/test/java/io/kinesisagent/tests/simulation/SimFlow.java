package io.kinesisagent.tests.simulation;

import io.kinesisagent.agent.discover.FileSelection;
import io.kinesisagent.agent.flow.FlowOptions;
import io.kinesisagent.agent.flow.FlowTiming;
import io.kinesisagent.agent.flow.OnError;
import io.kinesisagent.agent.flow.Oversize;
import io.kinesisagent.agent.flow.RecordOptions;
import io.kinesisagent.agent.flow.Transcoder;
import io.kinesisagent.agent.flow.Unwrapper;
import io.kinesisagent.agent.frame.CriLine;
import io.kinesisagent.agent.frame.Framer;
import io.kinesisagent.agent.frame.JoiningFramer;
import io.kinesisagent.agent.frame.LineFramer;
import io.kinesisagent.agent.frame.MultiLineFramer;
import io.kinesisagent.agent.frame.Newlines;
import io.kinesisagent.agent.send.SenderOptions;
import io.kinesisagent.agent.tail.TailOptions;
import io.kinesisagent.spi.BatchLimits;
import io.kinesisagent.spi.Processor;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
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
  /** What the lines of its files are, and what becomes of them. */
  enum Content {
    /** Records as they are, cut where they are too long. */
    LINES,
    /** A line that begins with a tab goes on with the record of the line before it. */
    SEVERAL_LINES,
    /** What is too long becomes several records. */
    SPLIT,
    /** The same, of what processors make of lines. */
    PROCESSED,
    /** What is too long goes to the dead letters. */
    DEAD_LETTERED,
    /** Lines in two bytes a character. */
    UTF_16,
    /** Messages of two streams as a container's runtime writes them, some in several parts. */
    WRAPPED;

    static final char GOES_ON = '\t';

    /** Each part of a wrapped message ends with it. */
    static final char PART_END = ';';

    private static final long TIMEOUT_NANOS = 2_000_000_000L;

    /** Of a world. The seeds that failed before there was more than the first are of that. */
    static Content of(long seed) {
      if (seed % 20 == 9) {
        return SEVERAL_LINES;
      }
      if (seed % 42 == 5) {
        return WRAPPED;
      }
      return switch ((int) (seed % 28)) {
        case 7 -> SPLIT;
        case 11 -> PROCESSED;
        case 20 -> DEAD_LETTERED;
        case 22 -> UTF_16;
        default -> LINES;
      };
    }

    boolean splits() {
      return this == SPLIT || this == PROCESSED;
    }

    Charset charset() {
      return this == UTF_16 ? StandardCharsets.UTF_16LE : StandardCharsets.ISO_8859_1;
    }

    Newlines newlines() {
      return Newlines.of(charset());
    }

    Framer framer(int maxRawBytes) {
      return switch (this) {
        case SEVERAL_LINES ->
            new MultiLineFramer(
                newlines(), (data, start, end) -> start < end && data[start] != GOES_ON, 1000);
        case WRAPPED -> new JoiningFramer(new CriLine(), maxRawBytes);
        default -> new LineFramer(newlines());
      };
    }

    int maxRawBytes(int maxDataBytes) {
      return maxDataBytes * (this == WRAPPED ? 2 : newlines().unitBytes());
    }

    long timeoutNanos() {
      return this == SEVERAL_LINES || this == WRAPPED ? TIMEOUT_NANOS : -1;
    }

    private List<Processor> preparation() {
      return switch (this) {
        case UTF_16 -> List.of(new Transcoder(charset(), count -> {}));
        case WRAPPED -> List.of(new Unwrapper(new CriLine(), count -> {}));
        default -> List.of();
      };
    }

    RecordOptions records(int maxBytes) {
      return new RecordOptions(
          preparation(),
          this == PROCESSED ? List.of(new SimProcessor(maxBytes)) : List.of(),
          OnError.DEAD_LETTER,
          splits()
              ? Oversize.SPLIT
              : this == DEAD_LETTERED ? Oversize.DEAD_LETTER : Oversize.TRUNCATE,
          "\n");
    }
  }

  /**
   * What its files are like.
   *
   * @param headers whether each begins with a line that is no record
   */
  record Format(boolean headers, Content content) {}

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
    Content content = format.content();
    int maxRawBytes = content.maxRawBytes(backend.limits().maxDataBytes());
    int maxOpenFiles = random.nextInt(4) == 0 ? 1 : 100;
    TailOptions tail =
        new TailOptions(
            format.headers() ? 1 : 0,
            null,
            maxRawBytes,
            content.splits(),
            content.timeoutNanos(),
            maxOpenFiles,
            content.newlines());
    SenderOptions sender =
        new SenderOptions(1 + random.nextInt(6), 1 + random.nextInt(4), 1 << 20, 100, 10_000);
    FlowTiming timing =
        new FlowTiming(
            1_000_000_000L + random.nextLong(2_000_000_000L), 100_000_000L, 10_000_000_000L);
    return new FlowOptions(
        files,
        tail,
        content.framer(maxRawBytes),
        content.records(backend.limits().maxDataBytes()),
        backend.limits(),
        backend.limits().maxBytes(),
        sender,
        timing,
        fromEnd && !known);
  }
}
