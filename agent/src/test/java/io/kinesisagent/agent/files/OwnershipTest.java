package io.kinesisagent.agent.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnershipTest {
  private static final int DIRECTORY_OWNER = 4321;
  private static final int FILE_OWNER = 4322;
  private static final byte[] NEW = "new\n".getBytes(UTF_8);

  @TempDir private Path directory;

  @Test
  void aReplacedFileKeepsItsMode() throws IOException {
    Path path = file("rw-rw----");
    replace(path);
    assertThat(path).hasBinaryContent(NEW);
    assertThat(mode(path)).isEqualTo("rw-rw----");
    assertThat(mode(directory.resolve("checkpoints.previous"))).isEqualTo("rw-rw----");
  }

  @Test
  void whoeverOwnsAReplacedFileCanWriteIt() throws IOException {
    Path path = file("r--r-----");
    replace(path);
    assertThat(mode(path)).isEqualTo("rw-r-----");
  }

  @Test
  void whatACrashHasLeftIsNotWrittenInto() throws IOException {
    Path elsewhere = Files.writeString(directory.resolve("elsewhere"), "as it was");
    Files.createSymbolicLink(directory.resolve("checkpoints.new"), elsewhere);
    Path path = directory.resolve("checkpoints");
    replace(path);
    assertThat(path).hasBinaryContent(NEW).satisfies(p -> assertThat(p).isRegularFile());
    assertThat(elsewhere).hasContent("as it was");
  }

  @Test
  void aFileThatRootReplacesStaysItsOwners() throws IOException {
    assumeTrue(mayGiveAway(), "only root may give files away");
    Path path = file("rw-r-----");
    own(path, FILE_OWNER);
    replace(path);
    assertThat(owner(path)).isEqualTo(Map.of("uid", FILE_OWNER, "gid", FILE_OWNER));
    assertThat(mode(path)).isEqualTo("rw-r-----");

    try (NioStateFile file = new NioStateFile(path)) {
      assertThat(owner(Path.of(file.keepAside(".corrupt"))).get("uid")).isEqualTo(FILE_OWNER);
    }
  }

  @Test
  void aFileThatRootMakesGoesToTheOwnerOfItsDirectory() throws IOException {
    assumeTrue(mayGiveAway(), "only root may give files away");
    own(directory, DIRECTORY_OWNER);
    replace(directory.resolve("replaced"));
    try (NioStateFile file = new NioStateFile(directory.resolve("appended"))) {
      file.append(NEW);
    }
    open(directory.resolve("opened"));
    for (String made : new String[] {"replaced", "appended", "opened"}) {
      assertThat(owner(directory.resolve(made)))
          .as(made)
          .isEqualTo(Map.of("uid", DIRECTORY_OWNER, "gid", DIRECTORY_OWNER));
    }
  }

  @Test
  void aFileThatIsOnlyOpenedStaysItsOwners() throws IOException {
    assumeTrue(mayGiveAway(), "only root may give files away");
    own(directory, DIRECTORY_OWNER);
    Path path = file("rw-r-----");
    own(path, FILE_OWNER);
    open(path);
    assertThat(owner(path).get("uid")).isEqualTo(FILE_OWNER);
  }

  private Path file(String mode) throws IOException {
    Path path = Files.writeString(directory.resolve("checkpoints"), "old\n");
    return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
  }

  private static void replace(Path path) throws IOException {
    try (NioStateFile file = new NioStateFile(path)) {
      file.replace(NEW);
    }
  }

  private static void open(Path path) throws IOException {
    try (FileChannel channel = Ownership.open(path, StandardOpenOption.WRITE)) {
      assertThat(channel.isOpen()).isTrue();
    }
  }

  private boolean mayGiveAway() throws IOException {
    Path given = Files.createFile(directory.resolve("given"));
    try {
      own(given, FILE_OWNER);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static void own(Path path, int id) throws IOException {
    Files.setAttribute(path, "unix:uid", id);
    Files.setAttribute(path, "unix:gid", id);
  }

  private static Map<String, Object> owner(Path path) throws IOException {
    return Files.readAttributes(path, "unix:uid,gid");
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
