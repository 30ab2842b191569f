package io.kinesisagent.agent.tail;

import io.kinesisagent.agent.discover.FileEntry;
import io.kinesisagent.agent.discover.FileEvent;
import io.kinesisagent.agent.discover.Snapshot;
import io.kinesisagent.agent.files.FileSource;
import io.kinesisagent.agent.files.FileStat;
import io.kinesisagent.agent.frame.Framer;
import io.kinesisagent.spi.Clock;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Takes in what was seen of the files, by looks at directories and at single files: which
 * generation it belongs to, and what is to be done about that. Owned by the flow's thread.
 */
final class Sightings {
  private final FileSource source;
  private final Clock clock;
  private final TailListener listener;
  private final Registry registry;
  private final Attention attention;
  private final Strays strays;
  private final Beginnings beginnings;
  private final Succession succession;
  private final Opener opener;
  private long wholeLookNanos;
  private long wholeLookBeforeNanos;

  Sightings(
      FileSource source,
      Clock clock,
      TailListener listener,
      Registry registry,
      Attention attention,
      Strays strays,
      Beginnings beginnings,
      Succession succession,
      Opener opener) {
    this.source = source;
    this.clock = clock;
    this.listener = listener;
    this.registry = registry;
    this.attention = attention;
    this.strays = strays;
    this.beginnings = beginnings;
    this.succession = succession;
    this.opener = opener;
    this.wholeLookNanos = clock.nanoTime();
    this.wholeLookBeforeNanos = wholeLookNanos;
  }

  /**
   * Takes in what happened between two looks.
   *
   * @param fromEnd whether a file that is new to the flow begins at its end, by its path
   */
  void apply(List<FileEvent> events, Predicate<Path> fromEnd) {
    long now = clock.nanoTime();
    // What is known is taken up first, the oldest first: what is new may be a copy of it.
    events.stream()
        .filter(FileEvent.Appeared.class::isInstance)
        .map(event -> ((FileEvent.Appeared) event).file())
        .filter(file -> registry.knows(file.key()))
        .sorted(Comparator.comparingLong(file -> registry.in(file.key()).generation))
        .forEach(file -> appeared(file, fromEnd, now));
    for (FileEvent event : events) {
      if (event instanceof FileEvent.Appeared e && !registry.knows(e.file().key())) {
        appeared(e.file(), fromEnd, now);
      } else if (event instanceof FileEvent.Rotated e) {
        rotated(e.file(), now);
      } else if (event instanceof FileEvent.Truncated e) {
        changed(e.file(), now);
      } else if (event instanceof FileEvent.Changed e) {
        changed(e.file(), now);
      } else if (event instanceof FileEvent.Replaced e) {
        replaced(registry.in(e.before().key()), now);
      } else if (event instanceof FileEvent.Vanished e) {
        vanished(registry.in(e.before().key()), now);
      }
    }
  }

  /**
   * Takes note that everything was looked at.
   *
   * @param now the files that there are; of what is under a path that could not be looked at
   *     nothing is known
   */
  void lookedAtAll(Snapshot now) {
    wholeLookBeforeNanos = wholeLookNanos;
    wholeLookNanos = clock.nanoTime();
    for (Tail tail : strays.looked()) {
      if (!now.files().containsKey(tail.key)) {
        vanished(tail, clock.nanoTime());
      }
    }
  }

  private void appeared(FileEntry file, Predicate<Path> fromEnd, long now) {
    Tail tail = registry.in(file.key());
    if (tail == null) {
      tail = registry.begin(file.key(), file.path(), now);
      if (fromEnd.test(file.path())) {
        beginnings.expectAtEnd(tail, file.size());
      } else {
        beginnings.expect(tail);
      }
    } else {
      if (!tail.path.equals(file.path())) {
        renamed(tail, file.path(), now);
      }
      tail.gone = false;
      if (tail.handle == null) {
        if (tail.position.offset() > 0 || tail.head.length() > 0) {
          tail.toBeVerified();
        }
        // Nothing was read of it, or only a hole: it may be anything by now.
        if (tail.readNothing()) {
          beginnings.expect(tail);
          tail.rotated = false;
          // One that was away since the first look is not known to have been there.
          tail.fromEnd &= tail.phase != Tail.Phase.FINISHED;
        }
      }
      if (tail.phase == Tail.Phase.FINISHED) {
        tail.phase = Tail.Phase.FOLLOWING;
        tail.flushed = Framer.Flush.NOTHING;
        tail.rotatedAtNanos = now;
        if (tail.rotated) {
          attention.finishLater(tail);
        }
      }
    }
    seen(tail, file, now);
    attention.read(tail);
    opener.openEarly(tail);
  }

  private void rotated(FileEntry file, long now) {
    Tail tail = registry.in(file.key());
    if (tail != null) {
      renamed(tail, file.path(), now);
      attention.read(tail);
    }
  }

  /** The checkpoint takes the new path, also where nothing more is read. */
  private void renamed(Tail tail, Path to, long now) {
    tail.path = to;
    attention.rotated(tail, now);
    if (tail.begun) {
      listener.seen(tail);
    }
  }

  private void replaced(Tail tail, long now) {
    if (tail != null) {
      attention.rotated(tail, now);
    }
  }

  private void changed(FileEntry file, long now) {
    Tail tail = registry.in(file.key());
    if (tail == null) {
      return;
    }
    long known = tail.phase == Tail.Phase.HELD ? tail.size : tail.position.offset();
    if (file.size() < known && tail.phase != Tail.Phase.FINISHED) {
      succession.cut(tail, "its file was truncated", now);
      tail = registry.in(file.key());
    }
    seen(tail, file, now);
    attention.read(tail);
    // Not only once it is read: a copy of it is told by its beginning when it is cut before.
    if (!tail.head.full() && file.size() >= Fingerprint.FULL_LENGTH) {
      opener.growHead(tail);
    }
  }

  private void vanished(Tail tail, long now) {
    if (tail == null || tail.phase == Tail.Phase.FINISHED) {
      return;
    }
    tail.gone = true;
    attention.rotated(tail, now);
    if (tail.handle == null) {
      if (tail.written() > tail.position.offset() && !tail.ended) {
        succession.gap(tail, "its file was deleted before it was read");
      }
      succession.finish(tail);
    } else {
      attention.read(tail);
    }
  }

  private void seen(Tail tail, FileEntry file, long now) {
    seen(tail, file.size(), file.changed(), now);
  }

  private void seen(Tail tail, long size, long changed, long now) {
    if (size != tail.size || changed != tail.changed) {
      written(tail, now);
    }
    if (size < tail.size) {
      beginnings.beginAtStart(tail);
    }
    boolean grown = size > tail.size;
    tail.size = size;
    tail.changed = changed;
    if (grown) {
      long modifiedAgo = TimeUnit.MILLISECONDS.toNanos(clock.epochMillis()) - changed;
      tail.grown(now, modifiedAgo, wholeLookBeforeNanos);
    }
    if (grown && tail.begun) {
      listener.seen(tail);
    }
    if (tail.phase != Tail.Phase.FINISHED) {
      attention.watch(tail);
    }
  }

  /** Something was written into a file: it is not at rest. */
  private void written(Tail tail, long now) {
    tail.grewAtNanos = now;
    tail.writes++;
    tail.letGoAtRest = false;
    tail.flushed = Framer.Flush.NOTHING;
    if (tail.rotated && tail.phase == Tail.Phase.FOLLOWING) {
      attention.finishLater(tail);
    }
  }

  // ---- looks at single files

  /** Looks at one file, and tells whether it has grown. */
  boolean look(Tail tail) {
    long now = clock.nanoTime();
    if (tail.trouble != null) {
      if (!tail.waitsForRetry(now)) {
        attention.read(tail);
      }
      return false;
    }
    try {
      if (tail.gone) {
        return tail.handle != null && grown(tail, tail.handle.size(), tail.changed, now);
      }
      FileStat stat = source.stat(tail.path);
      if (!stat.key().equals(tail.key)) {
        return astray(tail, now);
      }
      return grown(tail, stat.size(), stat.changed(), now);
    } catch (NoSuchFileException e) {
      return astray(tail, now);
    } catch (IOException e) {
      opener.trouble(tail, e);
      return false;
    }
  }

  /** The path does not lead to the file any more; what was written to it until then is read. */
  private boolean astray(Tail tail, long now) {
    strays.elsewhere(tail.path);
    try {
      return tail.handle != null && grown(tail, tail.handle.size(), tail.changed, now);
    } catch (IOException e) {
      opener.trouble(tail, e);
      return false;
    }
  }

  private boolean grown(Tail tail, long size, long changed, long now) throws IOException {
    if (size != tail.size || changed != tail.changed) {
      changed(new FileEntry(tail.path, tail.key, size, changed), now);
      return true;
    }
    boolean filled = tail.roomIsFilled();
    if (filled) {
      // Where it begins now is found out when the file is read, or compared, again.
      tail.room.none();
      written(tail, now);
      attention.read(tail);
    }
    return filled;
  }

  /** Looks once more before a handle is let go that is the only way to its file. */
  boolean grownMeanwhile(Tail tail) {
    try {
      return tail.handle != null
          && !tail.ended
          && grown(tail, tail.handle.size(), tail.changed, clock.nanoTime());
    } catch (IOException e) {
      opener.trouble(tail, e);
      return true;
    }
  }
}
