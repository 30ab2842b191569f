package io.kinesisagent.agent.discover;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchedDirectoriesTest {
  @TempDir Path folder;

  private WatchService service;
  private WatchedDirectories watches;
  private Path first;
  private Path second;

  @BeforeEach
  void make() throws IOException {
    service = FileSystems.getDefault().newWatchService();
    watches = new WatchedDirectories(service);
    first = Files.createDirectory(folder.resolve("first"));
    second = Files.createDirectory(folder.resolve("second"));
  }

  @AfterEach
  void close() throws IOException {
    service.close();
  }

  @Test
  void whatIsReleasedIsNotWatchedAnyMore() throws Exception {
    watches.holdContents(first);
    watches.holdContents(second);
    watches.release(Set.of(first, second), second::equals);

    assertThat(pathsOfFirstEvent()).containsExactly(second);
  }

  @Test
  void whatLedToAnotherDirectoryIsNotWatchedAnyMore() throws Exception {
    watches.holdContents(first);
    Path old = Files.move(first, folder.resolve("old"));
    Files.createDirectory(first);
    assertThat(watches.holdContents(first)).isTrue();
    assertThat(watches.holdContents(second)).isTrue();
    assertThat(watches.holdContents(second)).isFalse();
    Files.createFile(old.resolve("file"));

    assertThat(pathsOfFirstEvent()).containsExactly(first);
  }

  @Test
  void namesAloneAreNotToldOfWhatIsWritten() throws Exception {
    Path file = Files.createFile(first.resolve("written"));
    watches.holdNames(first);
    watches.holdContents(second);
    Files.writeString(file, "line\n");
    Files.createFile(second.resolve("file"));

    assertThat(watches.paths(service.poll(20, TimeUnit.SECONDS))).containsExactly(second);
  }

  /** Of files that are made in both directories, in this order. */
  private Set<Path> pathsOfFirstEvent() throws Exception {
    Files.createFile(first.resolve("file"));
    Files.createFile(second.resolve("file"));
    WatchKey key = service.poll(20, TimeUnit.SECONDS);
    assertThat(key).isNotNull();
    return watches.paths(key);
  }
}
