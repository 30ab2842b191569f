package io.kinesisagent.benchmarks.process;

import java.util.List;
import java.util.Locale;

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

  /** The table of {@code rows}; ratios are to the row named {@code floor}, where there is one. */
  static String table(List<Row> rows) {
    double floor =
        rows.stream()
            .filter(row -> row.name.equals("floor"))
            .mapToDouble(Row::cpuSecondsPerGigabyte)
            .findFirst()
            .orElse(Double.NaN);
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
    for (Row row : rows) {
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

  private static String number(double value, int decimals) {
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }
}
