package io.kinesisagent.agent.config;

import java.nio.file.Path;
import java.util.List;

/** What came of reading the configuration. */
public sealed interface ConfigResult {
  /** The files that were read, or should have been: the main one first. */
  List<Path> files();

  /** Every finding, in the order of the files. */
  List<Problem> problems();

  /** The configuration can be used; the problems are warnings and notes. */
  record Valid(List<Path> files, List<Problem> problems, AgentConfig config)
      implements ConfigResult {
    public Valid {
      files = List.copyOf(files);
      problems = List.copyOf(problems);
    }
  }

  /** At least one problem is an error. */
  record Invalid(List<Path> files, List<Problem> problems) implements ConfigResult {
    public Invalid {
      files = List.copyOf(files);
      problems = List.copyOf(problems);
    }
  }
}
