package io.kinesisagent.agent.config;

import io.kinesisagent.spi.Clock;
import io.kinesisagent.spi.Counter;
import java.util.function.Function;

/**
 * What the running agent lends to the plugins of one flow.
 *
 * @param userAgent the agent's name and version
 * @param counters the flow's counter of a name
 */
public record PluginServices(Clock clock, String userAgent, Function<String, Counter> counters) {
  /** For a trial: what is counted is forgotten. */
  static PluginServices forTrial() {
    return forTrial("aws-kinesis-agent");
  }

  /** For a trial that calls itself so: what is counted is forgotten. */
  public static PluginServices forTrial(String userAgent) {
    return new PluginServices(Clock.system(), userAgent, name -> count -> {});
  }
}
