package io.kinesisagent.agent.config;

import java.nio.file.Path;
import java.util.List;

/**
 * Where an agent's state is.
 *
 * @param checkpointFile absolute
 * @param isDefault whether it is the usual place, since none was read from the configuration
 * @param doubts the errors by which the configuration may mean another place: it cannot be read, is
 *     no object, or what it says of the place is wrong
 */
public record StatePlace(Path checkpointFile, boolean isDefault, List<Problem> doubts) {
  public StatePlace {
    doubts = List.copyOf(doubts);
  }
}
