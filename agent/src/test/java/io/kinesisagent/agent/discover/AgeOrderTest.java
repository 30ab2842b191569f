package io.kinesisagent.agent.discover;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinesisagent.agent.files.FileKey;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AgeOrderTest {
  private final List<FileEntry> files = new ArrayList<>();

  private AgeOrderTest file(String path, long changed) {
    files.add(new FileEntry(Path.of(path), new FileKey(1, files.size()), 1, changed));
    return this;
  }

  /** The paths in their order, which is the same however the files are found. */
  private List<String> oldestFirst() {
    List<FileEntry> sorted = AgeOrder.oldestFirst(files);
    for (int seed = 0; seed < 20; seed++) {
      Collections.shuffle(files, new Random(seed));
      assertThat(AgeOrder.oldestFirst(files)).isEqualTo(sorted);
    }
    return sorted.stream().map(file -> file.path().toString()).toList();
  }

  @Test
  void whatWasChangedLongerAgoIsOlder() {
    file("/a", 3).file("/b", 1).file("/c", 2);
    assertThat(oldestFirst()).containsExactly("/b", "/c", "/a");
  }

  @Test
  void amongGenerationsThatWereChangedAtOnceTheHigherNumberIsOlder() {
    file("/app.log", 1).file("/app.log.9", 1).file("/app.log.10", 1).file("/app.log.1", 1);
    assertThat(oldestFirst())
        .containsExactly("/app.log.10", "/app.log.9", "/app.log.1", "/app.log");
  }

  @Test
  void amongDatesTheLesserIsOlder() {
    file("/app.log", 1).file("/app.log-20260102", 1).file("/app.log-20251231", 1);
    assertThat(oldestFirst()).containsExactly("/app.log-20251231", "/app.log-20260102", "/app.log");
  }

  @Test
  void theCurrentFileIsYoungerThanAGenerationThatIsStillWrittenTo() {
    file("/app.log", 1).file("/app.log.1", 5).file("/app.log.2", 0).file("/other", 3);
    assertThat(oldestFirst()).containsExactly("/app.log.2", "/other", "/app.log.1", "/app.log");
  }

  @Test
  void soItIsWhereTheNumberStandsBeforeTheExtension() {
    file("/app.log", 1).file("/app-1.log", 5);
    assertThat(oldestFirst()).containsExactly("/app-1.log", "/app.log");
  }

  @Test
  void filesOfTheSameNameInOtherDirectoriesAreOthers() {
    file("/a/app.log", 1).file("/b/app.log.1", 5);
    assertThat(oldestFirst()).containsExactly("/a/app.log", "/b/app.log.1");
  }
}
