package io.kinesisagent.agent.discover;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinesisagent.agent.files.FileKey;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RotationDetectorTest {
  private static FileEntry file(String path, long inode, long size) {
    return new FileEntry(Path.of(path), new FileKey(1, inode), size, size);
  }

  private static Snapshot snapshot(FileEntry... files) {
    Map<FileKey, FileEntry> byKey = new HashMap<>();
    Map<Path, FileKey> paths = new HashMap<>();
    for (FileEntry file : files) {
      byKey.put(file.key(), file);
      paths.put(file.path(), file.key());
    }
    return new Snapshot(byKey, paths, Set.of(), Set.of(), Map.of(), Links.NONE);
  }

  @Test
  void nothingHappensBetweenEqualSnapshots() {
    assertThat(RotationDetector.compare(snapshot(file("/a", 1, 5)), snapshot(file("/a", 1, 5))))
        .isEmpty();
  }

  @Test
  void aNewFileAppearsAndTheOneChangedLongestAgoComesFirst() {
    FileEntry young = file("/a", 2, 9);
    FileEntry old = file("/b", 3, 4);
    assertThat(RotationDetector.compare(Snapshot.EMPTY, snapshot(young, old)))
        .containsExactly(new FileEvent.Appeared(old), new FileEvent.Appeared(young));
  }

  @Test
  void aRenamedFileIsRotatedAndItsPathReplaced() {
    FileEntry before = file("/a", 1, 5);
    FileEntry renamed = file("/a.1", 1, 7);
    FileEntry fresh = file("/a", 2, 1);
    assertThat(RotationDetector.compare(snapshot(before), snapshot(renamed, fresh)))
        .containsExactly(
            new FileEvent.Replaced(before, fresh),
            new FileEvent.Rotated(before.path(), renamed),
            new FileEvent.Changed(renamed),
            new FileEvent.Appeared(fresh));
  }

  @Test
  void aSmallerFileIsTruncated() {
    FileEntry before = file("/a", 1, 5);
    FileEntry now = file("/a", 1, 4);
    assertThat(RotationDetector.compare(snapshot(before), snapshot(now)))
        .containsExactly(new FileEvent.Truncated(before, now));
  }

  @Test
  void aFileThatNoPathLeadsToHasVanished() {
    FileEntry before = file("/a", 1, 5);
    assertThat(RotationDetector.compare(snapshot(before), Snapshot.EMPTY))
        .containsExactly(new FileEvent.Vanished(before));
  }

  @Test
  void anUnreadablePathIsSaidOnceAndNeverTakenForDeleted() {
    FileEntry file = file("/a", 1, 5);
    Snapshot known = snapshot(file);
    Snapshot hidden =
        new Snapshot(
            known.files(),
            known.paths(),
            Set.of(),
            Set.of(),
            Map.of(Path.of("/"), "permission denied"),
            Links.NONE);
    assertThat(RotationDetector.compare(known, hidden))
        .containsExactly(new FileEvent.Unreadable(Path.of("/"), "permission denied"));
    assertThat(RotationDetector.compare(hidden, hidden)).isEmpty();
  }
}
