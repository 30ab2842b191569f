package io.kinesisagent.tests.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinesisagent.tests.support.Installation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The classes that Java keeps as it has linked them, from an installation with its jars. */
class ClassArchiveTest {
  private static final String FROM_ARCHIVE = "Main source: shared objects file (top)";

  @TempDir static Path folder;
  private static Installation installation;
  private static String saidByClassArchive;

  @BeforeAll
  static void keepClasses() throws Exception {
    installation = new Installation(folder).withJars();
    saidByClassArchive = run(installation.share().resolve("class-archive"), "");
  }

  @Test
  void aStartTakesTheClassesThatWereKept() throws Exception {
    assertThat(version("-Xlog:class+load")).contains(FROM_ARCHIVE);
  }

  @Test
  void nothingElseIsLeftOfKeepingThemAndNothingIsSaid() throws Exception {
    assertThat(saidByClassArchive).isEmpty();
    try (Stream<Path> files = Files.list(installation.share())) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "agent.jsa", "class-archive", "java-options", "launcher.sh", "lib", "plugins");
    }
  }

  @Test
  void whatDoesNotFitIsPassedOverInSilence() throws Exception {
    Path archive = installation.share().resolve("agent.jsa");
    Path kept = Files.copy(archive, folder.resolve("kept"));
    String told = version("");
    try (FileChannel file = FileChannel.open(archive, StandardOpenOption.WRITE)) {
      file.write(ByteBuffer.allocate(64));
    }
    assertThat(version("")).isEqualTo(told);
    assertThat(version("-Xlog:class+load")).doesNotContain(FROM_ARCHIVE);
    Files.writeString(archive, "nothing of Java's");
    assertThat(version("")).isEqualTo(told);
    Files.move(kept, archive, StandardCopyOption.REPLACE_EXISTING);
  }

  private static String version(String jvmArguments) throws IOException, InterruptedException {
    return run(installation.programs().resolve("aws-kinesis-agent"), jvmArguments, "version");
  }

  private static String run(Path program, String jvmArguments, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.matches("JVM_.*|AGENT_.*"));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("JVM_ARGS", jvmArguments);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
