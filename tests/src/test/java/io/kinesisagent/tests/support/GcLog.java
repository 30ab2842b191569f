package io.kinesisagent.tests.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/** A JVM's own log of its collections. */
public final class GcLog {
  private static final Pattern PAUSE = Pattern.compile("Pause Full .*?\\d+M->(\\d+)M\\(");

  private final Path file;

  public GcLog(Path file) {
    this.file = file;
  }

  /** The JVM option that writes it. */
  public String option() {
    return "-Xlog:gc:file=" + file;
  }

  /**
   * The most that was in use right after a full collection, in bytes: what could not be let go. 0
   * when there was none.
   */
  public long peakLiveBytes() {
    return liveBytes().max().orElse(0);
  }

  /** What was in use right after the last full collection, in bytes. 0 when there was none. */
  public long lastLiveBytes() {
    return liveBytes().reduce(0, (before, last) -> last);
  }

  private LongStream liveBytes() {
    try {
      return Files.readAllLines(file).stream()
          .map(PAUSE::matcher)
          .filter(Matcher::find)
          .mapToLong(pause -> Long.parseLong(pause.group(1)) << 20);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
