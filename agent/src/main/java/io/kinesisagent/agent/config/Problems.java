package io.kinesisagent.agent.config;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Collects every finding of one reading of the configuration. The same finding is kept once,
 * however often it is made. One thread.
 */
final class Problems {
  private final Set<Problem> found = new LinkedHashSet<>();
  private int errors;

  void error(Position at, String path, String message) {
    add(Severity.ERROR, at, path, message);
  }

  void error(Json value, String message) {
    add(Severity.ERROR, value.at(), value.path(), message);
  }

  void warning(Position at, String path, String message) {
    add(Severity.WARNING, at, path, message);
  }

  void warning(Json value, String message) {
    add(Severity.WARNING, value.at(), value.path(), message);
  }

  void note(Position at, String path, String message) {
    add(Severity.NOTE, at, path, message);
  }

  /** Errors added so far: a caller that compares two readings knows whether a step succeeded. */
  int errors() {
    return errors;
  }

  /** Whether an error is about just this place: the value there cannot be used. */
  boolean isReported(Position at) {
    return found.stream()
        .anyMatch(
            problem ->
                problem.severity() == Severity.ERROR
                    && problem.file().equals(at.file())
                    && problem.line() == at.line()
                    && problem.column() == at.column());
  }

  /** Whether an error is about this value, or about an item or a member of it. */
  boolean isReportedWithin(Json value) {
    if (value instanceof Json.Array array
        && array.items().stream().anyMatch(this::isReportedWithin)) {
      return true;
    }
    if (value instanceof Json.Obj object
        && object.members().values().stream().anyMatch(m -> isReportedWithin(m.value()))) {
      return true;
    }
    return isReported(value.at());
  }

  /**
   * Everything found, in the order of the files and within a file in that of its text.
   *
   * @param files the files in their order; findings about others come first
   */
  List<Problem> sorted(List<Path> files) {
    return found.stream()
        .sorted(
            Comparator.<Problem>comparingInt(problem -> files.indexOf(problem.file()))
                .thenComparingInt(Problem::line)
                .thenComparingInt(Problem::column))
        .toList();
  }

  private void add(Severity severity, Position at, String path, String message) {
    Problem problem =
        new Problem(
            severity, at.file(), at.line(), at.column(), onOneLine(path), onOneLine(message));
    if (found.add(problem) && severity == Severity.ERROR) {
      errors++;
    }
  }

  /** A text out of the file, whose strings may hold anything, as a line of the log can have it. */
  private static String onOneLine(String raw) {
    StringBuilder text = new StringBuilder(raw.length());
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c == '\n') {
        text.append("\\n");
      } else if (Character.isISOControl(c)) {
        text.append(String.format("\\u%04X", (int) c));
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }
}
