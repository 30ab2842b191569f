package io.kinesisagent.agent.config;

import io.kinesisagent.agent.discover.FilePattern;
import io.kinesisagent.agent.discover.FileSelection;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Refuses flows that read what the agent itself writes: they would feed on themselves without end.
 * One thread.
 */
final class FeedbackCheck {
  private final AgentReader agent;
  private final Problems problems;

  FeedbackCheck(AgentReader agent, Problems problems) {
    this.agent = agent;
    this.problems = problems;
  }

  void check(FileSelection files, KeyedObject flow, Optional<ChosenBackend> backend) {
    Json at = flow.member(FlowKeys.FILE_PATTERN).orElseThrow().value();
    HostFacts host = agent.host();
    host.agentLog()
        .filter(log -> matches(files, log))
        .ifPresent(log -> refuse(at, "matches the agent's own log " + log));
    host.outputs().stream()
        .filter(output -> matches(files, output))
        .forEach(output -> refuse(at, "matches " + output + ", to which the agent's output goes"));
    Path checkpoints = agent.path(AgentKeys.CHECKPOINT_FILE);
    if (files.matches(checkpoints)) {
      refuse(at, "matches the agent's checkpoint file " + checkpoints);
    }
    Path deadLetters = agent.path(AgentKeys.DEAD_LETTER_DIRECTORY);
    if (readsIn(files, deadLetters)) {
      refuse(at, "matches files in the dead-letter directory " + deadLetters);
    }
    backend
        .flatMap(chosen -> chosen.plugin().writesTo(chosen.chosen().settings()))
        .flatMap(this::path)
        .filter(target -> files.matches(target) || readsIn(files, target))
        .ifPresent(target -> refuse(at, "matches files of its own destination " + target));
  }

  private boolean matches(FileSelection files, Path own) {
    return own.getFileSystem().equals(agent.files()) && files.matches(own);
  }

  private void refuse(Json at, String what) {
    problems.error(at, what + ": the flow would feed on itself; narrow it, or exclude those files");
  }

  private static boolean readsIn(FileSelection files, Path directory) {
    for (FilePattern pattern : files.patterns()) {
      if (pattern.couldMatchIn(directory)) {
        return true;
      }
    }
    return false;
  }

  private Optional<Path> path(String text) {
    try {
      return Optional.of(agent.files().getPath(text).toAbsolutePath().normalize());
    } catch (InvalidPathException unusable) {
      return Optional.empty();
    }
  }
}
