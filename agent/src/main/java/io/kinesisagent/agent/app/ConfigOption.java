package io.kinesisagent.agent.app;

import java.nio.file.Path;
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
}
