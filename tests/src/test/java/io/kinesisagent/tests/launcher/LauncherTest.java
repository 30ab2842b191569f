package io.kinesisagent.tests.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinesisagent.tests.support.Checkout;
import io.kinesisagent.tests.support.Installation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An installation below a folder of its own, and a Java that only says what it was started with.
 */
class LauncherTest {
  @TempDir Path folder;
  private Path java;
  private Path programs;
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void install() throws IOException {
    java = javaOf("17.0.1");
    programs = new Installation(folder).programs();
    environment.put("JAVA_HOME", java.toString());
    environment.put("AGENT_LOG_DIR", folder.resolve("log").toString());
  }

  @Test
  void startsRunWithTheDefaults() throws IOException {
    Result result = start(programs.resolve("start-aws-kinesis-agent"), "-c", "a file.json");

    assertThat(result.status()).isZero();
    assertThat(result.arguments())
        .contains("-Xms32m", "-Xmx512m", "-Dagent.log.to=SYSTEM_ERR")
        .endsWith("io.kinesisagent.agent.app.Main", "run", "-c", "a file.json");
    assertThat(classPath(result))
        .contains(folder.toRealPath().resolve("usr/share/aws-kinesis-agent/lib") + "/*");
  }

  @Test
  void worksThroughASymbolicLinkFromAnyFolder() throws IOException {
    Path link =
        Files.createSymbolicLink(folder.resolve("link"), Path.of("usr/bin/aws-kinesis-agent"));

    Result result = start(link, "check", "-c", "x");

    assertThat(result.arguments()).endsWith("io.kinesisagent.agent.app.Main", "check", "-c", "x");
    assertThat(classPath(result)).contains("usr/share/aws-kinesis-agent/lib/*");
  }

  @Test
  void takesHeapOptionsAndArgumentsFromTheEnvironment() throws IOException {
    environment.put("JAVA_START_HEAP", "16m");
    environment.put("JAVA_MAX_HEAP", "50%");
    environment.put("JVM_ARGS", "-Done=1 -Dtwo=2");
    environment.put("AGENT_ARGS", "-c service.json");

    Result run = start(programs.resolve("start-aws-kinesis-agent"));
    Result status = start(programs.resolve("aws-kinesis-agent"), "status");

    assertThat(run.arguments())
        .contains("-Xms16m", "-XX:MaxRAMPercentage=50", "-Done=1", "-Dtwo=2")
        .endsWith("run", "-c", "service.json");
    assertThat(status.arguments()).endsWith("io.kinesisagent.agent.app.Main", "status");
  }

  @Test
  void theServiceLogsToItsFolderWhenItCanAndTheShortCommandsNever() throws IOException {
    Files.createDirectory(folder.resolve("log"));

    String own = "-Dagent.log.own=" + folder.resolve("log/aws-kinesis-agent.log");
    assertThat(start(programs.resolve("start-aws-kinesis-agent")).arguments())
        .contains("-Dagent.log.to=file", "-Dagent.log.directory=" + folder.resolve("log"), own);
    assertThat(start(programs.resolve("aws-kinesis-agent"), "check").arguments())
        .contains("-Dagent.log.to=SYSTEM_ERR", own);
    environment.put("AGENT_LOG_FORMAT", "json");
    environment.put("AGENT_LOG_TO", "stdout");
    assertThat(start(programs.resolve("start-aws-kinesis-agent")).arguments())
        .contains("-Dagent.log.to=SYSTEM_OUT", "-Dagent.log.own=");
  }

  @Test
  void takesTheClassesThatAreKeptUnlessOthersAreNamed() throws IOException {
    Path start = programs.resolve("start-aws-kinesis-agent");
    assertThat(start(start).output()).doesNotContain("SharedArchiveFile");

    Path kept =
        Files.createFile(
            folder.toRealPath().resolve("usr/share/aws-kinesis-agent").resolve("agent.jsa"));
    assertThat(start(start).arguments()).contains("-XX:SharedArchiveFile=" + kept);

    environment.put("JVM_ARGS", "-XX:SharedArchiveFile=other.jsa");
    assertThat(start(start).output()).contains("=other.jsa").doesNotContain(kept.toString());
    environment.put("JVM_ARGS", "-Xshare:off");
    assertThat(start(start).output()).doesNotContain("SharedArchiveFile");
  }

  @Test
  void theEnvironmentFileIsReadAsSystemdReadsItAndNothingInItIsRun() throws IOException {
    environment.put("JVM_ARGS", "-Dfrom=environment");
    environmentFile(
        """
        # a comment
        ; and another

        JVM_ARGS=-Xss1m -Dfoo=1
          export AGENT_LOG_LEVEL="debug"
        AGENT_ARGS='-c $HOME.json' \\

        JAVA_START_HEAP=$(touch executed)`touch executed`ab$cd
        JAVA_MAX_HEAP="6\\
        4m"
        NO NAME=1
        touch executed""");

    Result result = start(programs.resolve("aws-kinesis-agent"), "run");

    assertThat(result.arguments())
        .contains("-Xss1m", "-Dfoo=1", "-Xmx64m", "-Xms$(touch executed)`touch executed`ab$cd")
        .doesNotContain("-Dfrom=environment")
        .endsWith("run", "-c", "$HOME.json");
    assertThat(folder.resolve("executed")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"AGENT_LOG_LEVEL=junk", "AGENT_LOG_FORMAT=yaml", "AGENT_LOG_TO=nowhere"})
  void whatTheLogMayNotBeIsRefusedInOneLine(String setting) throws IOException {
    environmentFile(setting);
    Result result = start(programs.resolve("aws-kinesis-agent"), "check");
    assertThat(result.status()).isEqualTo(78);
    assertThat(result.output().lines()).hasSize(1);
    assertThat(result.output())
        .startsWith("aws-kinesis-agent: " + setting.replace("=", " is '") + "'; it may be ");
  }

  @Test
  void theLogsSettingsMayBeInAnyCase() throws IOException {
    Files.writeString(
        java.resolve("bin/java"), "#!/bin/sh\necho \"$AGENT_LOG_FORMAT $AGENT_LOG_LEVEL $*\"\n");
    environment.put("AGENT_LOG_FORMAT", "JSON");
    environment.put("AGENT_LOG_LEVEL", "Debug");
    environment.put("AGENT_LOG_TO", "STDOUT");
    assertThat(start(programs.resolve("start-aws-kinesis-agent")).output())
        .startsWith("json Debug ")
        .contains("-Dagent.log.to=SYSTEM_OUT");
  }

  @Test
  void theLogSettingsOfLog4j1OrNoneAreReplacedByTheShippedOnes() throws IOException {
    Path root = folder.toRealPath();
    Path settings = root.resolve("etc/aws-kinesis/log4j.xml");
    Path shipped = root.resolve("usr/share/aws-kinesis-agent/log4j.xml");
    Path agent = programs.resolve("start-aws-kinesis-agent");

    assertThat(start(agent).arguments()).contains("-Dlog4j2.configurationFile=" + settings);

    Files.writeString(settings, "<log4j:configuration>\n</log4j:configuration>\n");
    Result old = start(agent);
    assertThat(old.arguments()).contains("-Dlog4j2.configurationFile=" + shipped);
    assertThat(old.output())
        .contains(settings + " is in the format of Log4j 1 and is not used; copy " + shipped);

    Files.delete(settings);
    assertThat(start(agent).arguments()).contains("-Dlog4j2.configurationFile=" + shipped);
  }

  private void environmentFile(String text) throws IOException {
    Path file = folder.resolve("etc/default/aws-kinesis-agent");
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  @Test
  void refusesAnOldJavaAndAMissingOneInPlainWords() throws IOException {
    environment.put("JAVA_HOME", javaOf("1.8.0_402").toString());
    Result old = start(programs.resolve("start-aws-kinesis-agent"));
    environment.put("JAVA_HOME", folder.resolve("nowhere").toString());
    Result missing = start(programs.resolve("start-aws-kinesis-agent"));

    assertThat(old.status()).isEqualTo(1);
    assertThat(old.output())
        .contains("start-aws-kinesis-agent: Java 17 or newer is needed")
        .contains("is Java 8");
    assertThat(missing.status()).isEqualTo(1);
    assertThat(missing.output()).contains("JAVA_HOME is").contains("nowhere");
  }

  @Test
  void aCheckoutThatIsNotBuiltSaysWhatToRun() throws IOException {
    Path bin = Files.createDirectories(folder.resolve("checkout/bin"));
    Files.createDirectories(folder.resolve("checkout/packaging"));
    Files.createFile(folder.resolve("checkout/packaging/pom.xml"));
    for (String program : List.of("start-aws-kinesis-agent", "launcher.sh")) {
      Files.copy(Checkout.top().resolve("bin").resolve(program), bin.resolve(program));
    }

    Result result = start(bin.resolve("start-aws-kinesis-agent"));

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.output()).contains("mvn -q -DskipTests package");
  }

  private static String classPath(Result result) {
    return result.arguments().get(result.arguments().indexOf("-cp") + 1);
  }

  /** A Java home of {@code version} whose java prints its arguments, one a line. */
  private Path javaOf(String version) throws IOException {
    Path home = Files.createDirectories(folder.resolve("java-" + version));
    Path program = Files.createDirectories(home.resolve("bin")).resolve("java");
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    Files.writeString(program, "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
    if (!program.toFile().setExecutable(true)) {
      throw new IOException("cannot make " + program + " executable");
    }
    return home;
  }

  private Result start(Path program, String... arguments) throws IOException {
    List<String> command = new java.util.ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.directory(folder.toFile());
    builder.environment().keySet().removeIf(name -> name.matches("J(AVA|VM)_.*|AGENT_.*"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      return new Result(process.waitFor(), output);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private record Result(int status, String output) {
    List<String> arguments() {
      return output.lines().toList();
    }
  }
}
