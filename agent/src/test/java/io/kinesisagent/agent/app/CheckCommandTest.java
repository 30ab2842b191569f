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

class CheckCommandTest {
  private final StringWriter out = new StringWriter();
  @TempDir private Path directory;

  @Test
  void aConfigurationWithErrorsIsSaidAndGives78() throws IOException {
    Path file = write("{\"maxOpenFiles\": 1, \"nonsense\": 2, \"flows\": [5]}");
    assertThat(execute(new CheckCommand(), "-c", file.toString())).isEqualTo(78);
    assertThat(out.toString().lines())
        .containsExactly(
            file + ":1:18: error: $.maxOpenFiles: is out of range: 1; allowed is at least 16",
            file + ":1:21: warning: $.nonsense: is not a known key; it is ignored",
            file + ":1:46: error: $.flows[0]: must be an object: a flow; but is a number",
            file + ": 2 errors, 1 warning");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-c %s", "-c=%s", "--configuration %s", "--configuration=%s"})
  void theFileIsNamedInEachForm(String form) throws IOException {
    Path file = write("{");
    assertThat(execute(new CheckCommand(), String.format(form, file).split(" "))).isEqualTo(78);
    assertThat(out.toString()).startsWith(file.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-l /var/log/a.log -L DEBUG -c %s",
        "-L DEBUG -c %s -l /var/log/a.log",
        "--log-level=INFO --log-file=/var/log/a.log -L DEBUG -c %s"
      })
  void optionsForTheLogAreTakenAsRunTakesThem(String form) throws IOException {
    String[] arguments = String.format(form, write("{")).split(" ");
    assertThat(execute(new CheckCommand(), arguments)).isEqualTo(78);
    assertThat(out.toString())
        .startsWith("note: the options for a log file and level are not used");
    assertThat(new CommandLine(new RunCommand()).parseArgs(arguments).errors()).isEmpty();
  }

  @Test
  void helpTellsOfTheExitStatus() {
    assertThat(execute(new CheckCommand(), "--help")).isZero();
    assertThat(out.toString()).contains("78").contains("--configuration");
  }

  @Test
  void versionSaysTheAgentsAndJavas() {
    assertThat(execute(new VersionCommand())).isZero();
    assertThat(out.toString())
        .contains("aws-kinesis-agent ")
        .contains(System.getProperty("java.runtime.version"));
  }

  private Path write(String text) throws IOException {
    return Files.writeString(directory.resolve("agent.json"), text);
  }

  private int execute(Object command, String... arguments) {
    return new CommandLine(command).setOut(new PrintWriter(out, true)).execute(arguments);
  }
}
