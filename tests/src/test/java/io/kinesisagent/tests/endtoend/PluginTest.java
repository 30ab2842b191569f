package io.kinesisagent.tests.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kinesisagent.tests.support.AgentProcess;
import io.kinesisagent.tests.support.Checkout;
import io.kinesisagent.tests.support.Deliveries;
import io.kinesisagent.tests.support.Installation;
import io.kinesisagent.tests.support.Scene;
import io.kinesisagent.tests.support.Workspace;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The documented example of a plugin, as a jar in the folder of an installation. */
class PluginTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "PLUGIN, name, MASK",
    "PLUGIN, className, com.example.mask.MaskPlugin",
    "USINGPLUGGIN, className, com.example.mask.MaskPlugin"
  })
  void aJarInThePluginsFolderIsUsed(String option, String key, String value) throws IOException {
    Installation installation = new Installation(folder.resolve("root")).withJars();
    Path jar = exampleJar();
    Files.copy(jar, installation.plugins().resolve(jar.getFileName()));
    Workspace workspace = configured(option, key, value);
    Files.writeString(
        workspace.logs().resolve("app.log"), "card 4111111111111111 of order 12345\nnone\n");

    String expected = "card ################ of order 12345\nnone\n";
    Deliveries deliveries = new Deliveries(workspace.delivered());
    try (AgentProcess agent =
        AgentProcess.start(
            installation.programs().resolve("start-aws-kinesis-agent"), workspace, Map.of())) {
      agent.until("it is delivered", Scene.PATIENCE, () -> deliveries.bytes() >= expected.length());
      agent.terminateCleanly();
    }
    assertThat(deliveries.text()).isEqualTo(expected);
  }

  @Test
  void withoutTheJarTheOptionIsRefusedWithWhatIsInstalled() throws IOException {
    Installation installation = new Installation(folder.resolve("root")).withJars();
    Workspace workspace = configured("PLUGIN", "name", "MASK");
    try (AgentProcess agent =
        AgentProcess.start(
            installation.programs().resolve("start-aws-kinesis-agent"), workspace, Map.of())) {
      assertThat(agent.exitStatus()).isEqualTo(78);
      assertThat(agent.log()).contains("MASK").doesNotContain("\tat ");
    }
  }

  private Workspace configured(String option, String key, String value) {
    Workspace workspace = new Workspace(folder);
    ObjectNode settings = workspace.toFiles("app*");
    ((ObjectNode) settings.at("/flows/0"))
        .putArray("dataProcessingOptions")
        .addObject()
        .put("optionName", option)
        .put(key, value)
        .put("minDigits", 13)
        .put("mask", "#");
    workspace.configure(settings);
    return workspace;
  }

  private static Path exampleJar() throws IOException {
    Path target = Checkout.top().resolve("docs/example-processor/target");
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(target, "mask-processor-*.jar")) {
      return jars.iterator().next();
    }
  }
}
