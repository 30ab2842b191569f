package io.kinesisagent.agent.flow;

import io.kinesisagent.agent.discover.ChangeSource;
import io.kinesisagent.agent.discover.FileEvent;
import io.kinesisagent.agent.discover.RotationDetector;
import io.kinesisagent.agent.discover.Scanner;
import io.kinesisagent.agent.discover.Snapshot;
import io.kinesisagent.agent.files.FileKey;
import io.kinesisagent.agent.tail.TailSet;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * Looks at a flow's files when there is a hint of a change, when something does not fit, and now
 * and then anyway, and lets the tails know what happened. Owned by the flow's thread.
 */
final class Discovery {
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
  private static final long LOOK_IN_TROUBLE_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Of how many paths that cannot be looked at it is said, of those that one look finds. */
  private static final int MOST_SAID = 3;

  private static final long SLOW_SCAN_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final long SLOW_SCAN_A_FILE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long SLOWEST_SCAN_NANOS = TimeUnit.MINUTES.toNanos(10);

  private final ChangeSource changes;
  private final Scanner scanner;
  private final TailSet tails;
  private final FlowTiming timing;
  private final boolean fromEnd;
  private final BiConsumer<Path, String> unreadable;
  private final Unseen unseen = new Unseen();
  private final Set<Path> named = new LinkedHashSet<>();
  private final Set<Path> modified = new LinkedHashSet<>();
  private boolean hintsLost = true;
  private Snapshot snapshot = Snapshot.EMPTY;
  private boolean looked;
  private boolean missingReported;
  private boolean missingLeft;
  private boolean missingDue = true;
  private long scanDueNanos;
  private long pollDueNanos;
  private long lookDueNanos;
  private long wholeLookDueNanos;

  private final ChangeSource.Hints hints =
      new ChangeSource.Hints() {
        @Override
        public void named(Path changed) {
          if (snapshot.directories().contains(changed.getParent())) {
            named.add(changed);
          }
          named.addAll(snapshot.linksThrough(changed));
        }

        @Override
        public void modified(Path changed) {
          modified.add(changed);
          modified.addAll(snapshot.linksThrough(changed));
        }

        @Override
        public void lost() {
          hintsLost = true;
        }
      };

  /**
   * @param fromEnd whether files that are there at the first look begin at their end
   * @param unreadable told of a path that cannot be looked at, and why
   */
  Discovery(
      ChangeSource changes,
      Scanner scanner,
      TailSet tails,
      FlowTiming timing,
      boolean fromEnd,
      BiConsumer<Path, String> unreadable,
      long nowNanos) {
    this.changes = changes;
    this.scanner = scanner;
    this.tails = tails;
    this.timing = timing;
    this.fromEnd = fromEnd;
    this.unreadable = unreadable;
    scanDueNanos = nowNanos;
    pollDueNanos = nowNanos;
    lookDueNanos = nowNanos;
    wholeLookDueNanos = nowNanos;
  }

  /** Looks where that is due, and returns how much was found. */
  int step(long now) {
    changes.drain(hints);
    int work = 0;
    if (now - scanDueNanos >= 0 || (wholeLookWanted() && now - wholeLookDueNanos >= 0)) {
      work += look(scanner.scan(snapshot), true, now);
    } else if (now - lookDueNanos >= 0) {
      named.addAll(tails.takeLookAt());
      if (!named.isEmpty()) {
        work += look(scanner.look(snapshot, named), false, now);
      }
    }
    work += pollModified();
    if (now - pollDueNanos >= 0) {
      pollDueNanos = now + timing.filePollNanos();
      work += tails.poll(changes.reliable());
      work += tails.settleOpenQuestions();
    } else if (tails.openQuestions() && work == 0) {
      work += tails.settleOpenQuestions();
    }
    reportMissing();
    return work;
  }

  /** When something is to be looked at next without a hint. */
  long dueNanos() {
    long until = scanDueNanos;
    if (wholeLookWanted()) {
      until = Math.min(until, wholeLookDueNanos);
    }
    if (!named.isEmpty()) {
      until = Math.min(until, lookDueNanos);
    }
    return tails.restless() ? Math.min(until, pollDueNanos) : until;
  }

  private boolean wholeLookWanted() {
    return hintsLost || tails.wholeLookWanted() || !looked;
  }

  /**
   * Whether everything was looked at since the start, but for what cannot be looked at for longer.
   */
  boolean looked() {
    return looked;
  }

  /** Whether every generation that an earlier run left has had the chance to find its file. */
  boolean settledIn() {
    return missingReported;
  }

  /** The file system as it was last seen. */
  Snapshot snapshot() {
    return snapshot;
  }

  private int look(Snapshot now, boolean whole, long nowNanos) {
    Snapshot before = snapshot;
    List<FileEvent> events = RotationDetector.compare(before, now);
    snapshot = now;
    lookDueNanos = nowNanos + LOOK_NANOS;
    named.clear();
    tellOfUnreadable(events);
    if (whole) {
      hintsLost = false;
      lookedAtAll(now, nowNanos);
    }
    Set<Path> watched = now.watched();
    if (whole || !watched.equals(before.watched())) {
      changes.watch(watched);
    }
    if (whole) {
      long again = scanAgainNanos();
      scanDueNanos =
          nowNanos + (unseen.waitedFor(nowNanos) ? Math.min(again, Unseen.WAIT_NANOS) : again);
    }
    tails.apply(events, file -> fromEnd && !looked && unseen.ofFirstLook(file));
    if (whole) {
      unseen.seen(now.unreadable().keySet());
      looked |= unseen.firstLookOver(nowNanos);
    }
    return events.size();
  }

  private void lookedAtAll(Snapshot now, long nowNanos) {
    tails.unreadable(now.unreadable().keySet());
    unseen.looked(now.unreadable().keySet(), nowNanos);
    boolean early = unseen.waitedFor(nowNanos);
    wholeLookDueNanos = nowNanos + (early ? LOOK_IN_TROUBLE_NANOS : LOOK_NANOS);
    if (!early) {
      tails.lookedAtAll(now);
      missingDue |= missingLeft;
    }
  }

  private void tellOfUnreadable(List<FileEvent> events) {
    List<FileEvent.Unreadable> all =
        events.stream()
            .filter(FileEvent.Unreadable.class::isInstance)
            .map(FileEvent.Unreadable.class::cast)
            .toList();
    for (FileEvent.Unreadable path : all.subList(0, Math.min(all.size(), MOST_SAID))) {
      unreadable.accept(path.path(), path.reason());
    }
    if (all.size() > MOST_SAID) {
      FileEvent.Unreadable next = all.get(MOST_SAID);
      int more = all.size() - MOST_SAID - 1;
      unreadable.accept(
          next.path(), next.reason() + (more > 0 ? ", and " + more + " more paths" : ""));
    }
  }

  /** Where changes are hinted at, the more files there are the rarer are they all looked at. */
  private long scanAgainNanos() {
    if (!changes.reliable()) {
      return timing.refreshNanos();
    }
    long slow = SLOW_SCAN_NANOS + snapshot.files().size() * SLOW_SCAN_A_FILE_NANOS;
    return Math.max(Math.min(slow, SLOWEST_SCAN_NANOS), timing.refreshNanos());
  }

  private int pollModified() {
    if (modified.isEmpty()) {
      return 0;
    }
    int grown = 0;
    for (Path changed : modified) {
      FileKey key = snapshot.paths().get(changed);
      if (key != null) {
        grown += tails.touched(key);
      }
    }
    modified.clear();
    return grown;
  }

  private void reportMissing() {
    if (looked && missingDue && !tails.openQuestions() && !tails.anyReady()) {
      missingReported = true;
      missingDue = false;
      missingLeft = tails.reportMissing();
    }
  }
}
