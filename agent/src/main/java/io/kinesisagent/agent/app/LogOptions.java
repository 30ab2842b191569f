package io.kinesisagent.agent.app;

import java.util.List;
import picocli.CommandLine.Option;

/**
 * Options for the log that scripts written for the reference agent give, also several of them. They
 * are taken and not used: the log is told by the environment.
 */
final class LogOptions {
  /** What is to be said where they are given. */
  static final String NOTE =
      "the options for a log file and level are not used: see AGENT_LOG_LEVEL";

  @Option(
      names = {"-l", "-L", "--log-file", "--log-level"},
      hidden = true,
      description = "Accepted for scripts written for other agents; see AGENT_LOG_LEVEL.")
  private List<String> given = List.of();

  boolean areGiven() {
    return !given.isEmpty();
  }
}
