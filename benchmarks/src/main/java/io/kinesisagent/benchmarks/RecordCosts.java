package io.kinesisagent.benchmarks;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * The program behind {@code bin/benchmark-records}: runs the benchmarks whose names match the
 * arguments, or all, and prints what a record costs in each, as a table in Markdown.
 */
public final class RecordCosts {
  private static final String PLAIN = "Plain";

  /** What a record costs. */
  private record Cost(double nanos, double bytes) {}

  private RecordCosts() {}

  /** Runs them. */
  public static void main(String[] patterns) throws RunnerException {
    OptionsBuilder options = new OptionsBuilder();
    for (String pattern : patterns.length == 0 ? new String[] {"Benchmark"} : patterns) {
      options.include(pattern);
    }
    Options all =
        options
            .addProfiler(GCProfiler.class)
            .verbosity(VerboseMode.SILENT)
            .shouldFailOnError(true)
            .build();
    Map<String, Cost> costs = costs(new Runner(all).run());
    System.out.printf(
        Locale.ROOT,
        "Java %s, %d processors%n%n",
        System.getProperty("java.version"),
        Runtime.getRuntime().availableProcessors());
    System.out.println("| a record of | ns | bytes allocated | plain: ns | bytes | times faster |");
    System.out.println("|---|--:|--:|--:|--:|--:|");
    costs.forEach(
        (name, cost) -> {
          if (!name.endsWith(PLAIN)) {
            System.out.println(row(name, cost, costs.get(name + PLAIN)));
          }
        });
  }

  private static Map<String, Cost> costs(Collection<RunResult> results) {
    Map<String, Cost> costs = new TreeMap<>();
    for (RunResult result : results) {
      String name = result.getParams().getBenchmark();
      name = name.substring(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1);
      name = name.replace("Benchmark.", " ");
      for (String parameter : result.getParams().getParamsKeys()) {
        name += " " + result.getParams().getParam(parameter).toLowerCase(Locale.ROOT);
      }
      double bytes = Double.NaN;
      for (Result<?> second : result.getSecondaryResults().values()) {
        if (second.getLabel().endsWith("gc.alloc.rate.norm")) {
          bytes = second.getScore();
        }
      }
      costs.put(name, new Cost(result.getPrimaryResult().getScore(), bytes));
    }
    return costs;
  }

  private static String row(String name, Cost cost, Cost plain) {
    String own = String.format(Locale.ROOT, "| %s | %.0f | %.1f |", name, cost.nanos, cost.bytes);
    return plain == null
        ? own + " | | |"
        : own
            + String.format(
                Locale.ROOT,
                " %.0f | %.0f | %.1f |",
                plain.nanos,
                plain.bytes,
                plain.nanos / cost.nanos);
  }
}
