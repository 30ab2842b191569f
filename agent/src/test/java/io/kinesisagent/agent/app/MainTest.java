package io.kinesisagent.agent.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
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
  void eachCommandTellsItsVersion(String command) {
    assertThat(execute((command + " -V").strip().split(" "))).isZero();
    assertThat(out.toString()).startsWith("aws-kinesis-agent ");
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

  @Test
  void statusSaysThatTheConfigurationCouldNotBeReadAndWhatWasAssumed() {
    Path absent = directory.resolve("absent.json");
    assertThat(execute("status", "-c", absent.toString())).isNotZero();
    assertThat(out.toString())
        .contains(absent + ": error: cannot be read: there is no such file", "the default place");
  }

  @ParameterizedTest
  @ValueSource(strings = {"version", "--help", "checkpoints --help", "check -h", "try --version"})
  void anAnswerThatCannotBeWrittenIsAFailure(String line) {
    String[] arguments = line.split(" ");
    PrintStream before = System.out;
    System.setOut(new PrintStream(new FullDisk(), false, StandardCharsets.UTF_8));
    try {
      assertThat(Main.commandLine(arguments).setErr(new PrintWriter(out, true)).execute(arguments))
          .isEqualTo(ExitCode.IO_ERROR);
    } finally {
      System.setOut(before);
    }
    assertThat(out.toString()).contains("standard output cannot be written");
  }

  private static final class FullDisk extends OutputStream {
    @Override
    public void write(int b) throws IOException {
      throw new IOException("No space left on device");
    }
  }

  private int execute(String... arguments) {
    CommandLine line = Main.commandLine(arguments);
    PrintWriter writer = new PrintWriter(out, true);
    return line.setOut(writer).setErr(writer).execute(arguments);
  }
}
