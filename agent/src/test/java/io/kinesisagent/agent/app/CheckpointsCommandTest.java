package io.kinesisagent.agent.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CheckpointsCommandTest {
  private static final int SERVICE = 4321;
  private static final String STARTED = "{\"flow\":\"%s\",\"started\":\"2026-01-01T00:00:00Z\"}\n";

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  @TempDir private Path directory;
  private Path own;
  private Path config;
  private String before;

  @BeforeEach
  void aFlowWasStarted() throws IOException {
    own = Files.createDirectory(directory.resolve("state")).resolve("checkpoints");
    before = STARTED.replace("%s", "one") + STARTED.replace("%s", "two");
    Files.writeString(own, before);
    config = Files.writeString(directory.resolve("agent.json"), configuration());
  }

  @Test
  void whatWasExportedCanBeImported() throws IOException {
    assertThat(execute("export")).isZero();
    Path saved = Files.writeString(directory.resolve("saved"), out.toString());
    assertThat(execute("reset", "--flow", "one")).isZero();
    assertThat(own).content().doesNotContain("\"one\"").contains("\"two\"");
    assertThat(execute("import", saved.toString())).isZero();
    assertThat(own).content().contains("\"one\"", "\"two\"");
    assertThat(err.toString()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "{\"flow\":\"three\",\"started\":\"2026-01-01T00:00:00Z\"}",
        "{\"flow\":\"three\",\"started\":\"2026-01-01T00:00:00Z\"}\n{\"flow\":\"thr",
        "{\"flow\":\"three\",\"started\":\"2026-01-01T00:00:00Z\"}\n\n",
        "{\"flow\":\"three\",\"generation\":1}\n",
        "no JSON\n"
      })
  void whatExportDoesNotWriteIsRefused(String content) throws IOException {
    Path saved = Files.writeString(directory.resolve("saved"), content);
    assertThat(execute("import", saved.toString())).isEqualTo(ExitCode.DATA);
    assertThat(err.toString()).startsWith(saved + " is not what export writes: ");
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(own).hasContent(before);
  }

  @Test
  void aFileThatCannotBeReadIsNamed() throws IOException {
    assertThat(execute("import", directory.toString())).isEqualTo(ExitCode.IO_ERROR);
    assertThat(err.toString()).startsWith(directory + ": ");
    assertThat(own).hasContent(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"list", "export", "reset --flow one", "import saved"})
  void nothingIsDoneWhereTheConfigurationDoesNotTellWhere(String command) throws IOException {
    Files.delete(config);
    assertThat(execute(command.split(" "))).isEqualTo(ExitCode.CONFIG);
    assertThat(err.toString()).contains(config.toString(), "there is no such file");

    Files.writeString(config, configuration().replace("[]", "["));
    assertThat(execute(command.split(" "))).isEqualTo(ExitCode.CONFIG);
    assertThat(out.toString()).isEmpty();
    assertThat(own).hasContent(before);
  }

  @Test
  void whatRootChangesStaysTheServices() throws IOException {
    assumeTrue(giveToService(own) && giveToService(own.getParent()), "only root may give away");
    assertThat(execute("reset", "--flow", "one")).isZero();
    for (String file : List.of("checkpoints", "checkpoints.lock", "checkpoints.previous")) {
      assertThat(Files.getAttribute(own.resolveSibling(file), "unix:uid"))
          .as(file)
          .isEqualTo(SERVICE);
    }
  }

  private static boolean giveToService(Path path) {
    try {
      Files.setAttribute(path, "unix:uid", SERVICE);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private String configuration() {
    return "{\"checkpointFile\": \"" + own + "\", \"flows\": []}";
  }

  private int execute(String... command) {
    List<String> arguments = new ArrayList<>(List.of("checkpoints"));
    arguments.addAll(Arrays.asList(command));
    arguments.addAll(List.of("-c", config.toString()));
    String[] all = arguments.toArray(String[]::new);
    CommandLine line = Main.commandLine(all);
    return line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true)).execute(all);
  }
}
