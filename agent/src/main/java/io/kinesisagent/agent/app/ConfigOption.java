package io.kinesisagent.agent.app;

import io.kinesisagent.agent.config.ConfigReader;
import io.kinesisagent.agent.config.PluginCatalog;
import io.kinesisagent.agent.config.StatePlace;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** The option that names the configuration file, the same for every command. */
final class ConfigOption {
  @Option(
      names = {"-c", "--configuration"},
      paramLabel = "FILE",
      description = "The configuration file (default: ${DEFAULT-VALUE}).",
      defaultValue = "/etc/aws-kinesis/agent.json")
  private Path file;

  Path file() {
    return file;
  }

  /** Where the state of an agent with this configuration is. */
  StatePlace statePlace() {
    return new ConfigReader(PluginCatalog.of(List.of(), List.of()), Plugins.host())
        .statePlace(file.toAbsolutePath());
  }
}
