package io.kinesisagent.benchmarks.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a JVM's log of its collections says of its allocation. */
final class GcLog {
  private static final Pattern PAUSE = Pattern.compile("Pause .* (\\d+)K->(\\d+)K\\(");

  private GcLog() {}

  /** The option that makes a JVM write {@code file}. */
  static String option(Path file) {
    return "-Xlog:gc:file=" + file;
  }

  /** What was allocated up to the last collection, in bytes, to the megabyte a collection. */
  static long allocatedBytes(Path file) throws IOException {
    long kilobytes = 0;
    long after = 0;
    for (String line : Files.readAllLines(file)) {
      Matcher pause = PAUSE.matcher(line.replaceAll("(\\d+)M", "$1000K"));
      if (pause.find()) {
        kilobytes += Math.max(0, Long.parseLong(pause.group(1)) - after);
        after = Long.parseLong(pause.group(2));
      }
    }
    return kilobytes * 1000;
  }
}
