package io.kinesisagent.agent.app;

import io.kinesisagent.agent.config.Problem;
import io.kinesisagent.agent.config.Severity;
import java.util.List;

/**
 * A configuration that was not taken up when the agent was told to reload; it goes on with the one
 * before. Immutable.
 *
 * @param epochMillis when
 * @param problems its errors, one line each
 */
record Refusal(long epochMillis, List<String> problems) {
  /** The errors among {@code found}. */
  static Refusal of(List<Problem> found, long epochMillis) {
    return new Refusal(
        epochMillis,
        found.stream()
            .filter(problem -> problem.severity() == Severity.ERROR)
            .map(Problem::toString)
            .toList());
  }

  /** In one line: the first error, and how many there are more. */
  String line() {
    int more = problems.size() - 1;
    return problems.get(0) + (more > 0 ? " (and " + Amounts.counted(more, "more error") + ")" : "");
  }
}
