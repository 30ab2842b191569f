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
import java.util.concurrent.TimeUnit;
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
              "agent.jsa",
              "class-archive",
              "java-options",
              "launcher.sh",
              "lib",
              "log4j.xml",
              "plugins");
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

  @Test
  void oneThatIsInterruptedLeavesNothing() throws Exception {
    Process process = process(installation.share().resolve("class-archive"), "").start();
    while (process.isAlive() && !agentHasBegun()) {
      process.waitFor(10, TimeUnit.MILLISECONDS);
    }
    List<ProcessHandle> children = process.descendants().toList();
    process.destroy();
    assertThat(process.waitFor()).isEqualTo(130);
    assertThat(workFolders()).isEmpty();
    assertThat(children).noneMatch(ProcessHandle::isAlive);
  }

  private static boolean agentHasBegun() throws IOException {
    return workFolders().stream().anyMatch(work -> Files.exists(work.resolve("checkpoints")));
  }

  private static List<Path> workFolders() throws IOException {
    try (Stream<Path> files = Files.list(installation.share())) {
      return files
          .filter(file -> file.getFileName().toString().contains("."))
          .filter(Files::isDirectory)
          .toList();
    }
  }

  private static String version(String jvmArguments) throws IOException, InterruptedException {
    return run(installation.programs().resolve("aws-kinesis-agent"), jvmArguments, "version");
  }

  private static String run(Path program, String jvmArguments, String... arguments)
      throws IOException, InterruptedException {
    Process process = process(program, jvmArguments, arguments).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  private static ProcessBuilder process(Path program, String jvmArguments, String... arguments) {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.matches("JVM_.*|AGENT_.*"));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("JVM_ARGS", jvmArguments);
    return builder;
  }
}
