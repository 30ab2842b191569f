package io.kinesisagent.benchmarks.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where a benchmark works: a temporary folder, a sink, and how the agent is started against it.
 * Closing it removes the folder.
 */
final class Bench implements AutoCloseable {
  private final Path program;
  private final Path folder;
  private final Certificate certificate;
  private final LatencyVisitor latencies = new LatencyVisitor();
  private final Sink sink;
  private int runs;

  /**
   * A bench.
   *
   * @param program the agent's {@code start-aws-kinesis-agent}
   */
  Bench(Path program) throws Exception {
    this.program = program;
    this.folder = Files.createTempDirectory("aws-kinesis-agent-benchmark");
    this.certificate = new Certificate(folder);
    this.sink = new Sink(certificate.context(), latencies);
  }

  Sink sink() {
    return sink;
  }

  LatencyVisitor latencies() {
    return latencies;
  }

  Certificate certificate() {
    return certificate;
  }

  /** A new empty folder. */
  Path folder(String name) throws IOException {
    runs++;
    return Files.createDirectory(folder.resolve(runs + "-" + name.replace(' ', '-')));
  }

  /**
   * Starts the agent with the launcher's defaults on a flow over {@code pattern}.
   *
   * @param work for configuration, state and log
   * @param flowKeys more keys of the flow, as JSON, each with a comma before it
   */
  MeasuredProcess agent(Path work, Path pattern, String flowKeys) throws IOException {
    return agent(work, List.of(pattern), flowKeys);
  }

  /** The same with a flow over each of some patterns. */
  MeasuredProcess agent(Path work, List<Path> patterns, String flowKeys) throws IOException {
    String flows =
        patterns.stream()
            .map(
                pattern ->
                    """
                    {
                        "filePattern": "%s",
                        "kinesisStream": "bench",
                        "initialPosition": "START_OF_FILE"%s
                      }"""
                        .formatted(pattern, flowKeys))
            .collect(Collectors.joining(", "));
    String configuration =
        """
        {
          "kinesis.endpoint": "https://127.0.0.1:%d",
          "kinesis.region": "us-east-1",
          "awsAccessKeyId": "AKIDEXAMPLE",
          "awsSecretAccessKey": "not-a-secret",
          "cloudwatch.emitMetrics": false,
          "checkpointFile": "%s",
          "flows": [%s]
        }
        """
            .formatted(sink.port(), work.resolve("checkpoints"), flows);
    Path file = Files.writeString(work.resolve("agent.json"), configuration);
    Map<String, String> environment =
        Map.of(
            "JVM_ARGS",
            String.join(" ", certificate.trustOptions())
                + " "
                + GcLog.option(gcLog(work))
                + " "
                + System.getenv().getOrDefault("JVM_ARGS", ""),
            "AWS_EC2_METADATA_DISABLED",
            "true",
            "AGENT_LOG_TO",
            "stderr");
    return MeasuredProcess.start(
        List.of(program.toString(), "-c", file.toString()), environment, work.resolve("agent.log"));
  }

  /** The log of an agent's collections. */
  static Path gcLog(Path work) {
    return work.resolve("gc.log");
  }

  /** Starts {@link Floor} on {@code file}. */
  MeasuredProcess floor(Path work, Path file) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx64m", "-XX:+UseSerialGC"));
    command.addAll(certificate.trustOptions());
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            Floor.class.getName(),
            file.toString(),
            Integer.toString(sink.port())));
    return MeasuredProcess.start(command, Map.of(), work.resolve("floor.log"));
  }

  /**
   * Waits until {@code fact} is so.
   *
   * @throws IllegalStateException when the process ends before, or it takes longer than {@code
   *     seconds}
   */
  static void await(
      MeasuredProcess process, long seconds, BooleanSupplier fact, Supplier<String> state) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (!fact.getAsBoolean()) {
      if (!process.alive() || System.nanoTime() - deadline > 0) {
        throw new IllegalStateException(state.get() + "; its output:\n" + process.output());
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
    }
  }

  @Override
  public void close() throws IOException {
    sink.close();
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
