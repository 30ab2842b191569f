package io.kinesisagent.tests.soak;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The gaps that the agent's log tells of. */
final class ReportedGaps {
  private static final Pattern GAP =
      Pattern.compile("(\\d+) bytes of (\\S+) behind offset (\\d+) are lost: ([^\\n]*)");

  private ReportedGaps() {}

  /**
   * How many bytes {@code log} says are lost. One that is told again after a restart, as the agent
   * was killed before it could keep that it had told, counts once.
   */
  static long bytes(String log) {
    Map<String, Long> gaps = new HashMap<>();
    Matcher gap = GAP.matcher(log);
    while (gap.find()) {
      gaps.put(gap.group(1) + gap.group(2) + gap.group(3), Long.parseLong(gap.group(1)));
    }
    return gaps.values().stream().mapToLong(Long::longValue).sum();
  }
}
