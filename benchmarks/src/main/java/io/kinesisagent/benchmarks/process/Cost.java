package io.kinesisagent.benchmarks.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a process used.
 *
 * @param peakRssBytes the most it had resident
 */
record Cost(long cpuMillis, long peakRssBytes) {
  private static final Pattern FORM = Pattern.compile("cost cpuMillis=(\\d+) peakRssBytes=(\\d+)");

  /** What this process has used so far. */
  static Cost ofThisProcess() throws IOException {
    long cpuMillis =
        ProcessHandle.current().info().totalCpuDuration().map(Duration::toMillis).orElse(0L);
    long kilobytes =
        Files.readAllLines(Path.of("/proc/self/status")).stream()
            .filter(line -> line.startsWith("VmHWM:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
            .sum();
    return new Cost(cpuMillis, kilobytes * 1024);
  }

  /** For {@link #parse}. */
  String format() {
    return "cost cpuMillis=" + cpuMillis + " peakRssBytes=" + peakRssBytes;
  }

  /** Finds the cost that a process printed. */
  static Cost parse(String output) {
    Matcher matcher = FORM.matcher(output);
    if (!matcher.find()) {
      throw new IllegalArgumentException("no cost in: " + output);
    }
    return new Cost(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)));
  }
}
