package io.kinesisagent.agent.config;

import java.nio.file.Path;

/**
 * One finding in the configuration.
 *
 * @param line from 1; 0 where the finding is about the file as a whole
 * @param column in characters from 1; 0 like {@code line}
 * @param jsonPath the value at fault, such as {@code $.flows[0].filePattern}; empty where the
 *     finding is not about a value; one line
 * @param message what is wrong, and what is allowed; one line, no secret
 */
public record Problem(
    Severity severity, Path file, int line, int column, String jsonPath, String message) {
  /** The finding in one line: {@code FILE:LINE:COLUMN: SEVERITY: PATH: MESSAGE}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder().append(file);
    if (line > 0) {
      text.append(':').append(line).append(':').append(column);
    }
    text.append(": ").append(severity).append(": ");
    if (!jsonPath.isEmpty()) {
      text.append(jsonPath).append(": ");
    }
    return text.append(message).toString();
  }
}
