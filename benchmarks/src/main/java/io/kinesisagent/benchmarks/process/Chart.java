package io.kinesisagent.benchmarks.process;

import java.util.List;
import java.util.Locale;

/** Draws throughput and CPU of some rows as bars, in SVG. */
final class Chart {
  private static final int ROW = 26;
  private static final int LABELS = 190;
  private static final int BARS = 240;
  private static final int TOP = 40;

  private Chart() {}

  /** The picture of the rows that have a volume. */
  static String svg(List<Row> all) {
    List<Row> rows = all.stream().filter(row -> row.dataBytes() > 0).toList();
    double fastest = rows.stream().mapToDouble(Row::megabytesPerSecond).max().orElse(1);
    double dearest = rows.stream().mapToDouble(Row::cpuSecondsPerGigabyte).max().orElse(1);
    StringBuilder svg = new StringBuilder();
    svg.append(
        String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\""
                + " font-family=\"sans-serif\" font-size=\"12\">%n"
                + "<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>%n"
                + "<text x=\"%d\" y=\"24\">MB/s</text><text x=\"%d\" y=\"24\">CPU s/GB</text>%n",
            LABELS + 2 * (BARS + 60),
            TOP + ROW * rows.size() + 10,
            LABELS,
            LABELS + BARS + 60));
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      int y = TOP + i * ROW;
      svg.append(
          String.format(
              Locale.ROOT, "<text x=\"8\" y=\"%d\">%s</text>%n", y + 14, escaped(row.name())));
      bar(svg, LABELS, y, row.megabytesPerSecond(), fastest, "#4477aa");
      bar(svg, LABELS + BARS + 60, y, row.cpuSecondsPerGigabyte(), dearest, "#cc6677");
    }
    return svg.append("</svg>\n").toString();
  }

  private static void bar(
      StringBuilder svg, int x, int y, double value, double most, String colour) {
    double width = BARS * value / most;
    svg.append(
        String.format(
            Locale.ROOT,
            "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"18\" fill=\"%s\"/>"
                + "<text x=\"%.1f\" y=\"%d\">%.1f</text>%n",
            x,
            y,
            width,
            colour,
            x + width + 4,
            y + 14,
            value));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }
}
