package io.kinesisagent.tests.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kinesisagent.tests.support.Command;
import io.kinesisagent.tests.support.Installation;
import io.kinesisagent.tests.support.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log shows a sample of the lines that no format fits, unless its settings say not to. */
class UnmatchedLinesTest {
  private static final String OFF =
      "<Logger name=\"io.kinesisagent.processors.UnmatchedSample\" level=\"OFF\"/>\n";

  @TempDir Path folder;

  @Test
  void theLineOfTheLogSettingsThatShowsNoneDoesSo() throws Exception {
    Workspace workspace = new Workspace(folder);
    ObjectNode settings = workspace.toFiles("app*");
    ObjectNode option =
        ((ObjectNode) settings.at("/flows/0")).putArray("dataProcessingOptions").addObject();
    option.put("optionName", "LOGTOJSON").put("logFormat", "COMMONAPACHELOG");
    workspace.configure(settings);
    String line = "jane@example.com" + " and what is not shown of the line".repeat(2) + "\n";
    String sample = Files.writeString(folder.resolve("sample"), line).toString();
    Installation installation = new Installation(folder.resolve("root")).withJars();

    Command shown = Command.run(installation, workspace, "try", sample);
    assertThat(shown.err()).contains("a line is not of the format", "jane@example.com");

    String text = Files.readString(installation.logSettings());
    assertThat(text).containsOnlyOnce("    " + OFF + "    -->");
    Files.writeString(
        installation.logSettings(), text.replace("    " + OFF + "    -->", "    -->\n" + OFF));
    Command silent = Command.run(installation, workspace, "try", sample);
    assertThat(silent.exit()).isEqualTo(65);
    assertThat(silent.err()).doesNotContain("jane@example.com");
  }
}
