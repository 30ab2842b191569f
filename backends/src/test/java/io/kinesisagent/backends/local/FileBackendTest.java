package io.kinesisagent.backends.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kinesisagent.backends.TestBatch;
import io.kinesisagent.backends.TestPlugins;
import io.kinesisagent.backends.contract.BackendContract;
import io.kinesisagent.spi.Backend;
import io.kinesisagent.spi.Disposition;
import io.kinesisagent.spi.InvalidSettingException;
import io.kinesisagent.spi.SendResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileBackendTest extends BackendContract {
  @TempDir Path temporary;
  private final List<Backend> opened = new ArrayList<>();
  private Backend backend;

  @Override
  protected Backend backend() throws InvalidSettingException {
    if (backend == null) {
      backend = open(Map.of());
    }
    return backend;
  }

  @Override
  protected List<byte[]> arrived() throws IOException {
    List<byte[]> contents = new ArrayList<>();
    for (Path file : files()) {
      contents.add(Files.readAllBytes(file));
    }
    return contents;
  }

  @Override
  protected boolean keepsBoundaries() {
    return false;
  }

  @AfterEach
  void close() {
    opened.forEach(Backend::close);
  }

  @Test
  void aFileThatWouldGrowBeyondItsSizeIsFollowedByAnotherWhoseNameSortsBehind() throws Exception {
    Backend small = open(Map.of("rollSizeBytes", 10L));
    for (String line : List.of("aaaa\n", "bbbb\n", "cccc\n", "a line beyond the size\n", "d\n")) {
      assertThat(send(small, TestBatch.ofLines(line))).isEqualTo(SendResult.DELIVERED);
    }
    assertThat(contents())
        .containsExactly("aaaa\nbbbb\n", "cccc\n", "a line beyond the size\n", "d\n");
  }

  @Test
  void theOldestFinishedFilesAreDeleted() throws Exception {
    Files.createDirectories(directory());
    Files.writeString(directory().resolve("records-of-mine.log"), "not ours");
    Backend small = open(Map.of("rollSizeBytes", 2L, "keepFiles", 2L));
    for (String line : List.of("a\n", "b\n", "c\n", "d\n", "e\n")) {
      send(small, TestBatch.ofLines(line));
    }
    assertThat(contents()).containsExactlyInAnyOrder("not ours", "c\n", "d\n", "e\n");
  }

  @Test
  void aLaterRunBeginsAFileOfItsOwn() throws Exception {
    send(open(Map.of()), TestBatch.ofLines("first\n"));
    send(open(Map.of()), TestBatch.ofLines("second\n"));
    assertThat(contents()).containsExactlyInAnyOrder("first\n", "second\n");
  }

  @Test
  void aDirectoryThatCannotBeMadeIsARetryThatNamesIt() throws Exception {
    Files.writeString(directory(), "a file in the way");
    SendResult result = send(backend(), TestBatch.ofLines("a\n"));
    assertThat(result)
        .isInstanceOfSatisfying(
            SendResult.Failed.class,
            failed -> {
              assertThat(failed.failure().disposition()).isEqualTo(Disposition.RETRY);
              assertThat(failed.failure().detail()).contains(directory().toString());
            });
    Files.delete(directory());
    assertThat(send(backend(), TestBatch.ofLines("a\n"))).isEqualTo(SendResult.DELIVERED);
  }

  @Test
  void aPrefixThatIsNoFileNameIsRefused() {
    assertThatThrownBy(() -> open(Map.of("prefix", "../x")))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("../x");
  }

  private Backend open(Map<String, Object> more) throws InvalidSettingException {
    Map<String, Object> own = new HashMap<>(more);
    own.put("directory", directory().toString());
    Backend made = TestPlugins.create("file", own, Map.of());
    opened.add(made);
    return made;
  }

  private Path directory() {
    return temporary.resolve("out");
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(directory())) {
      return files.sorted().toList();
    }
  }

  private List<String> contents() throws IOException {
    List<String> contents = new ArrayList<>();
    for (Path file : files()) {
      contents.add(Files.readString(file));
    }
    return contents;
  }
}
