package io.kinesisagent.agent.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class MainTest {
  private final StringWriter out = new StringWriter();
  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "run",
        "check",
        "try",
        "status",
        "checkpoints",
        "checkpoints list",
        "checkpoints reset",
        "checkpoints export",
        "checkpoints import",
        "version"
      })
  void eachCommandTellsOfItself(String command) {
    assertThat(execute((command + " --help").strip().split(" "))).isZero();
    assertThat(out.toString()).contains("Usage: aws-kinesis-agent").contains("--help");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "-h"})
  void theHelpNamesEachCommand(String option) {
    assertThat(execute(option)).isZero();
    assertThat(out.toString().lines().map(line -> line.strip().replaceAll(" .*", "")))
        .containsSubsequence("run", "check", "try", "status", "checkpoints", "version");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"nonsense", "check --nonsense", "status a b", "checkpoints", "checkpoints reset"})
  void wrongArgumentsHaveTheirOwnStatus(String line) {
    assertThat(execute(line.split(" "))).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void statusOfAnAgentThatDoesNotRunSaysWhereItWasLookedFor() throws IOException {
    Path state = directory.resolve("state");
    Path config =
        Files.writeString(
            directory.resolve("agent.json"),
            "{\"checkpointFile\": \"" + state.resolve("checkpoints") + "\"}");
    assertThat(execute("status", "-c", config.toString())).isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(out.toString()).contains("no agent runs", state.toString());
    assertThat(execute("checkpoints", "list", "-c", config.toString()))
        .isEqualTo(ExitCode.IO_ERROR);
  }

  private int execute(String... arguments) {
    CommandLine line = Main.commandLine(arguments);
    PrintWriter writer = new PrintWriter(out, true);
    return line.setOut(writer).setErr(writer).execute(arguments);
  }
}
