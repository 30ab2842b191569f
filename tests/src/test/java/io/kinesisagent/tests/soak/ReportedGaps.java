package io.kinesisagent.tests.soak;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The gaps that the agent's log tells of. */
final class ReportedGaps {
  private static final Pattern GAP =
      Pattern.compile("(\\d+) bytes of (\\S+) behind offset (\\d+) are lost: ([^\\n]*)");

  /** So many bytes behind an offset of some file. */
  record Told(String path, long offset, long bytes) {}

  private ReportedGaps() {}

  /**
   * What {@code log} says is lost. One that is told again after a restart, as the agent was killed
   * before it could keep that it had told, counts once.
   */
  static Set<Told> of(String log) {
    Set<Told> gaps = new LinkedHashSet<>();
    Matcher gap = GAP.matcher(log);
    while (gap.find()) {
      long bytes = Long.parseLong(gap.group(1));
      gaps.add(new Told(gap.group(2), Long.parseLong(gap.group(3)), bytes));
    }
    return gaps;
  }

  /** Every time that {@code log} says that something is lost, a line each. */
  static String all(String log) {
    return log.lines().filter(line -> GAP.matcher(line).find()).collect(Collectors.joining("\n"));
  }
}
