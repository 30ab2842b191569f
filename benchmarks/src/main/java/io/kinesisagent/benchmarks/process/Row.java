package io.kinesisagent.benchmarks.process;

import java.util.List;
import java.util.Locale;
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

  /** The table of {@code rows}; ratios are to the mean of the floors measured before and after. */
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
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      double floor = floorBeside(rows, i);
      boolean volume = row.dataBytes > 0;
      table.append(
          String.format(
              Locale.ROOT,
              "%-28s %8s %9s %8s %9.0f  %s%n",
              row.name,
              volume ? number(row.megabytesPerSecond(), 0) : "",
              volume ? number(row.cpuSecondsPerGigabyte(), 1) : "",
              volume && !Double.isNaN(floor) ? number(row.cpuSecondsPerGigabyte() / floor, 2) : "",
              row.cost.peakRssBytes() / MEBIBYTE,
              row.note));
    }
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
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }
}
