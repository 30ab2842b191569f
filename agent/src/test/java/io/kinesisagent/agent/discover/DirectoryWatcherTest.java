package io.kinesisagent.agent.discover;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryWatcherTest {
  @TempDir Path folder;

  private final List<String> said = new ArrayList<>();
  private final DirectoryWatcher watcher =
      new DirectoryWatcher(FileSystems.getDefault(), said::add);

  private Path logs;

  @BeforeEach
  void makeLogs() throws IOException {
    logs = Files.createDirectory(folder.resolve("logs"));
  }

  @AfterEach
  void close() throws IOException {
    watcher.close();
    assertThat(said).isEmpty();
  }

  @Test
  void whatHappensInADirectoryIsHeard() throws IOException {
    HeardHints flow = flow(logs);
    assertThat(flow.source().reliable()).isTrue();

    heardIn(logs, flow);
    assertThat(flow.wasLost()).isFalse();
  }

  @Test
  void aDirectoryThatIsReplacedAtItsPathIsWatchedAgain() throws IOException {
    HeardHints flow = flow(logs);
    Files.move(logs, folder.resolve("logs.old"));
    Files.createDirectory(logs);

    flow.awaitLost();
    flow.watching(logs);
    assertThat(flow.source().reliable()).isTrue();
    heardIn(logs, flow);
  }

  @Test
  void aDirectoryThatIsReplacedFurtherUpIsWatchedAgain() throws IOException {
    Path deep = Files.createDirectories(logs.resolve("a/b"));
    HeardHints flow = flow(deep);
    Files.move(logs, folder.resolve("logs.old"));
    Files.createDirectories(deep);

    flow.awaitLost();
    heardIn(deep, flow.watching(deep));
  }

  @Test
  void aDirectoryRemovedAndMadeAgainWhileAHandlePinsTheOldOneIsWatchedAgain() throws IOException {
    HeardHints flow = flow(logs);
    try (DirectoryStream<Path> pin = Files.newDirectoryStream(logs)) {
      Files.delete(logs);
      Files.createDirectory(logs);

      flow.awaitLost();
      heardIn(logs, flow.watching(logs));
      assertThat(pin.iterator().hasNext()).isFalse();
    }
  }

  @Test
  void aDirectoryRemovedAndMadeAgainThatTakesTheOldOnesInodeIsWatchedAgain() throws IOException {
    Path other = Files.createDirectory(folder.resolve("other"));
    HeardHints flow = flow(logs);
    HeardHints last = flow(other);
    for (int round = 0; round < 50; round++) {
      Files.delete(logs);
      Files.createDirectory(logs);
      flow.watching(logs);
      last.awaitNamed(Files.createTempFile(other, "file", ""));
      // By now the end of the old one's watch has been heard.
      heardIn(logs, flow.watching(logs));
      deleteFilesIn(logs);
    }
  }

  @Test
  void aRetargetedSymlinkToADirectoryIsFollowed() throws IOException {
    Path other = Files.createDirectory(folder.resolve("other"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), logs);
    HeardHints flow = flow(link);
    heardIn(link, flow);

    retarget(link, other);
    flow.awaitLost();
    heardIn(link, flow.watching(link));
  }

  @Test
  void aRetargetedSymlinkFurtherUpIsFollowed() throws IOException {
    Files.createDirectory(logs.resolve("app"));
    Path other = Files.createDirectories(folder.resolve("other/app")).getParent();
    Path link = Files.createSymbolicLink(folder.resolve("link"), logs);
    Path app = link.resolve("app");
    HeardHints flow = flow(app);

    retarget(link, other);
    flow.awaitLost();
    heardIn(app, flow.watching(app));
  }

  @Test
  void aDirectoryThatIsReplacedWhereASymlinkLeadsIsWatchedAgain() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), logs);
    HeardHints flow = flow(link);
    Files.move(logs, folder.resolve("logs.old"));
    Files.createDirectory(logs);

    flow.awaitLost();
    heardIn(link, flow.watching(link));
  }

  @Test
  void whatIsReplacedWithoutAnEventIsFoundByTheNextLookAndToldToAllFlows() throws IOException {
    Path other = Files.createDirectory(folder.resolve("other"));
    Path hidden = Files.createDirectory(folder.resolve("hidden")).resolve("hop");
    Files.createSymbolicLink(hidden, logs);
    Path link = Files.createSymbolicLink(folder.resolve("link"), hidden);
    HeardHints flow = flow(link);
    HeardHints second = flow(link);
    // Nothing that is watched has the name of the second hop.
    retarget(hidden, other);

    flow.source().watch(Set.of(link));
    assertThat(flow.wasLost()).isTrue();
    second.awaitLost();
    heardIn(link, flow.watching(link), second.watching(link));
  }

  @Test
  void aDirectoryThatIsWantedAndReplacedInAnotherIsWatchedAgain() throws IOException {
    Path app = Files.createDirectory(logs.resolve("app"));
    HeardHints flow = flow(logs, app);
    Files.move(app, logs.resolve("app.old"));
    Files.createDirectory(app);

    flow.awaitNamed(app);
    flow.awaitLost();
    heardIn(app, flow.watching(logs, app));
  }

  @Test
  void aDirectoryThatIsGoneIsNotReliedOnAndWatchedWhenItIsThereAgain() throws IOException {
    HeardHints flow = flow(logs);
    Files.delete(logs);
    flow.awaitLost();
    flow.watching(logs);
    assertThat(flow.source().reliable()).isFalse();

    Files.createDirectory(logs);
    flow.awaitLost();
    heardIn(logs, flow.watching(logs));
    assertThat(flow.source().reliable()).isTrue();
  }

  @Test
  void whatIsNewlyWatchedHintsThatAllIsToBeLookedAt() {
    HeardHints flow = new HeardHints(watcher);
    flow.source().watch(Set.of(logs));
    assertThat(flow.wasLost()).isTrue();
    flow.forget();
    flow.source().watch(Set.of(logs));
    assertThat(flow.wasLost()).isFalse();

    HeardHints second = new HeardHints(watcher);
    second.source().watch(Set.of(logs));
    assertThat(second.wasLost()).isTrue();
    assertThat(flow.wasLost()).isFalse();
  }

  @Test
  void twoPathsToOneDirectoryBothGetEvents() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), logs);
    HeardHints byPath = flow(logs);
    HeardHints byLink = flow(link);
    HeardHints byBoth = flow(logs, link);
    Path file = Files.createFile(logs.resolve("file"));

    byPath.awaitNamed(file);
    byLink.awaitNamed(link.resolve("file"));
    byBoth.awaitNamed(file);
    byBoth.awaitNamed(link.resolve("file"));
  }

  @Test
  void releasingOnePathKeepsTheOthersEvents() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), logs);
    HeardHints both = flow(logs, link);
    HeardHints byPath = flow(logs);
    heardIn(link, both.watching(link));
    heardIn(logs, byPath);

    both.source().close();
    heardIn(logs, byPath);
    assertThat(byPath.wasLost()).isFalse();
  }

  @Test
  void aDirectoryThatLeadsToAnotherKeepsWhatItIsWatchedFor() throws IOException {
    Path app = Files.createDirectory(logs.resolve("app"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), logs);
    HeardHints above = flow(logs);
    HeardHints below = flow(app);
    HeardHints belowLink = flow(link.resolve("app"));

    heardIn(logs, above);
    heardIn(app, below);
    heardIn(link.resolve("app"), belowLink);
  }

  @Test
  void aDirectoryThatLeadsToAnotherIsWatchedForMoreWhenItIsWanted() throws IOException {
    Path app = Files.createDirectory(logs.resolve("app"));
    HeardHints below = flow(app);
    HeardHints above = flow(logs);

    heardIn(logs, above);
    below.source().close();
    heardIn(logs, above);
  }

  @Test
  void aBusyParentWakesNobody() throws IOException {
    HeardHints flow = flow(logs);
    for (int i = 0; i < 200; i++) {
      Path other = Files.writeString(folder.resolve("other" + i), "line\n");
      Files.delete(other);
    }
    // One queue has all events, so this one comes last.
    Path file = Files.createFile(logs.resolve("file"));
    flow.awaitNamed(file);

    assertThat(flow.timesWoken()).isLessThanOrEqualTo(1);
    assertThat(flow.wasLost()).isFalse();
    assertThat(flow.source().reliable()).isTrue();
  }

  @Test
  void aFlowThatCannotBeWokenKeepsNoOtherFromHearing() throws IOException {
    List<String> noticed = new ArrayList<>();
    try (DirectoryWatcher own = new DirectoryWatcher(FileSystems.getDefault(), noticed::add)) {
      ChangeSource broken =
          own.subscribe(
              () -> {
                throw new IllegalStateException("broken");
              });
      broken.watch(Set.of(logs));
      HeardHints flow = new HeardHints(own).watching(logs);
      heardIn(logs, flow);
      heardIn(logs, flow);
    }
    assertThat(noticed).anyMatch(line -> line.contains("broken"));
  }

  @Test
  void afterTheEndNothingIsReliable() throws IOException {
    HeardHints flow = flow(logs);
    watcher.close();
    flow.source().watch(Set.of(logs));
    assertThat(flow.source().reliable()).isFalse();
    flow.source().close();
  }

  @Test
  void whereTheKernelHasNoInstancesLeftNothingIsReliable() throws IOException {
    List<String> warnings = new ArrayList<>();
    try (DirectoryWatcher none =
        new DirectoryWatcher(new NoWatchServices(), said::add, warnings::add)) {
      ChangeSource source = none.subscribe(() -> {});
      none.subscribe(() -> {}).watch(Set.of(logs));
      source.watch(Set.of(logs));
      assertThat(source.reliable()).isFalse();
      source.close();
    }
    assertThat(warnings)
        .singleElement()
        .asString()
        .contains(NoWatchServices.REASON)
        .contains("raise the kernel's fs.inotify.max_user_instances");
  }

  private HeardHints flow(Path... directories) {
    return new HeardHints(watcher).watching(directories);
  }

  private static void heardIn(Path directory, HeardHints... flows) throws IOException {
    Path file = Files.createTempFile(directory, "file", "");
    for (HeardHints flow : flows) {
      flow.awaitNamed(file);
    }
    Files.writeString(file, "line\n", StandardOpenOption.APPEND);
    for (HeardHints flow : flows) {
      flow.awaitModified(file);
    }
  }

  private static void deleteFilesIn(Path directory) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        Files.delete(file);
      }
    }
  }

  private static void retarget(Path link, Path target) throws IOException {
    Path fresh = Files.createSymbolicLink(link.resolveSibling("fresh"), target);
    Files.move(fresh, link, StandardCopyOption.ATOMIC_MOVE);
  }
}
