package io.kinesisagent.benchmarks.process;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * One line of the table.
 *
 * @param name of the scenario and who ran it
 * @param dataBytes what was shipped, 0 when that is not the point
 * @param seconds that took
 * @param note what else is to be said, the scenario's own figures
 */
record Row(String name, long dataBytes, double seconds, Cost cost, String note) {
  private static final double MEBIBYTE = 1 << 20;
  private static final double GIGABYTE = 1e9;

  double megabytesPerSecond() {
    return dataBytes / 1e6 / seconds;
  }

  double cpuSecondsPerGigabyte() {
    return cost.cpuMillis() / 1e3 / (dataBytes / GIGABYTE);
  }

  /** What is printed of a row, or of several; a figure that there is none of is NaN. */
  private record Figures(
      String name,
      double megabytesPerSecond,
      double cpuSecondsPerGigabyte,
      double timesFloor,
      double peakMebibytes,
      String note) {
    static Figures of(Row row, double floor) {
      boolean volume = row.dataBytes > 0;
      return new Figures(
          row.name,
          volume ? row.megabytesPerSecond() : Double.NaN,
          volume ? row.cpuSecondsPerGigabyte() : Double.NaN,
          volume ? row.cpuSecondsPerGigabyte() / floor : Double.NaN,
          row.cost.peakRssBytes() / MEBIBYTE,
          row.note);
    }

    static Figures median(List<Figures> runs) {
      return new Figures(
          runs.get(0).name,
          middle(runs, Figures::megabytesPerSecond),
          middle(runs, Figures::cpuSecondsPerGigabyte),
          middle(runs, Figures::timesFloor),
          middle(runs, Figures::peakMebibytes),
          "median of " + runs.size());
    }

    private static double middle(List<Figures> runs, ToDoubleFunction<Figures> figure) {
      double[] sorted = runs.stream().mapToDouble(figure).sorted().toArray();
      return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    String line() {
      return String.format(
          Locale.ROOT,
          "%-28s %8s %9s %8s %9.0f  %s%n",
          name,
          number(megabytesPerSecond, 0),
          number(cpuSecondsPerGigabyte, 1),
          number(timesFloor, 2),
          peakMebibytes,
          note);
    }
  }

  /**
   * The table of {@code rows}, and of the medians of those that ran more than once; ratios are to
   * the mean of the floors measured before and after.
   */
  static String table(List<Row> rows) {
    StringBuilder table =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "%-28s %8s %9s %8s %9s  %s%n",
                "scenario",
                "MB/s",
                "CPU s/GB",
                "x floor",
                "peak MiB",
                ""));
    Map<String, List<Figures>> byName = new LinkedHashMap<>();
    for (int i = 0; i < rows.size(); i++) {
      Figures figures = Figures.of(rows.get(i), floorBeside(rows, i));
      table.append(figures.line());
      byName.computeIfAbsent(figures.name, name -> new ArrayList<>()).add(figures);
    }
    byName.values().stream()
        .filter(runs -> runs.size() > 1)
        .forEach(runs -> table.append(Figures.median(runs).line()));
    return table.toString();
  }

  private static double floorBeside(List<Row> rows, int at) {
    List<Row> before = floors(rows.subList(0, at + 1));
    List<Row> after = floors(rows.subList(at, rows.size()));
    return Stream.concat(
            before.stream().skip(Math.max(0, before.size() - 1)), after.stream().limit(1))
        .mapToDouble(Row::cpuSecondsPerGigabyte)
        .average()
        .orElse(Double.NaN);
  }

  private static List<Row> floors(List<Row> rows) {
    return rows.stream().filter(row -> row.name.equals("floor")).toList();
  }

  private static String number(double value, int decimals) {
    return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%." + decimals + "f", value);
  }
}
