package io.kinesisagent.benchmarks;

import io.kinesisagent.agent.flow.LineFilter;
import io.kinesisagent.agent.flow.PatternLineTest;
import io.kinesisagent.agent.flow.Transcoder;
import io.kinesisagent.agent.flow.Unwrapper;
import io.kinesisagent.agent.frame.CriLine;
import io.kinesisagent.agent.frame.DockerLine;
import io.kinesisagent.agent.frame.Framer;
import io.kinesisagent.agent.frame.JoiningFramer;
import io.kinesisagent.agent.frame.LineFramer;
import io.kinesisagent.agent.frame.MultiLineFramer;
import io.kinesisagent.agent.frame.Newlines;
import io.kinesisagent.spi.BoundedPattern;
import io.kinesisagent.spi.Clock;
import io.kinesisagent.spi.Processor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The whole way of a record, a file read, framed, prepared, processed, packed into batches and
 * settled, to a destination that takes everything at once.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "-Xmx256m")
public class FlowBenchmark {
  private static final int RECORDS = 100_000;
  private static final int MAX_BYTES = 1 << 20;

  /** What the file holds and what is done to it. */
  public enum Form {
    /** Lines as they are. */
    LINES,
    /** Lines of which none is filtered away. */
    FILTERED,
    /** Lines in UTF-16LE. */
    UTF16,
    /** Records of five lines. */
    MULTI_LINE,
    /** Container logs. */
    CRI,
    /** Docker's container logs. */
    DOCKER,
    /** Lines that become JSON. */
    COMBINED_APACHE_LOG
  }

  @Param public Form form;

  private Path folder;

  /** Writes the file. */
  @Setup
  public void write() throws IOException {
    folder = Files.createTempDirectory("flow-benchmark");
    byte[] content =
        switch (form) {
          case LINES, FILTERED, COMBINED_APACHE_LOG ->
              FramedText.LINES.records(RECORDS, StandardCharsets.UTF_8);
          case UTF16 -> FramedText.LINES.records(RECORDS, StandardCharsets.UTF_16LE);
          // The last would wait for the start of another.
          case MULTI_LINE ->
              (new String(
                          FramedText.STACKS.records(RECORDS, StandardCharsets.US_ASCII),
                          StandardCharsets.US_ASCII)
                      + "2026-11-23 \n")
                  .getBytes(StandardCharsets.US_ASCII);
          case CRI -> FramedText.CRI.records(RECORDS, StandardCharsets.UTF_8);
          case DOCKER -> FramedText.DOCKER.records(RECORDS, StandardCharsets.UTF_8);
        };
    Files.write(folder.resolve("app.log"), content);
  }

  /** Removes the file. */
  @TearDown
  public void remove() throws IOException {
    Files.delete(folder.resolve("app.log"));
    Files.delete(folder);
  }

  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public long flow() {
    try (BenchmarkedFlow flow =
        new BenchmarkedFlow(folder, framer(), newlines(), preparation(), processors())) {
      return flow.ship(RECORDS);
    }
  }

  private Newlines newlines() {
    return form == Form.UTF16 ? Newlines.of(StandardCharsets.UTF_16LE) : Newlines.ASCII;
  }

  private Framer framer() {
    return switch (form) {
      case MULTI_LINE ->
          new MultiLineFramer(
              Newlines.ASCII,
              new PatternLineTest(
                  bounded(FramedText.STACK_START),
                  PatternLineTest.Place.BEGINNING,
                  null,
                  failure -> {}),
              MAX_BYTES);
      case CRI -> new JoiningFramer(new CriLine(), MAX_BYTES);
      case DOCKER -> new JoiningFramer(new DockerLine(), MAX_BYTES);
      default -> new LineFramer(newlines());
    };
  }

  private List<Processor> preparation() {
    return switch (form) {
      case FILTERED ->
          List.of(LineFilter.excluding(bounded(Pattern.compile("/healthz")), failure -> {}));
      case UTF16 -> List.of(new Transcoder(StandardCharsets.UTF_16LE, count -> {}));
      case CRI -> List.of(new Unwrapper(new CriLine(), count -> {}));
      case DOCKER -> List.of(new Unwrapper(new DockerLine(), count -> {}));
      default -> List.of();
    };
  }

  private List<Processor> processors() {
    return form == Form.COMBINED_APACHE_LOG
        ? List.of(
            BenchmarkedProcessor.processor("LOGTOJSON", Map.of("logFormat", "COMBINEDAPACHELOG")))
        : List.of();
  }

  private static BoundedPattern bounded(Pattern pattern) {
    return new BoundedPattern(pattern, Clock.system());
  }
}
