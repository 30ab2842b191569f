package io.kinesisagent.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The user of these checks is neither the owner of a file nor in its group. */
class HostChecksTest {
  private final ConfigFixture config = new ConfigFixture();
  private final Set<Path> restricted = new HashSet<>();
  private final HostChecks checks = new HostChecks(new FileAccess("agent", this::isAllowed));

  @BeforeEach
  void makeStateDirectory() throws IOException {
    Files.createDirectories(config.files.getPath("/var/log/app"));
    Files.createDirectories(config.files.getPath("/var/lib/aws-kinesis-agent/dead-letters"));
    allow("/var/lib/aws-kinesis-agent", "rwxrwxrwx");
    allow("/var/lib/aws-kinesis-agent/dead-letters", "rwxrwxrwx");
  }

  @Test
  void nothingIsSaidWhereAllIsWell() {
    config.write("/var/log/app/a.log", "");
    assertThat(check("/var/log/app/*.log")).isEmpty();
  }

  @Test
  void aPatternThatMatchesNothingIsSaid() {
    config.write("/var/log/app/a.log.gz", "").write("/var/log/app/old/a.log", "");
    assertThat(check("/var/log/app/*.log*"))
        .containsExactly("flow f: no file matches /var/log/app/*.log* now");
  }

  @Test
  void aMissingDirectoryIsSaid() {
    assertThat(check("/srv/logs/*.log"))
        .containsExactly("flow f: there is no directory /srv/logs yet; the agent waits for it");
  }

  @Test
  void anUnreadableFileIsSaidWithTheCommandsThatMendIt() throws IOException {
    config.write("/var/log/app/a.log", "").write("/var/log/app/b.log", "");
    allow("/var/log/app/a.log", "rw-------");
    assertThat(check("/var/log/app/*.log"))
        .containsExactly(
            "flow f: the file /var/log/app/a.log (of user:group, rw-------) cannot be read by agent;"
                + " run: sudo setfacl -m u:agent:r /var/log/app/a.log, and for files to come: sudo"
                + " setfacl -d -m u:agent:r /var/log/app");
  }

  @Test
  void aGroupThatMayReadIsOffered() throws IOException {
    config.write("/var/log/app/a.log", "");
    allow("/var/log/app/a.log", "rw-r-----");
    assertThat(check("/var/log/app/*.log"))
        .singleElement()
        .asString()
        .contains("(or: sudo usermod -aG group agent)");
  }

  @Test
  void aClosedDirectoryOnTheWayIsSaid() throws IOException {
    config.write("/var/log/app/a.log", "");
    allow("/var/log", "rwx------");
    assertThat(check("/var/log/app/*.log"))
        .containsExactly(
            "flow f: the directory /var/log (of user:group, rwx------) cannot be passed by agent;"
                + " run: sudo setfacl -m u:agent:x /var/log");
  }

  @Test
  void aClosedDirectoryBelowAGlobIsSaid() throws IOException {
    config.write("/var/log/app/a.log", "").write("/var/log/web/a.log", "");
    allow("/var/log/web", "rwx--x--x");
    assertThat(check("/var/log/*/a.log"))
        .containsExactly(
            "flow f: the directory /var/log/web (of user:group, rwx--x--x) cannot be listed by"
                + " agent; run: sudo setfacl -m u:agent:rx /var/log/web");
  }

  @Test
  void aStateDirectoryThatCannotBeWrittenHinders() throws IOException {
    config.write("/var/log/app/a.log", "");
    allow("/var/lib/aws-kinesis-agent", "rwxr-xr-x");
    assertThat(check("/var/log/app/*.log")).isEmpty();
    assertThat(checks.hindrances(config.valid()))
        .containsExactly(
            "checkpointFile: /var/lib/aws-kinesis-agent cannot be written: agent may not write"
                + " /var/lib/aws-kinesis-agent (of user:group, rwxr-xr-x); run: sudo setfacl -m"
                + " u:agent:rwx /var/lib/aws-kinesis-agent");
  }

  @Test
  void whatTheServiceHasIsNoHindranceForOthers() throws IOException {
    config.write("/var/log/app/a.log", "");
    allow("/var/lib/aws-kinesis-agent", "rwxr-xr-x");
    own("/var/lib/aws-kinesis-agent", "aws-kinesis-agent-user");
    assertThat(check("/var/log/app/*.log")).singleElement().asString().contains("checkpointFile");
    assertThat(checks.hindrances(config.valid())).isEmpty();
  }

  @Test
  void aStateDirectoryThatIsYetToBeMadeIsNone() throws IOException {
    config.write("/var/log/app/a.log", "");
    allow("/var/lib", "rwxr-xr-x");
    Files.delete(config.files.getPath("/var/lib/aws-kinesis-agent/dead-letters"));
    Files.delete(config.files.getPath("/var/lib/aws-kinesis-agent"));
    assertThat(check("/var/log/app/*.log"))
        .contains(
            "checkpointFile: /var/lib/aws-kinesis-agent cannot be written: agent may not write"
                + " /var/lib (of user:group, rwxr-xr-x); run: sudo install -d -o agent"
                + " /var/lib/aws-kinesis-agent");
    assertThat(checks.hindrances(config.valid())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"checkpoints", "checkpoints.lock"})
  void aFileOfTheStateThatCannotBeUsedHinders(String name) throws IOException {
    String file = "/var/lib/aws-kinesis-agent/" + name;
    config.write("/var/log/app/a.log", "").write(file, "");
    for (String permissions : List.of("rw-r--r--", "rw--w--w-")) {
      allow(file, permissions);
      assertThat(check("/var/log/app/*.log")).isEmpty();
      assertThat(checks.hindrances(config.valid()))
          .containsExactly(
              "checkpointFile: the file "
                  + file
                  + " (of user:group, "
                  + permissions
                  + ") cannot be read and written by agent; run: sudo chown agent "
                  + file);
    }
    allow(file, "rw-rw-rw-");
    assertThat(checks.hindrances(config.valid())).isEmpty();
  }

  @Test
  void aCheckpointFileThatIsADirectoryHinders() throws IOException {
    config.write("/var/log/app/a.log", "");
    Files.createDirectories(config.files.getPath("/var/lib/aws-kinesis-agent/checkpoints"));
    assertThat(check("/var/log/app/*.log")).isEmpty();
    assertThat(checks.hindrances(config.valid()))
        .containsExactly(
            "checkpointFile: /var/lib/aws-kinesis-agent/checkpoints is a directory; name a file,"
                + " such as /var/lib/aws-kinesis-agent/checkpoints/checkpoints");
  }

  @Test
  void aCheckpointFileInAFileHinders() throws IOException {
    config.write("/var/log/app/a.log", "");
    Files.delete(config.files.getPath("/var/lib/aws-kinesis-agent/dead-letters"));
    Files.delete(config.files.getPath("/var/lib/aws-kinesis-agent"));
    config.write("/var/lib/aws-kinesis-agent", "");
    check("/var/log/app/*.log");
    assertThat(checks.hindrances(config.valid()))
        .containsExactly(
            "checkpointFile: /var/lib/aws-kinesis-agent is no directory; name a file in one");
  }

  @Test
  void aDestinationsDirectoryThatCannotBeWrittenIsSaid() throws IOException {
    config.write("/var/log/app/a.log", "");
    Files.createDirectories(config.files.getPath("/srv"));
    allow("/srv", "rwxr-xr-x");
    config.write(
        "{\"flows\": [{\"id\": \"f\", \"filePattern\": \"/var/log/app/*.log\","
            + " \"destination\": {\"type\": \"file\", \"directory\": \"/srv/out\"}}]}");
    assertThat(checks.check(config.valid()))
        .containsExactly(
            "flow f: /srv/out cannot be written: agent may not write /srv (of user:group,"
                + " rwxr-xr-x); run: sudo install -d -o agent /srv/out");
  }

  @Test
  void manyUnreadableFilesAreCounted() throws IOException {
    for (String name : List.of("a", "b", "c", "d", "e")) {
      config.write("/var/log/app/" + name + ".log", "");
      allow("/var/log/app/" + name + ".log", "rw-------");
    }
    assertThat(check("/var/log/app/*.log"))
        .hasSize(4)
        .last()
        .isEqualTo("flow f: and 2 more files under /var/log/app/*.log cannot be read");
  }

  private List<String> check(String pattern) {
    config.write(
        "{\"flows\": [{\"id\": \"f\", \"filePattern\": \""
            + pattern
            + "\", \"kinesisStream\": \"s\"}]}");
    return checks.check(config.valid());
  }

  private void allow(String path, String permissions) throws IOException {
    Path told = config.files.getPath(path);
    Files.setPosixFilePermissions(told, PosixFilePermissions.fromString(permissions));
    restricted.add(told);
  }

  private void own(String path, String owner) throws IOException {
    Files.setOwner(
        config.files.getPath(path),
        config.files.getUserPrincipalLookupService().lookupPrincipalByName(owner));
  }

  private boolean isAllowed(Path path, AccessMode mode) {
    if (!restricted.contains(path)) {
      return Files.exists(path);
    }
    try {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
      return permissions.contains(
          switch (mode) {
            case READ -> PosixFilePermission.OTHERS_READ;
            case WRITE -> PosixFilePermission.OTHERS_WRITE;
            case EXECUTE -> PosixFilePermission.OTHERS_EXECUTE;
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
