package io.kinesisagent.tests.tailing;

import static io.kinesisagent.tests.tailing.LogFile.lines;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kinesisagent.agent.files.FileKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which file is which, where names, inodes and first bytes mislead. */
class IdentityHazardsTest {
  @TempDir Path folder;
  private SteppedAgent agent;

  private Path start(SteppedFlow... flows) {
    agent = new SteppedAgent(folder, flows).start();
    return agent.logs();
  }

  private NetworkFiles startOnNetwork() {
    NetworkFiles files = new NetworkFiles();
    agent = new SteppedAgent(folder, SteppedFlow.of("app*")).on(files).start();
    return files;
  }

  @AfterEach
  void close() {
    agent.close();
  }

  @Test
  void sameFirstBytesDifferentFile() {
    Path logs = start(SteppedFlow.of("app*"));
    List<String> header = lines("a header that is longer than a fingerprint", 0, 40);
    new LogFile(logs, "app.a").append(header).append(lines("a", 0, 20)).close();
    assertThat(agent.takeSent()).hasSize(60);
    new LogFile(logs, "app.b").append(header).append(lines("b", 0, 20)).close();
    agent.work(Duration.ofSeconds(10));
    List<String> expected = new ArrayList<>(header);
    expected.addAll(lines("b", 0, 20));
    assertThat(agent.takeSent()).containsExactlyElementsOf(expected);
  }

  @Test
  void emptyAndTinyFilesAreTrackedFromTheirFirstByte() {
    Path logs = start(SteppedFlow.of("app*"));
    try (LogFile a = new LogFile(logs, "app.a");
        LogFile b = new LogFile(logs, "app.b")) {
      agent.work();
      a.append("x\n");
      assertThat(agent.takeSent()).containsExactly("x\n");
      b.append("x\n");
      assertThat(agent.takeSent()).containsExactly("x\n");
      a.append("y\n");
      b.append("z\n");
      assertThat(agent.takeSent()).containsExactlyInAnyOrder("y\n", "z\n");
      agent.stop();
      a.append("after\n");
      agent.start();
      assertThat(agent.takeSent()).containsExactly("after\n");
    }
  }

  /**
   * A file system that hands out the lowest free inode gives it to the next file; where it does
   * not, another content behind the same inode is made by cutting the file and writing anew.
   */
  @Test
  void anInodeUsedAgainByANewFileIsReadFromItsBeginning() throws IOException {
    Path logs = start(SteppedFlow.of("app*"));
    LogFile old = new LogFile(logs, "app.a").append(lines("old", 0, 50));
    assertThat(agent.takeSent()).hasSize(50);
    LogFile next = withTheInodeOf(old, logs);
    next.append(lines("new", 0, 100));
    agent.start();
    assertThat(agent.takeSent()).containsExactlyElementsOf(lines("new", 0, 100));
    next.close();
  }

  @Test
  void anInodeUsedAgainDoesNotHideTheGapOfAFileOfWhichNothingWasRead() throws IOException {
    Path logs = start(SteppedFlow.of("app*"));
    String unread = "a line that never got its end";
    LogFile old = new LogFile(logs, "app.a").append(unread);
    assertThat(agent.takeSent()).isEmpty();
    LogFile next = withTheInodeOf(old, logs);
    next.append(lines("new", 0, 100));
    agent.start();
    assertThat(agent.takeSent()).containsExactlyElementsOf(lines("new", 0, 100));
    assertThat(agent.said().gapBytes()).isEqualTo(unread.length());
    next.close();
  }

  /**
   * Both begin with the run of NULs that a truncation leaves under a writer that does not append.
   */
  @Test
  void anInodeUsedAgainByACopyIsNoNewFileWhereOnlyAHoleWasReadOfTheOld() throws IOException {
    Path logs = start(SteppedFlow.of("app*"));
    String hole = "\0".repeat(2_000);
    try (LogFile original = new LogFile(logs, "app.log")) {
      original.append(hole).append(lines("a", 0, 100));
      assertThat(agent.takeSent()).hasSize(100);
      LogFile old = new LogFile(logs, "app.a").append(hole).append("a line without its end");
      assertThat(agent.takeSent()).isEmpty();
      LogFile copy = withTheInodeOf(old, logs);
      copy.append(hole).append(lines("a", 0, 100));
      agent.start();
      agent.work(Duration.ofMinutes(1));
      original.append("and on\n");
      assertThat(agent.takeSent()).containsExactly("and on\n");
      copy.close();
    }
  }

  @Test
  void anInodeUsedAgainByAFileWithALongerHoleIsReadFromBehindThatHole() throws IOException {
    Path logs = start(SteppedFlow.of("app*"));
    LogFile old = new LogFile(logs, "app.a");
    old.append("\0".repeat(2_000)).append("a line without its end");
    assertThat(agent.takeSent()).isEmpty();
    LogFile next = withTheInodeOf(old, logs);
    next.append("\0".repeat(2_010)).append(lines("new", 0, 100));
    agent.start();
    assertThat(agent.takeSent()).containsExactlyElementsOf(lines("new", 0, 100));
    next.close();
  }

  @Test
  void anInodeUsedAgainByAFileWithRoomIsReadFromItsStartWhereOnlyAHoleWasReadOfTheOld()
      throws IOException {
    Path logs = start(SteppedFlow.of("app*"));
    LogFile old = new LogFile(logs, "app.a");
    old.append("\0".repeat(2_000)).append("a line without its end").append("\0".repeat(500));
    assertThat(agent.takeSent()).isEmpty();
    LogFile next = withTheInodeOf(old, logs);
    next.append(lines("new", 0, 20)).append("\0".repeat(3_000));
    agent.start();
    assertThat(agent.takeSent()).containsExactlyElementsOf(lines("new", 0, 20));
    next.close();
  }

  /**
   * While no agent runs, another file takes the place of an old one: it has, or to the agent seems
   * to have, the same inode.
   */
  private LogFile withTheInodeOf(LogFile old, Path logs) throws IOException {
    FileKey key = agent.tail("app.a").key();
    agent.stop();
    old.delete();
    old.close();
    LogFile next = new LogFile(logs, "app.b");
    if (inode(next) != key.inode()) {
      next.delete();
      next = new LogFile(logs, "app.b");
    }
    if (inode(next) != key.inode()) {
      agent.on(new RelabelledFiles(next.path(), key));
    }
    return next;
  }

  private static long inode(LogFile file) throws IOException {
    return ((Number) Files.getAttribute(file.path(), "unix:ino")).longValue();
  }

  @Test
  void aSymlinkRetargetedIsARotationAndOneFileUnderTwoNamesIsReadOnce() throws IOException {
    Path logs = start(SteppedFlow.of("app*"));
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    try (LogFile first = new LogFile(elsewhere, "1");
        LogFile second = new LogFile(elsewhere, "2")) {
      first.append(lines("first", 0, 10));
      link(logs.resolve("app.current"), first.path());
      Files.createSymbolicLink(logs.resolve("app.alias"), first.path());
      assertThat(agent.takeSent()).containsExactlyElementsOf(lines("first", 0, 10));
      first.append("first, unread when the link moves\n");
      second.append(lines("second", 0, 10));
      Files.delete(logs.resolve("app.alias"));
      link(logs.resolve("app.current"), second.path());
      List<String> expected = new ArrayList<>(lines("second", 0, 10));
      expected.add("first, unread when the link moves\n");
      assertThat(agent.takeSent()).containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  private static void link(Path link, Path target) throws IOException {
    Path aside = link.resolveSibling(".link");
    Files.createSymbolicLink(aside, target);
    Files.move(aside, link, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** As after a restore: the content is the same, and so is the path, but the inode is another. */
  @Test
  void aFileRestoredInItsPlaceIsNotTakenForRotated() throws IOException {
    Path logs = start(SteppedFlow.of("app.log"));
    LogFile lost = new LogFile(logs, "app.log").append(lines("a", 0, 30));
    assertThat(agent.takeSent()).hasSize(30);
    agent.stop();
    lost.copy("../restored");
    lost.rename("../kept");
    lost.close();
    Files.move(logs.resolve("../restored"), logs.resolve("app.log"));
    agent.start();
    try (LogFile restored = new LogFile(logs, "app.log")) {
      tearsNoLine(restored, "first");
      agent.stop();
      agent.start();
      tearsNoLine(restored, "second");
    }
    assertThat(agent.said().gapBytes()).isZero();
  }

  /** A line that takes a minute to be written comes out as one. */
  private void tearsNoLine(LogFile file, String half) {
    agent.work();
    file.append(half + " half");
    agent.work(Duration.ofMinutes(1));
    assertThat(agent.takeSent()).isEmpty();
    assertThat(agent.tail("app.log").rotated()).isFalse();
    file.append(" and the rest\n");
    assertThat(agent.takeSent()).containsExactly(half + " half and the rest\n");
  }

  @Test
  void aNetworkFileSystemMountedAgainHasOtherDeviceNumbers() {
    Path logs = start(SteppedFlow.of("app*"));
    try (LogFile file = new LogFile(logs, "app.log")) {
      file.append(lines("a", 0, 100));
      assertThat(agent.takeSent()).hasSize(100);
      agent.stop();
      file.append(lines("a", 100, 110));
      agent.on(new NetworkFiles().mountedAgain()).start();
      agent.work(Duration.ofSeconds(10));
      assertThat(agent.takeSent()).containsExactlyElementsOf(lines("a", 100, 110));
      assertThat(agent.said().gapBytes()).isZero();
    }
  }

  @Test
  void aStaleHandleOfANetworkFileSystemIsOpenedAgain() {
    NetworkFiles files = startOnNetwork();
    try (LogFile file = new LogFile(agent.logs(), "app.log")) {
      file.append(lines("a", 0, 100));
      assertThat(agent.takeSent()).hasSize(100);
      files.handlesGoStale();
      file.append(lines("a", 100, 110));
      agent.work(Duration.ofSeconds(5));
      assertThat(agent.takeSent()).containsExactlyElementsOf(lines("a", 100, 110));
      assertThat(agent.said().times("unreadable")).isEqualTo(1);
      assertThat(agent.said().times("readable")).isEqualTo(1);
    }
  }

  @Test
  void aStaleHandleIsOpenedAgainAlsoWhereAnotherFileIsComparedWithIt() {
    NetworkFiles files = startOnNetwork();
    List<String> header = lines("a header that is longer than a fingerprint", 0, 40);
    try (LogFile a = new LogFile(agent.logs(), "app.a");
        LogFile b = new LogFile(agent.logs(), "app.b")) {
      a.append(header).append(lines("a", 0, 20));
      assertThat(agent.takeSent()).hasSize(60);
      files.handlesGoStale();
      b.append(header).append(lines("b", 0, 20));
      agent.work(Duration.ofSeconds(10));
      assertThat(agent.takeSent()).endsWith(lines("b", 0, 20).toArray(String[]::new));
    }
  }

  @Test
  void aFileThatFailsWhileOthersAreComparedWithItIsReadAllTheSame() {
    NetworkFiles files = startOnNetwork();
    List<String> header = lines("a header that is longer than a fingerprint", 0, 40);
    try (LogFile original = new LogFile(agent.logs(), "app.a");
        LogFile copy = new LogFile(agent.logs(), "app.b")) {
      original.append(header).append(lines("a", 0, 20));
      assertThat(agent.takeSent()).hasSize(60);
      files.readsFail(original.path());
      original.append(lines("a", 20, 40));
      copy.append(header).append(lines("a", 0, 40));
      original.delete();
      agent.work(Duration.ofSeconds(10));
      files.comparisonsFail(original.path());
      agent.work(Duration.ofSeconds(10));
      assertThat(agent.takeSent()).containsExactlyElementsOf(lines("a", 20, 40));
      assertThat(agent.said().gapBytes()).isZero();
    }
  }

  @Test
  void aStaleHandleOfADeletedFileIsGivenUpAsAGap() {
    NetworkFiles files = startOnNetwork();
    LogFile file = new LogFile(agent.logs(), "app.log").append(lines("a", 0, 100));
    assertThat(agent.takeSent()).hasSize(100);
    agent.destination().fallSilent();
    file.appendMuch();
    agent.work();
    file.delete();
    file.close();
    agent.work();
    assertThat(agent.tail("app.log").open()).isTrue();
    long behind = agent.tail("app.log").bytesUnread();
    assertThat(behind).isPositive();
    files.handlesGoStale();
    agent.destination().answer();
    agent.work(Duration.ofSeconds(30));
    assertThat(agent.said().gapBytes()).isZero();
    agent.work(Duration.ofMinutes(2));
    assertThat(agent.said().gapBytes()).isEqualTo(behind);
    assertThat(agent.openFiles()).isZero();
  }

  @Test
  void aShortReadOfANetworkFileSystemIsNoTruncation() {
    NetworkFiles files = startOnNetwork();
    try (LogFile file = new LogFile(agent.logs(), "app.log")) {
      file.append(lines("a", 0, 100));
      assertThat(agent.takeSent()).hasSize(100);
      files.readsFail(true);
      file.append(lines("a", 100, 150));
      agent.work();
      files.readsFail(false);
      file.append(lines("a", 150, 160));
      assertThat(agent.takeSent()).containsExactlyElementsOf(lines("a", 100, 160));
      assertThat(agent.said().gapBytes()).isZero();
    }
  }

  @Test
  void aReadThatFailsDoesNotLetGoOfAFileThatIsDeletedMeanwhile() {
    NetworkFiles files = startOnNetwork();
    LogFile file = new LogFile(agent.logs(), "app.log").append(lines("a", 0, 100));
    assertThat(agent.takeSent()).hasSize(100);
    files.readsFail(true);
    file.append(lines("a", 100, 150));
    agent.work(Duration.ofMillis(500));
    file.delete();
    file.close();
    files.readsFail(false);
    assertThat(agent.takeSent()).containsExactlyElementsOf(lines("a", 100, 150));
    assertThat(agent.said().gapBytes()).isZero();
  }

  @Test
  void aFileMatchedByTwoFlowsIsReadByEachForItself() {
    Path logs = start(SteppedFlow.of("app*").named("one"), SteppedFlow.of("*.log").named("two"));
    try (LogFile file = new LogFile(logs, "app.log")) {
      file.append(lines("a", 0, 10));
      agent.work();
      agent.destination("two").fallSilent();
      file.append(lines("a", 10, 20));
      agent.work();
      agent.kill();
      agent.destination("two").answer();
      assertThat(agent.destination("one").take()).hasSize(20);
      assertThat(agent.destination("two").take()).hasSize(20);
      agent.start().work();
      assertThat(agent.destination("one").take()).isEmpty();
      assertThat(agent.destination("two").take()).containsExactlyElementsOf(lines("a", 10, 20));
    }
  }

  @Test
  void hardLinksAreReadOnce() throws IOException {
    Path logs = start(SteppedFlow.of("app*"));
    try (LogFile file = new LogFile(logs, "app.log")) {
      file.append(lines("a", 0, 10));
      Files.createLink(logs.resolve("app.link"), file.path());
      assertThat(agent.takeSent()).containsExactlyElementsOf(lines("a", 0, 10));
      file.append("both grow\n");
      assertThat(agent.takeSent()).containsExactly("both grow\n");
      Files.delete(file.path());
      file.append("one name is left\n");
      assertThat(agent.takeSent()).containsExactly("one name is left\n");
      agent.work(Duration.ofSeconds(30));
      file.append("and still\n");
      assertThat(agent.takeSent()).containsExactly("and still\n");
    }
  }

  @Test
  void bindMountsAreReadOnce() throws Exception {
    Path logs = start(SteppedFlow.of("**/app.log"));
    Path real = Files.createDirectory(logs.resolve("real"));
    Path mounted = Files.createDirectory(logs.resolve("mounted"));
    boolean bound = run("mount", "--bind", real.toString(), mounted.toString()) == 0;
    if (!bound) {
      System.out.println("SKIPPED: nothing can be mounted here, so no bind mount is tested");
    }
    assumeTrue(bound, "nothing can be mounted here");
    try (LogFile file = new LogFile(real, "app.log")) {
      file.append(lines("a", 0, 10));
      assertThat(agent.takeSent()).containsExactlyElementsOf(lines("a", 0, 10));
    } finally {
      agent.close();
      run("umount", mounted.toString());
    }
  }

  private static int run(String... command) throws Exception {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }
}
