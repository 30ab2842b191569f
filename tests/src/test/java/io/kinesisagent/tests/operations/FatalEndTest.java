package io.kinesisagent.tests.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kinesisagent.tests.support.AgentProcess;
import io.kinesisagent.tests.support.Checkout;
import io.kinesisagent.tests.support.Deliveries;
import io.kinesisagent.tests.support.Installation;
import io.kinesisagent.tests.support.Scene;
import io.kinesisagent.tests.support.Workspace;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** After which nothing can be relied on: a clear last line, and a status that is started again. */
class FatalEndTest {
  private static final String UNIT = "packaging/systemd/aws-kinesis-agent.service";

  @TempDir Path folder;

  @Test
  void outOfMemoryEndsItWithStatus3AndTheNextStartGoesOn() throws IOException {
    Workspace workspace = new Workspace(folder);
    workspace.configure(workspace.toFiles("app*"));
    String text = "a line\n".repeat(100_000);
    Files.writeString(workspace.logs().resolve("app.log"), text);
    Deliveries deliveries = new Deliveries(workspace.delivered());
    // Enough to start with, and no more.
    try (AgentProcess agent =
        AgentProcess.start(workspace, Map.of("JAVA_START_HEAP", "6m", "JAVA_MAX_HEAP", "6m"))) {
      assertThat(agent.exitStatus()).isEqualTo(3);
      assertThat(lastLine(agent.log())).startsWith("Terminating due to java.lang.OutOfMemoryError");
      requireStartedAgainAfter(3);
    }
    try (AgentProcess next = AgentProcess.start(workspace)) {
      next.until("all is there", Scene.PATIENCE, () -> deliveries.bytes() >= text.length());
      next.terminateCleanly();
    }
    assertThat(deliveries.text()).endsWith(text);
  }

  @Test
  void aClassThatIsMissingEndsItWithStatus70AndSaysSoLast() throws IOException {
    Installation installation = new Installation(folder.resolve("root")).withJars();
    jarWithoutWhatItNeeds(installation.plugins().resolve("incomplete.jar"));
    Workspace workspace = new Workspace(folder);
    ObjectNode settings = workspace.toFiles("app*");
    ((ObjectNode) settings.at("/flows/0"))
        .putArray("dataProcessingOptions")
        .addObject()
        .put("optionName", "PLUGIN")
        .put("name", "INCOMPLETE");
    workspace.configure(settings);
    Files.writeString(workspace.logs().resolve("app.log"), "a line\n");
    Path logs = Files.createDirectory(folder.resolve("agent-logs"));
    try (AgentProcess agent =
        AgentProcess.start(
            installation.programs().resolve("start-aws-kinesis-agent"),
            workspace,
            Map.of("AGENT_LOG_TO", "file", "AGENT_LOG_DIR", logs.toString()))) {
      assertThat(agent.exitStatus()).isEqualTo(70);
      String said = "the Java virtual machine is broken (java.lang.NoClassDefFoundError: ";
      // In the log, with the trace before it, and where the service manager hears it.
      assertThat(lastLine(agent.log())).startsWith("FATAL " + said).endsWith("to be started again");
      String log = Files.readString(logs.resolve("aws-kinesis-agent.log"));
      assertThat(lastLine(log)).contains("FATAL").contains(said);
      assertThat(log).contains("\tat ");
      requireStartedAgainAfter(70);
    }
  }

  /** The unit restarts after every failure but those that it names. */
  private static void requireStartedAgainAfter(int status) throws IOException {
    List<String> unit = Files.readAllLines(Checkout.top().resolve(UNIT));
    assertThat(unit).contains("Restart=on-failure");
    Set<String> prevented =
        Set.of(
            unit.stream()
                .filter(line -> line.startsWith("RestartPreventExitStatus="))
                .findFirst()
                .orElseThrow()
                .replaceFirst(".*=", "")
                .split(" "));
    assertThat(prevented).doesNotContain(Integer.toString(status));
  }

  private static String lastLine(String log) {
    return log.lines().reduce("", (before, line) -> line);
  }

  private static void jarWithoutWhatItNeeds(Path jar) throws IOException {
    String plugin = IncompletePlugin.class.getName();
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new JarEntry("META-INF/services/io.kinesisagent.spi.ProcessorPlugin"));
      out.write(plugin.getBytes(StandardCharsets.UTF_8));
      String file = plugin.replace('.', '/') + ".class";
      out.putNextEntry(new JarEntry(file));
      try (InputStream code = IncompletePlugin.class.getResourceAsStream("/" + file)) {
        code.transferTo(out);
      }
    }
  }
}
