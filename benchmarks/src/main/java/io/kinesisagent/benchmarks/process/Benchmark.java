package io.kinesisagent.benchmarks.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The program behind {@code bin/benchmark}. */
@Command(
    name = "bin/benchmark",
    mixinStandardHelpOptions = true,
    description = "Measures the agent, as people run it, against a sink on this machine.")
public final class Benchmark implements Callable<Integer> {
  @Option(
      names = "--megabytes",
      defaultValue = "1000",
      description =
          "The size of the file that floor, bulk, logtojson and peers ship (default: ${DEFAULT-VALUE}).")
  private long megabytes;

  @Option(names = "--long", description = "Ships 3000 MB, where the start counts for less.")
  private boolean threeGigabytes;

  @Option(
      names = "--scale",
      paramLabel = "FILE",
      description =
          "Also measures how cost grows with flows, files and the length of lines, and draws it"
              + " into this SVG file.")
  private Path scale;

  @Option(
      names = "--runs",
      defaultValue = "1",
      description =
          "How often each scenario runs (default: ${DEFAULT-VALUE}); of several runs the medians are"
              + " printed, too.")
  private int runs;

  @Option(
      names = "--only",
      split = ",",
      description =
          "Some of floor, bulk, aggregation, logtojson, start, latency, idle, peers (default: all).")
  private List<String> only = new ArrayList<>();

  @Option(
      names = "--flow",
      paramLabel = "NAME=KEYS",
      description =
          "One more bulk run with these keys in the flow, such as"
              + " 'small=\"maxBufferSizeRecords\": 100'. May be given several times.")
  private List<String> flows = new ArrayList<>();

  @Option(
      names = "--peer",
      paramLabel = "NAME=COMMAND",
      description =
          "Another agent to run beside: a shell command that ships the file $FILE to"
              + " https://127.0.0.1:$PORT, whose certificate is $CERTIFICATE, and may write to"
              + " $WORK. May be given several times.")
  private List<String> peers = new ArrayList<>();

  @Option(
      names = "--program",
      defaultValue = "bin/start-aws-kinesis-agent",
      description = "The agent to measure, such as an installed one (default: ${DEFAULT-VALUE}).")
  private Path program;

  @Option(
      names = "--idle",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "How long start leaves the agent idle (default: ${DEFAULT-VALUE}).")
  private int idleSeconds;

  /** Runs the scenarios; exit status 1 when something arrived other than it was written. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new Benchmark()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    try (Bench bench = new Bench(program.toAbsolutePath())) {
      Scenarios scenarios = new Scenarios(bench);
      megabytes = threeGigabytes ? 3000 : megabytes;
      scenarios.prepare(megabytes);
      for (int run = 0; run < runs; run++) {
        run(scenarios);
      }
      if (scale != null) {
        Files.writeString(scale, Chart.svg(scaled(bench, scenarios)));
      }
      System.out.printf(
          Locale.ROOT,
          "%d MB of lines over TLS, %d processors, Java %s%n%n%s",
          megabytes,
          Runtime.getRuntime().availableProcessors(),
          System.getProperty("java.version"),
          Row.table(scenarios.rows()));
    }
    return 0;
  }

  private void run(Scenarios scenarios) throws Exception {
    if (wanted("floor")) {
      scenarios.floorBeside();
    }
    if (wanted("bulk")) {
      scenarios.bulk("bulk", "");
    }
    if (wanted("logtojson")) {
      scenarios.logToJson();
    }
    if (wanted("start")) {
      scenarios.start(idleSeconds);
    }
    for (String flow : flows) {
      scenarios.bulk(name(flow), ", " + value(flow));
    }
    if (wanted("aggregation")) {
      scenarios.aggregation();
    }
    if (wanted("latency")) {
      scenarios.latency("latency, 1 s of buffer", ", \"maxBufferAgeMillis\": 1000", 20);
      // What is left is how soon an append is seen and read, and one request.
      scenarios.latency("latency, a line a request", ", \"maxBufferSizeRecords\": 1", 60);
    }
    if (wanted("idle")) {
      // Long enough for a slow look at all files to be in it.
      scenarios.idle(1, 60);
      scenarios.idle(10_000, 60);
    }
    if (wanted("peers")) {
      for (String peer : peers) {
        scenarios.peer(name(peer), value(peer));
      }
    }
  }

  private static List<Row> scaled(Bench bench, Scenarios all) throws Exception {
    Scenarios scenarios = new Scenarios(bench);
    for (int flows : new int[] {1, 10, 100}) {
      scenarios.scale(flows, 100, 157, 300);
    }
    for (int files : new int[] {1, 1000, 10_000, 50_000}) {
      scenarios.scale(1, files, 157, 300);
    }
    for (int lineBytes : new int[] {20, 1000, 10_000, 100_000}) {
      scenarios.scale(1, 1, lineBytes, 300);
    }
    all.rows().addAll(scenarios.rows());
    return scenarios.rows();
  }

  private boolean wanted(String scenario) {
    return only.isEmpty() || only.contains(scenario);
  }

  private static String name(String option) {
    return option.substring(0, Math.max(0, option.indexOf('=')));
  }

  private static String value(String option) {
    return option.substring(option.indexOf('=') + 1);
  }
}
