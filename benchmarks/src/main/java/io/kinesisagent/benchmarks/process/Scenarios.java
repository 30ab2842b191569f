package io.kinesisagent.benchmarks.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kinesisagent.benchmarks.PlainProcessors;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** What is measured. Every volume is held against the sink's sum; a difference is a failure. */
final class Scenarios {
  private static final long MEGABYTE = 1_000_000;
  private static final int PATIENCE_SECONDS = 600;

  /** Longer than a file counts as active after its last growth. */
  private static final int REST_SECONDS = 15;

  /** Records of a request that waits for no more. */
  private static final int FULL_REQUEST = 500;

  /** What does not fill a request is not to be waited for: it would be a minute. */
  private static final String LAST_RECORDS = ", \"maxBufferAgeMillis\": 1000";

  private final Bench bench;
  private final List<Row> rows = new ArrayList<>();
  private Path bulkFile;
  private RecordSum bulkSum = RecordSum.NONE;
  private boolean beside;

  Scenarios(Bench bench) {
    this.bench = bench;
  }

  /** Runs the floor now and after each that ships the file: a machine's speed changes meanwhile. */
  void floorBeside() throws IOException, InterruptedException {
    beside = true;
    floor();
  }

  private void add(Row shipped) throws IOException, InterruptedException {
    rows.add(shipped);
    if (beside) {
      floor();
    }
  }

  List<Row> rows() {
    return rows;
  }

  /** Makes the file that floor, bulk and peers ship. */
  void prepare(long megabytes) throws IOException {
    bulkFile = bench.folder("input").resolve("access.log");
    bulkSum = new AccessLog(1).write(bulkFile, megabytes * MEGABYTE);
  }

  /** Some flows, each over some files, of lines of some length. */
  void scale(int flows, int files, int lineBytes, long megabytes)
      throws IOException, InterruptedException {
    String name = flows + " flows, " + files + " files, " + lineBytes + " B";
    Path work = bench.folder("scale");
    List<Path> patterns = new ArrayList<>();
    AccessLog lines = new AccessLog(4);
    RecordSum sum = RecordSum.NONE;
    long bytes = 0;
    for (int flow = 0; flow < flows; flow++) {
      Path logs = Files.createDirectory(work.resolve("flow-" + flow));
      patterns.add(logs.resolve("*.log"));
      for (int file = 0; file < Math.max(1, files / flows); file++) {
        Path log = logs.resolve(file + ".log");
        sum = sum.plus(lines.write(log, megabytes * MEGABYTE / files, lineBytes));
        bytes += Files.size(log);
      }
    }
    bench.sink().reset();
    long start = System.nanoTime();
    try (MeasuredProcess agent = bench.agent(work, patterns, LAST_RECORDS)) {
      awaitSum(agent, sum);
      rows.add(
          new Row(
              name, bytes, seconds(start), cost(agent), "exact" + allocation(work, sum.records())));
    }
  }

  private static String allocation(Path work, long records) throws IOException {
    return String.format(
        Locale.ROOT,
        "; allocated %.0f B/record",
        (double) GcLog.allocatedBytes(Bench.gcLog(work)) / records);
  }

  /** What is under everything else. */
  void floor() throws IOException, InterruptedException {
    bench.sink().reset();
    long start = System.nanoTime();
    try (MeasuredProcess process = bench.floor(bench.folder("floor"), bulkFile)) {
      if (process.exitStatus() != 0) {
        throw new IllegalStateException("the floor failed:\n" + process.output());
      }
      requireEqual("floor", bulkSum, bench.sink().sum());
      rows.add(
          new Row("floor", Files.size(bulkFile), seconds(start), Cost.parse(process.output()), ""));
    }
  }

  /** One file that is there already, as fast as it goes. */
  void bulk(String name, String flowKeys) throws IOException, InterruptedException {
    add(shipped(name, flowKeys, bulkSum));
  }

  private Row shipped(String name, String flowKeys, RecordSum expected)
      throws IOException, InterruptedException {
    Path work = bench.folder(name);
    bench.sink().reset();
    boolean joined = flowKeys.contains("\"NEWLINE\"") || flowKeys.contains("\"KPL\"");
    bench.sink().undoJoining(joined);
    long start = System.nanoTime();
    String last = flowKeys.contains("maxBufferAgeMillis") ? "" : LAST_RECORDS;
    try (MeasuredProcess agent = bench.agent(work, bulkFile, flowKeys + last)) {
      awaitSum(agent, expected);
      String note =
          String.format(Locale.ROOT, "exact: %,d records", expected.records())
              + allocation(work, bulkSum.records());
      return new Row(name, Files.size(bulkFile), seconds(start), cost(agent), note);
    }
  }

  /** The same file with its lines joined in each way, and not at all. */
  void aggregation() throws IOException, InterruptedException {
    for (String way : List.of("NONE", "NEWLINE", "KPL")) {
      Row row = shipped("aggregation " + way, ", \"aggregation\": \"" + way + "\"", bulkSum);
      String note =
          String.format(
              Locale.ROOT,
              "exact; %,d lines in %,d records, %,d requests, %,d bytes of data",
              bulkSum.records(),
              bench.sink().wireRecords(),
              bench.sink().requests(),
              bench.sink().wireBytes());
      add(new Row(row.name(), row.dataBytes(), row.seconds(), row.cost(), note));
    }
  }

  /** As bulk, each line turned into JSON; what must arrive is made by {@link PlainProcessors}. */
  void logToJson() throws IOException, InterruptedException {
    RecordSum expected = RecordSum.NONE;
    try (BufferedReader lines = Files.newBufferedReader(bulkFile)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        byte[] json = PlainProcessors.combinedApacheLog((line + "\n").getBytes(UTF_8));
        int end = RecordSum.trimmed(json, 0, json.length);
        expected = expected.plus(new RecordSum(1, end, RecordSum.hash(json, 0, end)));
      }
    }
    add(
        shipped(
            "LOGTOJSON combined",
            ", \"dataProcessingOptions\": [{\"optionName\": \"LOGTOJSON\", \"logFormat\":"
                + " \"COMBINEDAPACHELOG\"}]",
            expected));
  }

  /** As bulk, by another program: it finds FILE, PORT and CERTIFICATE in its environment. */
  void peer(String name, String command) throws IOException, InterruptedException {
    Path work = bench.folder(name);
    Map<String, String> environment =
        Map.of(
            "FILE", bulkFile.toString(),
            "PORT", Integer.toString(bench.sink().port()),
            "CERTIFICATE", bench.certificate().pem().toString(),
            "WORK", work.toString());
    bench.sink().reset();
    long start = System.nanoTime();
    try (MeasuredProcess peer =
        MeasuredProcess.start(List.of("sh", "-c", command), environment, work.resolve("log"))) {
      Bench.await(
          peer,
          PATIENCE_SECONDS,
          () -> bench.sink().sum().records() >= bulkSum.records(),
          () -> name + " has sent " + bench.sink().sum());
      String note =
          bench.sink().sum().equals(bulkSum) ? "exact" : "other records than were written";
      add(new Row(name, Files.size(bulkFile), seconds(start), cost(peer), note));
    }
  }

  /** From the program's start to the first request that is taken; then what it holds when idle. */
  void start(int idleSeconds) throws IOException, InterruptedException {
    Path work = bench.folder("start");
    Path file = work.resolve("app.log");
    AccessLog lines = new AccessLog(4);
    for (int i = 0; i < FULL_REQUEST; i++) {
      Files.write(file, lines.line(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
    bench.sink().reset();
    long start = System.nanoTime();
    try (MeasuredProcess agent = bench.agent(work, file, "")) {
      Bench.await(
          agent, 60, () -> bench.sink().sum().records() == FULL_REQUEST, () -> "no first record");
      double taken = seconds(start);
      long cpu = agent.cpuMillis();
      until(System.nanoTime() + TimeUnit.SECONDS.toNanos(idleSeconds));
      String note =
          String.format(
              Locale.ROOT,
              "first record taken after %.0f ms, %d ms CPU; %d MiB after %d s idle",
              taken * 1000,
              cpu,
              agent.rssBytes() >> 20,
              idleSeconds);
      rows.add(new Row("start", 0, taken, cost(agent), note));
    }
  }

  /**
   * Ten lines a second: from the append to the sink.
   *
   * @param flowKeys tell how long a line may wait, as JSON, with a comma before it
   */
  void latency(String name, String flowKeys, int seconds) throws IOException, InterruptedException {
    Path work = bench.folder(name);
    Path file = Files.createFile(work.resolve("app.log"));
    bench.sink().reset();
    bench.latencies().reset();
    try (MeasuredProcess agent = bench.agent(work, file, flowKeys)) {
      Files.write(file, new AccessLog(2).line(), StandardOpenOption.APPEND);
      Bench.await(agent, 60, () -> bench.sink().sum().records() == 1, () -> "no first record");
      long cpu = agent.cpuMillis();
      long start = System.nanoTime();
      for (int i = 0; i < seconds * 10; i++) {
        Files.write(file, LatencyVisitor.line(), StandardOpenOption.APPEND);
        until(start + TimeUnit.MILLISECONDS.toNanos(100L * (i + 1)));
      }
      Bench.await(
          agent, 60, () -> bench.latencies().size() == seconds * 10, () -> "some did not arrive");
      String note =
          String.format(
              Locale.ROOT,
              "append to sink p50 %.1f ms, p99 %.1f ms, most %.1f ms; %.1f %% of a core",
              bench.latencies().millis(0.5),
              bench.latencies().millis(0.99),
              bench.latencies().millis(1),
              (agent.cpuMillis() - cpu) / 10.0 / seconds(start));
      rows.add(new Row(name, 0, seconds(start), cost(agent), note));
    }
  }

  /** Many files, none of which grows. */
  void idle(int files, int seconds) throws IOException, InterruptedException {
    Path work = bench.folder("idle");
    Path logs = Files.createDirectory(work.resolve("logs"));
    AccessLog lines = new AccessLog(3);
    for (int i = 0; i < files; i++) {
      Files.write(logs.resolve("app-" + i + ".log"), lines.line());
    }
    bench.sink().reset();
    try (MeasuredProcess agent =
        bench.agent(work, logs.resolve("*.log"), ", \"maxBufferAgeMillis\": 1000")) {
      long start = System.nanoTime();
      Bench.await(
          agent,
          PATIENCE_SECONDS,
          () -> bench.sink().sum().records() == files,
          () -> bench.sink().sum().records() + " of " + files + " files have arrived");
      double drained = seconds(start);
      until(System.nanoTime() + TimeUnit.SECONDS.toNanos(REST_SECONDS));
      long cpu = agent.cpuMillis();
      long from = System.nanoTime();
      until(from + TimeUnit.SECONDS.toNanos(seconds));
      String note =
          String.format(
              Locale.ROOT,
              "drained in %.1f s; %d s later idle %.2f %% of a core, %d MiB",
              drained,
              REST_SECONDS,
              (agent.cpuMillis() - cpu) / 10.0 / seconds(from),
              agent.rssBytes() >> 20);
      rows.add(new Row("idle, " + files + " files", 0, seconds(start), cost(agent), note));
    }
  }

  private void awaitRecords(MeasuredProcess agent, long records) {
    Bench.await(
        agent,
        PATIENCE_SECONDS,
        () -> bench.sink().sum().records() >= records,
        () -> "of " + records + " records there arrived " + bench.sink().sum());
  }

  private void awaitSum(MeasuredProcess agent, RecordSum expected) {
    awaitRecords(agent, expected.records());
    requireEqual("the agent", expected, bench.sink().sum());
  }

  private static void requireEqual(String who, RecordSum expected, RecordSum arrived) {
    if (!expected.equals(arrived)) {
      throw new IllegalStateException(
          who + " did not ship what was written: " + expected + ", but " + arrived);
    }
  }

  private static Cost cost(MeasuredProcess process) {
    return new Cost(process.cpuMillis(), process.peakRssBytes());
  }

  private static double seconds(long startNanos) {
    return (System.nanoTime() - startNanos) / 1e9;
  }

  private static void until(long nanoTime) {
    for (long left = nanoTime - System.nanoTime(); left > 0; left = nanoTime - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
