package io.kinesisagent.tests.simulation;

import java.util.Map;
import java.util.TreeMap;

/** How often each thing really happened: a hazard that no seed met proves nothing. */
final class Coverage {
  private final Map<String, Long> counts = new TreeMap<>();

  void count(String event) {
    counts.merge(event, 1L, Long::sum);
  }

  void count(String event, long times) {
    if (times > 0) {
      counts.merge(event, times, Long::sum);
    }
  }

  void add(Coverage other) {
    other.counts.forEach((event, times) -> counts.merge(event, times, Long::sum));
  }

  long of(String event) {
    return counts.getOrDefault(event, 0L);
  }

  Map<String, Long> counts() {
    return counts;
  }
}
