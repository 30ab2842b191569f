package io.kinesisagent.agent.tail;

import io.kinesisagent.agent.discover.FileEntry;
import io.kinesisagent.agent.discover.FileEvent;
import io.kinesisagent.agent.discover.Snapshot;
import io.kinesisagent.agent.files.FileKey;
import io.kinesisagent.agent.files.FileSource;
import io.kinesisagent.agent.files.FileStat;
import io.kinesisagent.agent.files.OpenFile;
import io.kinesisagent.agent.frame.Framer;
import io.kinesisagent.agent.frame.Newlines;
import io.kinesisagent.spi.Clock;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * All file generations of one flow: it takes what the look at the file system found, decides which
 * generation a file belongs to, and says which tail to read next. Work is in proportion to the
 * files that change: a file at rest is in no list that is walked. Owned by the flow's thread.
 */
public final class TailSet {
  private final FileSource source;
  private final FileIdentifier identifier;
  private final Clock clock;
  private final TailOptions options;
  private final TailListener listener;
  private final CopyWatch copies;

  private final Registry registry;
  private final Attention attention = new Attention();
  private final Set<Tail> unlisted = new LinkedHashSet<>();
  private final Handles handles;
  private final Beginnings beginnings;
  private final Succession succession;
  private final Set<Path> lookAt = new LinkedHashSet<>();
  private boolean wholeLookWanted;
  private long wholeLookNanos;
  private long wholeLookBeforeNanos;

  public TailSet(
      FileSource source,
      FileIdentifier identifier,
      Clock clock,
      TailOptions options,
      TailListener listener) {
    this.source = source;
    this.identifier = identifier;
    this.clock = clock;
    this.options = options;
    this.listener = listener;
    this.registry = new Registry(options.skipHeaderLines());
    this.handles = new Handles(options.maxOpenFiles(), listener);
    this.copies = new CopyWatch(this, identifier);
    this.beginnings = new Beginnings(copies, options, listener);
    this.succession =
        new Succession(registry, attention, handles, beginnings, copies, clock, listener);
    copies.decidedBy(succession);
    this.wholeLookNanos = clock.nanoTime();
    this.wholeLookBeforeNanos = wholeLookNanos;
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
   * @param fromEnd whether files that are new to the flow begin at their end: the first look of a
   *     flow that starts at {@code END_OF_FILE}
   */
  public void apply(List<FileEvent> events, boolean fromEnd) {
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

  /** A file is held as a copy, which the next start is to know of one that was read before. */
  void held(Tail tail) {
    if (tail.begun) {
      listener.seen(tail);
    }
  }

  /** Lets the fingerprint of a file that has grown cover more, so that copies of it are told. */
  void growHead(Tail tail) {
    if (tail.phase != Tail.Phase.FOLLOWING
        || beginnings.expected(tail)
        || (!tail.held() && !open(tail))) {
      return;
    }
    try {
      if (!copies.grow(tail)) {
        succession.cut(tail, "its file holds something else", clock.nanoTime());
      }
    } catch (IOException e) {
      trouble(tail, e);
    }
  }

  /**
   * Says that everything was looked at, after whatever was found out before.
   *
   * @param now the files that there are
   */
  public void lookedAtAll(Snapshot now) {
    wholeLookBeforeNanos = wholeLookNanos;
    wholeLookNanos = clock.nanoTime();
    for (Tail tail : new ArrayList<>(unlisted)) {
      if (!now.files().containsKey(tail.key)) {
        vanished(tail, clock.nanoTime());
      }
    }
    unlisted.clear();
    copies.looked();
    succession.looked();
    wholeLookWanted = false;
    lookAt.clear();
  }

  /** Whether everything must be looked at soon. */
  public boolean wholeLookWanted() {
    return wholeLookWanted || succession.cutSinceLook();
  }

  /** The paths that should be looked at soon; they are forgotten by the call. */
  public Collection<Path> takeLookAt() {
    if (lookAt.isEmpty()) {
      return List.of();
    }
    List<Path> paths = new ArrayList<>(lookAt);
    lookAt.clear();
    return paths;
  }

  private void appeared(FileEntry file, boolean fromEnd, long now) {
    Tail tail = registry.in(file.key());
    if (tail == null) {
      tail = registry.begin(file.key(), file.path(), now);
      if (fromEnd) {
        beginnings.expectAtEnd(tail);
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
    // Held from the first look on, whatever becomes of its path before it is its turn to be read.
    if (tail.handle == null && handles.room()) {
      open(tail);
    }
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
      growHead(tail);
    }
  }

  private void vanished(Tail tail, long now) {
    if (tail == null || tail.phase == Tail.Phase.FINISHED) {
      return;
    }
    tail.gone = true;
    attention.rotated(tail, now);
    if (tail.handle == null) {
      if (tail.size > tail.position.offset() && !tail.ended) {
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
      tail.grewAtNanos = now;
      tail.letGoAtRest = false;
      tail.flushed = Framer.Flush.NOTHING;
      if (tail.rotated && tail.phase == Tail.Phase.FOLLOWING) {
        attention.finishLater(tail);
      }
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

  /** Where lines end in the flow's files. */
  Newlines newlines() {
    return options.newlines();
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
    if (options.multiLineTimeoutNanos() >= 0
        && nowNanos - tail.grewAtNanos >= options.multiLineTimeoutNanos()) {
      return Framer.Flush.LINES;
    }
    return Framer.Flush.NOTHING;
  }

  /** Takes note that a tail was read to the end of its file. */
  public void drained(Tail tail, Framer.Flush flush) {
    wasRead(tail);
    tail.flushed = flush;
    if (flush == Framer.Flush.EVERYTHING) {
      if (!tail.gone) {
        attention.finishNoMore(tail);
      } else if (!grownMeanwhile(tail)) {
        succession.finish(tail);
      }
    } else if (tail.position.offset() < tail.size && options.multiLineTimeoutNanos() >= 0) {
      attention.finishLater(tail);
    } else if (!tail.rotated) {
      attention.finishNoMore(tail);
    }
    if (handles.tooMany()) {
      handles.makeRoom(this::idle);
    }
  }

  private void wasRead(Tail tail) {
    works(tail);
    copies.index().add(tail);
  }

  /** Takes note that a tail's file can be read. */
  void works(Tail tail) {
    if (tail.trouble != null) {
      tail.trouble = null;
      listener.readable(tail);
    }
  }

  /** A last look before a handle is let go that is the only way to its file. */
  private boolean grownMeanwhile(Tail tail) {
    try {
      return tail.handle != null
          && !tail.ended
          && grown(tail, tail.handle.size(), tail.changed, clock.nanoTime());
    } catch (IOException e) {
      trouble(tail, e);
      return true;
    }
  }

  /** The file of a tail does not hold what was read of it any more. */
  public void changed(Tail tail) {
    succession.cut(tail, "its file was cut or written anew", clock.nanoTime());
  }

  /** A tail could not be opened or read; it is tried again later. */
  public void trouble(Tail tail, IOException e) {
    if (tail.handle != null && !tail.gone) {
      openAnew(tail, e);
    }
    if (e instanceof NoSuchFileException) {
      lookAt.add(tail.path);
      return;
    }
    String reason = Trouble.reason(e);
    long now = clock.nanoTime();
    boolean again = tail.trouble != null && now - tail.retryAtNanos < TailOptions.AGAIN_NANOS;
    tail.retryAtNanos = now + TailOptions.RETRY_NANOS;
    attention.watch(tail);
    if (!again) {
      tail.troubledNanos = now;
    } else if (tail.gone && now - tail.troubledNanos > TailOptions.GIVE_UP_NANOS) {
      succession.unreadable(tail);
      return;
    }
    if (!reason.equals(tail.trouble)) {
      tail.trouble = reason;
      listener.unreadable(tail, reason);
    }
  }

  /**
   * A stale handle of a network file system works again once the file is opened anew. Until that
   * has worked the old one is kept: the file may be deleted by now, and the trouble pass.
   */
  private void openAnew(Tail tail, IOException trouble) {
    try {
      OpenFile opened = source.open(tail.path);
      if (opened.key().equals(tail.key)) {
        handles.replace(tail, opened);
      } else {
        other(tail.path, opened);
      }
    } catch (NoSuchFileException e) {
      lookAt.add(tail.path);
    } catch (IOException e) {
      trouble.addSuppressed(e);
    }
  }

  private boolean readable(Tail tail) {
    if (tail.over()) {
      return false;
    }
    if (!tail.held() && !openHandle(tail)) {
      return false;
    }
    if (beginnings.expected(tail) && !examined(tail)) {
      return false;
    }
    if (!beginnings.expected(tail) && !tail.head.full()) {
      growHead(tail);
    }
    return tail.phase == Tail.Phase.FOLLOWING && !beginnings.expected(tail) && tail.handle != null;
  }

  /** Finds out what a file is, and tells whether it could be read for that. */
  private boolean examined(Tail tail) {
    try {
      beginnings.opened(tail);
      return true;
    } catch (IOException e) {
      trouble(tail, e);
      return false;
    }
  }

  // ---- handles

  /** Opens a tail's file, makes sure that it is that file, and has it read. */
  boolean open(Tail tail) {
    boolean same = openHandle(tail);
    if (tail.handle != null) {
      attention.read(tail);
    }
    return same;
  }

  private boolean openHandle(Tail tail) {
    if (tail.waitsForRetry(clock.nanoTime())) {
      attention.watch(tail);
      return false;
    }
    try {
      if (tail.handle == null) {
        OpenFile opened = source.open(tail.path);
        if (!opened.key().equals(tail.key)) {
          other(tail.path, opened);
          return false;
        }
        hold(tail, opened);
      }
      if (tail.verifyHead && !verifyHead(tail)) {
        return false;
      }
      if (beginnings.expected(tail)) {
        beginnings.opened(tail);
      }
      if (tail.copy && tail.phase == Tail.Phase.FOLLOWING) {
        copies.hold(tail);
      }
      return true;
    } catch (IOException e) {
      // What it is was not found out, so that is to be done again.
      tail.toBeVerified();
      trouble(tail, e);
      return false;
    }
  }

  /** Whether a file that was not held for a while is still the same. */
  private boolean verifyHead(Tail tail) throws IOException {
    // Should it be another file by now, its size says nothing of what was lost.
    long seen = tail.size;
    tail.size = tail.heldSize;
    boolean same = true;
    try {
      same = verify(tail);
    } finally {
      tail.size = same ? seen : tail.size;
    }
    tail.verifyHead = false;
    return same;
  }

  private void hold(Tail tail, OpenFile opened) {
    handles.makeRoom(this::idle);
    handles.hold(tail, opened);
  }

  /** A path led to another file than was seen there; it is held before it is gone, too. */
  private void other(Path path, OpenFile opened) throws IOException {
    if (!registry.knows(opened.key())) {
      Tail tail = registry.begin(opened.key(), path, clock.nanoTime());
      beginnings.expect(tail);
      unlisted.add(tail);
      hold(tail, opened);
      beginnings.opened(tail);
      tail.size = opened.size();
      tail.lookedAt(clock.nanoTime());
      attention.watch(tail);
      attention.read(tail);
    } else {
      opened.close();
    }
    // Until then a tail that was sought there is not opened again.
    lookAt.add(path);
    wholeLookWanted = true;
  }

  /**
   * Whether a tail has read all that its file holds, and finds the file again by its path. What is
   * remembered of that may have changed: the path is looked at last, for what is written while
   * there is a path to it is not lost.
   */
  private boolean idle(Tail tail) {
    if (tail.phase != Tail.Phase.FOLLOWING || tail.gone || tail.ready || copies.examining(tail)) {
      return false;
    }
    try {
      return tail.handle.size() <= tail.position.offset()
          && source.stat(tail.path).key().equals(tail.key);
    } catch (NoSuchFileException e) {
      lookAt.add(tail.path);
      return false;
    } catch (IOException e) {
      trouble(tail, e);
      return false;
    }
  }

  /** Whether a tail's file still holds what was read of it; where it does not, the tail is cut. */
  boolean verify(Tail tail) throws IOException {
    if (tail.handle == null) {
      return false;
    }
    boolean same = identifier.continues(tail.identity(), tail.position, tail.handle);
    if (same) {
      copies.index().add(tail);
    } else {
      succession.cut(tail, "its file holds something else", clock.nanoTime());
    }
    return same;
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
    return attention.poll(hinted, now, tail -> poll(tail, now));
  }

  private boolean poll(Tail tail, long now) {
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
      trouble(tail, e);
      return false;
    }
  }

  /** The path does not lead to the file any more; what was written to it until then is read. */
  private boolean astray(Tail tail, long now) {
    lookAt.add(tail.path);
    wholeLookWanted = true;
    try {
      return tail.handle != null && grown(tail, tail.handle.size(), tail.changed, now);
    } catch (IOException e) {
      trouble(tail, e);
      return false;
    }
  }

  private boolean grown(Tail tail, long size, long changed, long now) {
    if (size == tail.size && changed == tail.changed) {
      return false;
    }
    changed(new FileEntry(tail.path, tail.key, size, changed), now);
    return true;
  }

  /** Goes on with files that may be copies, and finishes those whose grace is over. */
  public int settleOpenQuestions() {
    long now = clock.nanoTime();
    int work = copies.busy() ? copies.step(now, !succession.cutSinceLook() && allExamined()) : 0;
    for (Tail tail : attention.unfinished()) {
      if (tail.phase == Tail.Phase.FOLLOWING
          && !tail.ready
          && !tail.waitsForRetry(now)
          && (tail.handle != null || !lookAt.contains(tail.path))
          && flush(tail, now).compareTo(tail.flushed) > 0
          && (tail.rotated || tail.position.offset() < tail.size)) {
        // A file that rests is looked at seldom: it may have grown, and then its time begins anew.
        if (flush(tail, now) != Framer.Flush.LINES || !poll(tail, now)) {
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
        all &= open(tail);
      }
    }
    for (Tail tail : copies.shortHeads()) {
      growHead(tail);
    }
    for (Tail tail : beginnings.all()) {
      if (tail.handle == null && !open(tail)) {
        all &= tail.gone;
      } else if (beginnings.expected(tail)) {
        all &= examined(tail);
      }
      if (!beginnings.expected(tail)) {
        attention.read(tail);
      }
    }
    return all;
  }

  /** Looks at a file whose content is said to have changed. */
  public int touched(FileKey key) {
    Tail tail = registry.in(key);
    return tail != null && tail.phase != Tail.Phase.FINISHED && poll(tail, clock.nanoTime())
        ? 1
        : 0;
  }

  /** Whether any file must be looked at again soon without a hint. */
  public boolean restless() {
    return attention.restless() || copies.busy();
  }

  /** Whether it is not decided yet where some file begins that was there at the first look. */
  public boolean placesOpen() {
    return beginnings.anyAtEnd();
  }

  /** Whether files that may be copies, or files that were cut, are still being looked into. */
  public boolean openQuestions() {
    return copies.busy();
  }

  /**
   * Reports, of the generations that an earlier run left, those whose file is not to be found: what
   * was known to be in it and was not shipped is a gap.
   */
  public void reportMissing() {
    for (Tail tail : registry.all()) {
      if (tail.phase == Tail.Phase.FINISHED && tail.size > tail.position.offset() && !tail.ended) {
        succession.gap(tail, "its file was not found again at the start");
      }
    }
  }

  /** All generations that are known, those at rest included. */
  public Collection<Tail> all() {
    return registry.all();
  }

  /** Forgets a generation that is over. */
  public void forget(Tail tail) {
    unlisted.remove(tail);
    succession.forget(tail);
  }

  /** How many handles are open. */
  public int openFiles() {
    return handles.count();
  }

  /** Closes every handle. Nothing is read afterwards. */
  public void close() {
    handles.closeAll();
  }
}
