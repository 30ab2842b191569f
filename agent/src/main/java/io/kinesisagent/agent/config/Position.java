package io.kinesisagent.agent.config;

import java.nio.file.Path;

/**
 * A place in a configuration file.
 *
 * @param line from 1; 0 for the file as a whole
 * @param column in characters from 1; 0 for the line or the file as a whole
 */
record Position(Path file, int line, int column) {
  static Position wholeFile(Path file) {
    return new Position(file, 0, 0);
  }
}
