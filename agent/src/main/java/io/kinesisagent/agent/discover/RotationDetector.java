package io.kinesisagent.agent.discover;

import io.kinesisagent.agent.files.FileKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Compares two snapshots. A pure function: it looks at nothing else and remembers nothing. What the
 * snapshots cannot show (a file truncated and grown again, an inode used again) is found by the
 * tail when it reads.
 */
public final class RotationDetector {
  private RotationDetector() {}

  /**
   * What happened between two snapshots of the same patterns: first what became of known files,
   * then new ones, those that are likely to be older first.
   */
  public static List<FileEvent> compare(Snapshot before, Snapshot after) {
    List<FileEvent> events = new ArrayList<>();
    for (Map.Entry<FileKey, FileEntry> known : before.files().entrySet()) {
      compare(known.getValue(), after.files().get(known.getKey()), after, events);
    }
    List<FileEntry> fresh =
        after.files().values().stream()
            .filter(file -> !before.files().containsKey(file.key()))
            .toList();
    AgeOrder.oldestFirst(fresh).forEach(file -> events.add(new FileEvent.Appeared(file)));
    after
        .unreadable()
        .forEach(
            (path, reason) -> {
              if (!before.unreadable().containsKey(path)) {
                events.add(new FileEvent.Unreadable(path, reason));
              }
            });
    return events;
  }

  private static void compare(
      FileEntry before, FileEntry now, Snapshot after, List<FileEvent> events) {
    if (before.equals(now)) {
      return;
    }
    if (now == null || !now.path().equals(before.path())) {
      FileKey other = after.paths().get(before.path());
      if (other != null && !other.equals(before.key())) {
        events.add(new FileEvent.Replaced(before, after.files().get(other)));
      }
    }
    if (now == null) {
      events.add(new FileEvent.Vanished(before));
      return;
    }
    if (!now.path().equals(before.path())) {
      events.add(new FileEvent.Rotated(before.path(), now));
    }
    if (now.size() < before.size()) {
      events.add(new FileEvent.Truncated(before, now));
    } else if (now.size() != before.size() || now.changed() != before.changed()) {
      events.add(new FileEvent.Changed(now));
    }
  }
}
