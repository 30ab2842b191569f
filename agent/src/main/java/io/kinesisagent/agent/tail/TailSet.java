package io.kinesisagent.agent.tail;

import io.kinesisagent.agent.discover.FileEvent;
import io.kinesisagent.agent.discover.Snapshot;
import io.kinesisagent.agent.files.FileKey;
import io.kinesisagent.agent.files.FileSource;
import io.kinesisagent.agent.frame.Framer;
import io.kinesisagent.spi.Clock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * All file generations of one flow: what looks and reads find is handed on to what decides on it,
 * and it says which tail to read next. Work is in proportion to the files that change: a file at
 * rest is in no list that is walked. Owned by the flow's thread.
 */
public final class TailSet {
  private final Clock clock;
  private final TailOptions options;
  private final Registry registry;
  private final Attention attention = new Attention();
  private final Strays strays = new Strays();
  private final Handles handles;
  private final CopyWatch copies;
  private final Beginnings beginnings;
  private final Succession succession;
  private final Opener opener;
  private final Sightings sightings;

  public TailSet(
      FileSource source,
      FileIdentifier identifier,
      Clock clock,
      TailOptions options,
      TailListener listener) {
    this.clock = clock;
    this.options = options;
    this.registry = new Registry(options.skipHeaderLines());
    this.handles = new Handles(options.maxOpenFiles(), listener);
    this.copies = new CopyWatch(identifier, strays, options.newlines(), listener);
    this.beginnings = new Beginnings(copies, options, listener);
    this.succession =
        new Succession(registry, attention, handles, beginnings, copies, clock, listener);
    this.opener =
        new Opener(
            source,
            clock,
            listener,
            registry,
            attention,
            strays,
            handles,
            copies,
            beginnings,
            succession);
    copies.relyOn(succession, opener);
    this.sightings =
        new Sightings(
            source, clock, listener, registry, attention, strays, beginnings, succession, opener);
  }

  // ---- what was known before the start

  /**
   * Takes up a generation that an earlier run left. It rests until its file is found, by its
   * identity or by its content.
   */
  public void restore(KnownTail from) {
    Tail tail =
        new Tail(from.generation(), from.key(), from.path(), from.origin(), from.position());
    tail.head = from.head();
    tail.firstBytes = from.firstBytes();
    tail.rungs.restore(from.rungs());
    tail.phase = Tail.Phase.FINISHED;
    tail.gone = true;
    tail.begun = true;
    tail.rotated = from.rotated();
    tail.copy = from.copy();
    tail.size = Math.max(from.size(), from.position().offset());
    registry.restore(tail);
    copies.restore(tail);
  }

  // ---- what a look found

  /**
   * Takes in what happened between two looks.
   *
   * @param fromEnd whether a file that is new to the flow begins at its end, by its path
   */
  public void apply(List<FileEvent> events, Predicate<Path> fromEnd) {
    sightings.apply(events, fromEnd);
  }

  /** Takes note of the paths that could not be looked at, in place of those before. */
  public void unreadable(Set<Path> now) {
    strays.unreadable(now);
  }

  /**
   * Says that everything was looked at, after whatever was found out before.
   *
   * @param now the files that there are; of what is under a path that could not be looked at
   *     nothing is known
   */
  public void lookedAtAll(Snapshot now) {
    sightings.lookedAtAll(now);
    copies.looked();
    succession.looked();
  }

  /** Whether everything must be looked at soon. */
  public boolean wholeLookWanted() {
    return strays.wholeLookWanted() || succession.cutSinceLook();
  }

  /** The paths that should be looked at soon; they are forgotten by the call. */
  public Collection<Path> takeLookAt() {
    return strays.takePaths();
  }

  /** Looks at a file whose content is said to have changed. */
  public int touched(FileKey key) {
    Tail tail = registry.in(key);
    boolean grown = tail != null && tail.phase != Tail.Phase.FINISHED && sightings.look(tail);
    return grown ? 1 : 0;
  }

  // ---- reading

  /** The tail to read next, or null when none has anything to read. Oldest first, each in turn. */
  public Tail next() {
    for (Tail tail = attention.nextToRead(); tail != null; tail = attention.nextToRead()) {
      if (readable(tail)) {
        return tail;
      }
    }
    return null;
  }

  /** Whether there is anything to read in a tail; its file is opened where it is not. */
  public boolean readable(Tail tail) {
    return opener.readable(tail);
  }

  /** Puts a tail back in the row of those to read: it has more. */
  public void again(Tail tail) {
    wasRead(tail);
    attention.read(tail);
  }

  /** Puts a tail back to the front of the row: there was no room for what it has. */
  public void first(Tail tail) {
    wasRead(tail);
    attention.readFirst(tail);
  }

  /** Whether nobody can look at where a tail's file was: it may still be there. */
  public boolean unseen(Tail tail) {
    return strays.unseen(tail.path);
  }

  /** Whether any tail waits to be read. */
  public boolean anyReady() {
    return attention.anyToRead();
  }

  /** How a tail that has read all there is may be read to its end, now. */
  public Framer.Flush flush(Tail tail, long nowNanos) {
    if (tail.rotated
        && nowNanos - Math.max(tail.rotatedAtNanos, tail.grewAtNanos) > TailOptions.GRACE_NANOS) {
      return Framer.Flush.EVERYTHING;
    }
    long timeout = options.multiLineTimeoutNanos();
    if (timeout < 0) {
      return Framer.Flush.NOTHING;
    }
    if (nowNanos - tail.grewAtNanos >= timeout) {
      return Framer.Flush.LINES;
    }
    return tail.unfinishedFor(timeout, nowNanos) ? Framer.Flush.WAITING : Framer.Flush.NOTHING;
  }

  /** Takes note that a tail was read to the end of its file. */
  public void drained(Tail tail, Framer.Flush flush) {
    wasRead(tail);
    tail.flushed = flush;
    if (flush == Framer.Flush.EVERYTHING) {
      if (!tail.gone) {
        attention.finishNoMore(tail);
      } else if (!sightings.grownMeanwhile(tail)) {
        succession.finish(tail);
      }
    } else if (tail.position.offset() < tail.written() && options.multiLineTimeoutNanos() >= 0) {
      tail.unfinished(clock.nanoTime());
      attention.finishLater(tail);
    } else if (!tail.rotated) {
      attention.finishNoMore(tail);
    }
    if (handles.tooMany()) {
      opener.makeRoom();
    }
  }

  private void wasRead(Tail tail) {
    opener.works(tail);
    copies.index().add(tail);
  }

  /** The file of a tail does not hold what was read of it any more. */
  public void changed(Tail tail) {
    succession.cut(tail, "its file was cut or written anew", clock.nanoTime());
  }

  /** A tail could not be opened or read; it is tried again later. */
  public void trouble(Tail tail, IOException e) {
    opener.trouble(tail, e);
  }

  // ---- time

  /**
   * Looks at the files that were active lately.
   *
   * @param hinted whether changes are hinted at: then a file is looked at ever less often, the
   *     longer it rests
   */
  public int poll(boolean hinted) {
    long now = clock.nanoTime();
    return attention.poll(hinted, now, sightings::look);
  }

  /** Goes on with files that may be copies, and finishes those whose grace is over. */
  public int settleOpenQuestions() {
    long now = clock.nanoTime();
    int work = copies.busy() ? copies.step(now, !succession.cutSinceLook() && allExamined()) : 0;
    for (Tail tail : attention.unfinished()) {
      if (tail.phase == Tail.Phase.FOLLOWING
          && !tail.ready
          && !tail.waitsForRetry(now)
          && (tail.handle != null || !strays.toBeLookedAt(tail.path))
          && flush(tail, now).compareTo(tail.flushed) > 0
          && (tail.rotated || tail.position.offset() < tail.written())) {
        // A file that rests is looked at seldom: it may have grown, and then its time begins anew.
        if (flush(tail, now) != Framer.Flush.LINES || !sightings.look(tail)) {
          attention.read(tail);
        }
        work++;
      }
    }
    return work;
  }

  /** Examines the files that were too short so far, and tells whether none is left unseen. */
  private boolean allExamined() {
    boolean all = true;
    for (Tail tail : attention.watched()) {
      if (tail.verifyHead && tail.phase == Tail.Phase.FOLLOWING && !tail.gone) {
        all &= opener.open(tail);
      }
    }
    for (Tail tail : copies.shortHeads()) {
      opener.growHead(tail);
      boolean longEnough = tail.size >= Fingerprint.FULL_LENGTH;
      all &= tail.trouble == null || !longEnough || tail.gone || tail.over();
    }
    for (Tail tail : beginnings.all()) {
      if (!tail.held() && !opener.open(tail)) {
        all &= tail.gone;
      } else if (beginnings.expected(tail)) {
        all &= opener.examined(tail);
      }
      if (!beginnings.expected(tail)) {
        attention.read(tail);
      }
    }
    return all;
  }

  /** Whether any file must be looked at again soon without a hint. */
  public boolean restless() {
    return attention.restless() || copies.busy();
  }

  /** Whether it is not decided yet where some file begins that was there at the first look. */
  public boolean placesOpen() {
    beginnings.waitNoLonger(clock.nanoTime());
    return beginnings.anyAtEnd();
  }

  /** Whether files that may be copies, or files that were cut, are still being looked into. */
  public boolean openQuestions() {
    return copies.busy();
  }

  /**
   * Reports, of the generations that an earlier run left, those whose file is not to be found: what
   * was known to be in it and was not shipped is a gap.
   *
   * @return whether it cannot be told of some yet, for they were where no look came to
   */
  public boolean reportMissing() {
    boolean some = false;
    for (Tail tail : registry.all()) {
      if (tail.phase == Tail.Phase.FINISHED && tail.size > tail.position.offset() && !tail.ended) {
        if (strays.unseen(tail.path)) {
          some = true;
        } else {
          succession.gap(tail, "its file was not found again at the start");
        }
      }
    }
    return some;
  }

  /** All generations that are known, those at rest included. */
  public Collection<Tail> all() {
    return registry.all();
  }

  /** Forgets a generation that is over. */
  public void forget(Tail tail) {
    strays.forget(tail);
    succession.forget(tail);
  }

  /** Closes every handle. Nothing is read afterwards. */
  public void close() {
    handles.closeAll();
  }
}
