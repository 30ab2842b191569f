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
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All file generations of one flow: it takes what the look at the file system found, decides which
 * generation a file belongs to, and says which tail to read next. Work is in proportion to the
 * files that change: a file at rest is in no list that is walked. Owned by the flow's thread.
 */
public final class TailSet {
  /** How many generations at rest are remembered line by line: a copy of them may yet be found. */
  private static final int MOST_RESTING_LATELY = 64;

  private final FileSource source;
  private final Clock clock;
  private final TailOptions options;
  private final TailListener listener;
  private final CopyWatch copies;

  private final Map<FileKey, Tail> byKey = new HashMap<>();
  private final Set<Tail> known = new LinkedHashSet<>();
  private final Deque<Tail> ready = new ArrayDeque<>();
  private final Set<Tail> active = new LinkedHashSet<>();
  private final Set<Tail> unfinished = new LinkedHashSet<>();
  private final Set<Tail> unlisted = new LinkedHashSet<>();
  private final Set<Tail> fresh = new LinkedHashSet<>();
  private final Set<Tail> open = new LinkedHashSet<>();
  private final Set<Path> lookAt = new LinkedHashSet<>();
  private final Set<Tail> restingLately = new LinkedHashSet<>();
  private long nextGeneration = 1;
  private int placesOpen;
  private boolean wholeLookWanted;
  private boolean cutSinceLook;

  public TailSet(FileSource source, Clock clock, TailOptions options, TailListener listener) {
    this.source = source;
    this.clock = clock;
    this.options = options;
    this.listener = listener;
    this.copies = new CopyWatch(this);
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
    tail.headerLinesLeft = from.position().offset() == 0 ? options.skipHeaderLines() : 0;
    tail.size = Math.max(from.size(), from.position().offset());
    nextGeneration = Math.max(nextGeneration, from.generation() + 1);
    known.add(tail);
    Tail other = byKey.get(from.key());
    if (other == null || other.generation < tail.generation) {
      byKey.put(from.key(), tail);
    }
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
        .filter(file -> byKey.containsKey(file.key()))
        .sorted(Comparator.comparingLong(file -> byKey.get(file.key()).generation))
        .forEach(file -> appeared(file, fromEnd, now));
    for (FileEvent event : events) {
      if (event instanceof FileEvent.Appeared e && !byKey.containsKey(e.file().key())) {
        appeared(e.file(), fromEnd, now);
      } else if (event instanceof FileEvent.Rotated e) {
        rotated(e.file(), now);
      } else if (event instanceof FileEvent.Truncated e) {
        changed(e.file(), now);
      } else if (event instanceof FileEvent.Changed e) {
        changed(e.file(), now);
      } else if (event instanceof FileEvent.Replaced e) {
        markRotated(byKey.get(e.before().key()), now);
      } else if (event instanceof FileEvent.Vanished e) {
        vanished(byKey.get(e.before().key()), now);
      }
    }
  }

  /** Lets the fingerprint of a file that has grown cover more, so that copies of it are told. */
  void growHead(Tail tail) {
    if (tail.phase != Tail.Phase.FOLLOWING
        || fresh.contains(tail)
        || (tail.handle == null && !open(tail))) {
      return;
    }
    try {
      if (!copies.grow(tail)) {
        cut(tail, "its file holds something else", clock.nanoTime());
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
    for (Tail tail : new ArrayList<>(unlisted)) {
      if (!now.files().containsKey(tail.key)) {
        vanished(tail, clock.nanoTime());
      }
    }
    unlisted.clear();
    copies.looked();
    cutSinceLook = false;
    wholeLookWanted = false;
    lookAt.clear();
  }

  /** Whether everything must be looked at soon. */
  public boolean wholeLookWanted() {
    return wholeLookWanted;
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
    Tail tail = byKey.get(file.key());
    if (tail == null) {
      tail = begin(file.key(), file.path(), now);
      fresh.add(tail);
      tail.fromEnd = fromEnd;
      placesOpen += fromEnd ? 1 : 0;
    } else {
      if (!tail.path.equals(file.path())) {
        tail.path = file.path();
        markRotated(tail, now);
      }
      tail.gone = false;
      if (tail.handle == null) {
        if (tail.position.offset() > 0) {
          toBeVerified(tail);
        }
        // Nothing was read of it, so it may be anything by now.
        if (tail.position.offset() == 0) {
          fresh.add(tail);
          tail.rotated = false;
        }
      }
      if (tail.phase == Tail.Phase.FINISHED) {
        tail.phase = Tail.Phase.FOLLOWING;
        tail.flushed = Framer.Flush.NOTHING;
        tail.rotatedAtNanos = now;
        if (tail.rotated) {
          unfinished.add(tail);
        }
      }
    }
    seen(tail, file, now);
    markReady(tail);
    // Held from the first look on, whatever becomes of its path before it is its turn to be read.
    if (tail.handle == null && open.size() < options.maxOpenFiles()) {
      open(tail);
    }
  }

  private void rotated(FileEntry file, long now) {
    Tail tail = byKey.get(file.key());
    if (tail != null) {
      tail.path = file.path();
      markRotated(tail, now);
      markReady(tail);
    }
  }

  private void changed(FileEntry file, long now) {
    Tail tail = byKey.get(file.key());
    if (tail == null) {
      return;
    }
    long sizeBefore = tail.size;
    if (file.size() < tail.position.offset() && tail.phase != Tail.Phase.FINISHED) {
      cut(tail, "its file was truncated", now);
      tail = byKey.get(file.key());
    } else if (file.size() < sizeBefore && tail.phase == Tail.Phase.HELD) {
      cut(tail, "its file was truncated", now);
      tail = byKey.get(file.key());
    }
    seen(tail, file, now);
    markReady(tail);
  }

  private void vanished(Tail tail, long now) {
    if (tail == null || tail.phase == Tail.Phase.FINISHED) {
      return;
    }
    tail.gone = true;
    markRotated(tail, now);
    if (tail.handle == null) {
      if (tail.size > tail.position.offset() && !tail.ended) {
        gap(tail, "its file was deleted before it was read");
      }
      finish(tail);
    } else {
      markReady(tail);
    }
  }

  private void seen(Tail tail, FileEntry file, long now) {
    seen(tail, file.size(), file.changed(), now);
  }

  private void seen(Tail tail, long size, long changed, long now) {
    if (size != tail.size || changed != tail.changed) {
      tail.grewAtNanos = now;
      tail.flushed = Framer.Flush.NOTHING;
      if (tail.rotated && tail.phase == Tail.Phase.FOLLOWING) {
        unfinished.add(tail);
      }
    }
    boolean grown = size > tail.size;
    tail.size = size;
    tail.changed = changed;
    if (grown && tail.begun) {
      listener.grown(tail);
    }
    if (tail.phase != Tail.Phase.FINISHED) {
      active.add(tail);
    }
  }

  private Tail begin(FileKey key, Path path, long now) {
    Tail tail = new Tail(nextGeneration++, key, path, 0, Position.START);
    tail.headerLinesLeft = options.skipHeaderLines();
    tail.grewAtNanos = now;
    known.add(tail);
    byKey.put(key, tail);
    return tail;
  }

  private void markRotated(Tail tail, long now) {
    // Of a file that was never opened it is not known whether it is still the same.
    if (tail != null && (tail.handle != null || tail.position.offset() > 0)) {
      tail.rotated = true;
      tail.rotatedAtNanos = now;
      if (tail.phase != Tail.Phase.FINISHED) {
        unfinished.add(tail);
      }
    }
  }

  // ---- reading

  /** The tail to read next, or null when none has anything to read. Oldest first, each in turn. */
  public Tail next() {
    for (Tail tail = ready.poll(); tail != null; tail = ready.poll()) {
      tail.ready = false;
      if (readable(tail)) {
        return tail;
      }
    }
    return null;
  }

  /** Puts a tail back in the row of those to read: it has more. */
  public void again(Tail tail) {
    copies.index().add(tail);
    markReady(tail);
  }

  /** Puts a tail back to the front of the row: there was no room for what it has. */
  public void first(Tail tail) {
    copies.index().add(tail);
    if (!tail.ready) {
      tail.ready = true;
      ready.addFirst(tail);
    }
  }

  /** Where lines end in the flow's files. */
  Newlines newlines() {
    return options.newlines();
  }

  /** Whether any tail waits to be read. */
  public boolean anyReady() {
    return !ready.isEmpty();
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
    if (tail.trouble != null) {
      tail.trouble = null;
      listener.readable(tail);
    }
    copies.index().add(tail);
    tail.flushed = flush;
    if (flush == Framer.Flush.EVERYTHING) {
      if (!tail.gone) {
        unfinished.remove(tail);
      } else if (!grownMeanwhile(tail)) {
        finish(tail);
      }
    } else if (tail.position.offset() < tail.size && options.multiLineTimeoutNanos() >= 0) {
      unfinished.add(tail);
    } else if (!tail.rotated) {
      unfinished.remove(tail);
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
    cut(tail, "its file was cut or written anew", clock.nanoTime());
  }

  /** A tail could not be opened or read; it is tried again later. */
  public void trouble(Tail tail, IOException e) {
    if (!tail.gone) {
      // A stale handle of a network file system works again once the file is opened anew.
      closeHandle(tail);
      toBeVerified(tail);
    }
    if (e instanceof NoSuchFileException) {
      lookAt.add(tail.path);
      return;
    }
    String reason = reason(e);
    tail.retryAtNanos = clock.nanoTime() + TailOptions.RETRY_NANOS;
    active.add(tail);
    if (!reason.equals(tail.trouble)) {
      tail.trouble = reason;
      listener.unreadable(tail, reason);
    }
  }

  private static String reason(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    String said =
        e instanceof FileSystemException f && f.getReason() != null
            ? f.getReason()
            : e.getMessage();
    return said == null ? e.getClass().getSimpleName() : said;
  }

  private boolean readable(Tail tail) {
    if (tail.phase == Tail.Phase.FINISHED || tail.phase == Tail.Phase.CUT) {
      return false;
    }
    if (tail.handle == null && !open(tail)) {
      return false;
    }
    if (fresh.contains(tail)) {
      try {
        firstOpened(tail);
      } catch (IOException e) {
        fresh.add(tail);
        trouble(tail, e);
        return false;
      }
    }
    if (!fresh.contains(tail) && !tail.head.full()) {
      growHead(tail);
    }
    return tail.phase == Tail.Phase.FOLLOWING && !fresh.contains(tail) && tail.handle != null;
  }

  private void markReady(Tail tail) {
    if (!tail.ready && tail.phase != Tail.Phase.FINISHED && tail.phase != Tail.Phase.CUT) {
      tail.ready = true;
      ready.add(tail);
    }
  }

  // ---- handles

  /** Opens a tail's file and makes sure that it is that file. */
  boolean open(Tail tail) {
    if (waitsForRetry(tail, clock.nanoTime())) {
      active.add(tail);
      return false;
    }
    try {
      OpenFile opened = source.open(tail.path);
      if (!opened.key().equals(tail.key)) {
        other(tail.path, opened);
        return false;
      }
      hold(tail, opened);
      markReady(tail);
      if (fresh.contains(tail)) {
        firstOpened(tail);
      }
      if (tail.verifyHead) {
        tail.verifyHead = false;
        // Should it be another file by now, its size says nothing of what was lost.
        long seen = tail.size;
        tail.size = tail.heldSize;
        boolean same = verify(tail);
        tail.size = same ? seen : tail.size;
        if (!same) {
          // Another file may have its inode: whether that one was rotated is not known.
          byKey.get(opened.key()).rotated = false;
          return false;
        }
      }
      if (tail.copy && tail.phase == Tail.Phase.FOLLOWING) {
        copies.hold(tail);
      }
      return true;
    } catch (IOException e) {
      trouble(tail, e);
      return false;
    }
  }

  /** Whatever the tail's path leads to next may be another file. */
  private static void toBeVerified(Tail tail) {
    if (!tail.verifyHead) {
      tail.verifyHead = true;
      tail.heldSize = Math.max(tail.size, tail.position.offset());
    }
  }

  private static boolean waitsForRetry(Tail tail, long nowNanos) {
    return tail.trouble != null && nowNanos - tail.retryAtNanos < 0;
  }

  /** A path led to another file than was seen there; it is held before it is gone, too. */
  private void other(Path path, OpenFile opened) throws IOException {
    if (!byKey.containsKey(opened.key())) {
      Tail tail = begin(opened.key(), path, clock.nanoTime());
      fresh.add(tail);
      unlisted.add(tail);
      hold(tail, opened);
      firstOpened(tail);
      tail.size = opened.size();
      active.add(tail);
      markReady(tail);
    } else {
      opened.close();
    }
    wholeLookWanted = true;
  }

  private void hold(Tail tail, OpenFile opened) {
    closeIdle();
    tail.handle = opened;
    open.add(tail);
  }

  /** Finds out what a new file is. An empty one may yet become a copy: that is put off. */
  private void firstOpened(Tail tail) throws IOException {
    // The first bytes of a copy in the making tell nothing yet, and there is no line to read
    // either.
    if (!tail.fromEnd && !tail.rotated && copies.tooShortToTell(tail)) {
      return;
    }
    fresh.remove(tail);
    copies.examine(tail);
    if (tail.phase == Tail.Phase.FOLLOWING) {
      begun(tail);
    }
  }

  /** Decides where a new generation begins, and says so. */
  private void begun(Tail tail) throws IOException {
    if (tail.fromEnd) {
      Position end = EndOfLines.find(tail.handle, tail.size, options.newlines());
      tail.startAt(end.offset(), end);
    }
    placed(tail);
    listener.started(tail, tail.fromEnd ? "it was there at the first start" : tail.why);
  }

  /** It is decided where a generation begins. */
  private void placed(Tail tail) {
    if (!tail.begun) {
      tail.begun = true;
      placesOpen -= tail.fromEnd ? 1 : 0;
    }
  }

  private void closeIdle() {
    for (Iterator<Tail> oldest = open.iterator();
        open.size() >= options.maxOpenFiles() && oldest.hasNext(); ) {
      Tail tail = oldest.next();
      if (idle(tail)) {
        oldest.remove();
        close(tail);
        toBeVerified(tail);
      }
    }
  }

  /**
   * Whether a tail has read all that its file holds, and finds the file again by its path. What is
   * remembered of that may have changed: the path is looked at last, for what is written while
   * there is a path to it is not lost.
   */
  private boolean idle(Tail tail) {
    if (tail.phase != Tail.Phase.FOLLOWING || tail.gone || tail.ready) {
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

  private void closeHandle(Tail tail) {
    open.remove(tail);
    close(tail);
  }

  private void close(Tail tail) {
    OpenFile handle = tail.handle;
    tail.handle = null;
    if (handle != null) {
      try {
        handle.close();
      } catch (IOException e) {
        listener.unreadable(tail, "its handle could not be closed: " + reason(e));
      }
    }
  }

  /** Whether a tail's file still holds what was read of it; where it does not, the tail is cut. */
  boolean verify(Tail tail) throws IOException {
    if (tail.handle == null) {
      return false;
    }
    byte[] data = new byte[Fingerprint.FULL_LENGTH];
    int got = tail.handle.read(0, data, 0, data.length);
    boolean same = tail.head.matches(data, got);
    if (same && tail.position.offset() > 0) {
      int near = tail.position.nearLength();
      got = tail.handle.read(tail.position.offset() - near, data, 0, near);
      if (got < near && tail.handle.size() >= tail.position.offset()) {
        throw new IOException("a read ended before the end of the file");
      }
      same = got == near && Fingerprint.hash(data, 0, near) == tail.position.near();
    }
    if (same) {
      copies.index().add(tail);
    } else {
      cut(tail, "its file holds something else", clock.nanoTime());
    }
    return same;
  }

  // ---- cuts and copies

  /** A generation ends because its file lost its content; the file begins a new one. */
  private void cut(Tail tail, String how, long now) {
    if (tail.phase == Tail.Phase.CUT || tail.phase == Tail.Phase.FINISHED) {
      return;
    }
    copies.release(tail);
    fresh.remove(tail);
    OpenFile handle = tail.handle;
    tail.handle = null;
    open.remove(tail);
    unfinished.remove(tail);
    active.remove(tail);
    tail.phase = Tail.Phase.CUT;
    if (byKey.get(tail.key) == tail) {
      Tail next = begin(tail.key, tail.path, now);
      fresh.add(next);
      next.why = how;
      next.gone = tail.gone;
      next.rotated = tail.rotated;
      next.rotatedAtNanos = tail.rotatedAtNanos;
      next.trouble = tail.trouble;
      if (next.rotated) {
        unfinished.add(next);
      }
      if (handle != null) {
        hold(next, handle);
      }
      active.add(next);
      markReady(next);
    }
    placed(tail);
    copies.seek(tail);
    cutSinceLook = true;
    wholeLookWanted = true;
  }

  /** No file goes on with what a generation had not read when it was cut. */
  void lost(Tail cut) {
    if (cut.size > cut.position.offset() && !cut.ended) {
      gap(cut, "its file was cut before it was read, and no copy of it matches the pattern");
    }
    cut.phase = Tail.Phase.FINISHED;
    forget(cut);
    listener.finished(cut, true);
  }

  /** A generation goes on in another file, which holds what it had read and more. */
  void adopt(Tail original, Tail file) {
    listener.finished(file, true);
    placed(file);
    byKey.remove(original.key, original);
    open.remove(file);
    original.tradeFiles(file);
    file.phase = Tail.Phase.FINISHED;
    forget(file);
    original.phase = Tail.Phase.FOLLOWING;
    settleDown(original);
    markRotated(original, clock.nanoTime());
    listener.recognised(original, "its content was copied before it was cut");
  }

  /**
   * A generation goes on in a file that holds all that its own has, and more; its own is the copy.
   */
  void exchange(Tail original, Tail file) {
    original.tradeFiles(file);
    settleDown(file);
    settleDown(original);
    listener.recognised(original, file.path + " turned out to be its copy");
  }

  /** A generation is in another file than before: the lists follow. */
  private void settleDown(Tail tail) {
    byKey.put(tail.key, tail);
    if (tail.handle != null) {
      open.add(tail);
    }
    if (tail.rotated) {
      unfinished.add(tail);
    } else {
      unfinished.remove(tail);
    }
    active.add(tail);
    markReady(tail);
  }

  /** A held file is no copy, or is one no longer: it is read from where it stands. */
  void release(Tail file) {
    file.phase = Tail.Phase.FOLLOWING;
    file.copy = false;
    if (!file.begun) {
      try {
        begun(file);
      } catch (IOException e) {
        trouble(file, e);
      }
    }
    if (file.rotated) {
      unfinished.add(file);
    }
    active.add(file);
    markReady(file);
  }

  /** A file that was taken for a copy is read from its beginning after all. */
  void startOver(Tail file) {
    file.headerLinesLeft = options.skipHeaderLines();
    file.startAt(0, Position.START);
  }

  /** What a copy holds of its original is done with in the copy too. */
  void skipCopied(Tail file, Tail original, Position verified) {
    boolean first = file.position.offset() == 0;
    file.copy = true;
    file.startAt(original.origin, verified);
    placed(file);
    if (first) {
      listener.recognised(file, "it is a copy of " + original.path);
    }
    listener.started(file, "what it shares with " + original.path + " was shipped from there");
  }

  private void gap(Tail tail, String how) {
    long bytes = tail.size - tail.position.offset();
    tail.account.gap(bytes);
    // It is said once, not again at the next start.
    tail.size = tail.position.offset();
    listener.gap(tail, bytes, how);
  }

  private void cameToRest(Tail tail) {
    restingLately.remove(tail);
    restingLately.add(tail);
    if (restingLately.size() > MOST_RESTING_LATELY) {
      Tail longest = restingLately.iterator().next();
      restingLately.remove(longest);
      if (!active.contains(longest)) {
        longest.rungs.rest();
      }
    }
  }

  void finish(Tail tail) {
    closeHandle(tail);
    active.remove(tail);
    unfinished.remove(tail);
    copies.release(tail);
    fresh.remove(tail);
    placed(tail);
    tail.phase = Tail.Phase.FINISHED;
    cameToRest(tail);
    listener.finished(tail, false);
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
    int grown = 0;
    for (Tail tail : new ArrayList<>(active)) {
      if (tail.phase == Tail.Phase.FINISHED || tail.phase == Tail.Phase.CUT) {
        active.remove(tail);
        continue;
      }
      if (hinted && tail.trouble == null && now - tail.pollDueNanos < 0) {
        continue;
      }
      long rest = now - tail.grewAtNanos;
      tail.pollDueNanos = now + Math.min(rest, TailOptions.RESTING_POLL_NANOS);
      if (poll(tail, now)) {
        grown++;
      } else if (rest > TailOptions.ACTIVE_NANOS
          && tail.trouble == null
          && tail.phase == Tail.Phase.FOLLOWING) {
        active.remove(tail);
        cameToRest(tail);
      }
    }
    return grown;
  }

  private boolean poll(Tail tail, long now) {
    if (tail.trouble != null && tail.handle == null) {
      if (!waitsForRetry(tail, now)) {
        markReady(tail);
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
    int work = copies.busy() ? copies.step(now, !cutSinceLook && allExamined()) : 0;
    for (Tail tail : new ArrayList<>(unfinished)) {
      if (tail.phase == Tail.Phase.FOLLOWING
          && !tail.ready
          && !waitsForRetry(tail, now)
          && flush(tail, now).compareTo(tail.flushed) > 0
          && (tail.rotated || tail.position.offset() < tail.size)) {
        markReady(tail);
        work++;
      } else if (tail.phase == Tail.Phase.FINISHED || tail.phase == Tail.Phase.CUT) {
        unfinished.remove(tail);
      }
    }
    return work;
  }

  /** Examines the files that were too short so far, and tells whether none is left unseen. */
  private boolean allExamined() {
    boolean all = true;
    for (Tail tail : new ArrayList<>(active)) {
      if (tail.verifyHead && tail.phase == Tail.Phase.FOLLOWING && !tail.gone) {
        all &= open(tail);
      }
    }
    for (Tail tail : copies.shortHeads()) {
      growHead(tail);
    }
    for (Tail tail : new ArrayList<>(fresh)) {
      if (tail.handle == null && !open(tail)) {
        all &= tail.gone;
      } else if (fresh.contains(tail)) {
        try {
          firstOpened(tail);
        } catch (IOException e) {
          trouble(tail, e);
          all = false;
        }
      }
      if (!fresh.contains(tail)) {
        markReady(tail);
      }
    }
    return all;
  }

  /** Looks at a file whose content is said to have changed. */
  public int touched(FileKey key) {
    Tail tail = byKey.get(key);
    return tail != null && tail.phase != Tail.Phase.FINISHED && poll(tail, clock.nanoTime())
        ? 1
        : 0;
  }

  /** Whether any file must be looked at again soon without a hint. */
  public boolean restless() {
    return !active.isEmpty() || !unfinished.isEmpty() || copies.busy();
  }

  /** Whether it is not decided yet where some file begins that was there at the first look. */
  public boolean placesOpen() {
    return placesOpen > 0;
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
    for (Tail tail : known) {
      if (tail.phase == Tail.Phase.FINISHED && tail.size > tail.position.offset() && !tail.ended) {
        gap(tail, "its file was not found again at the start");
      }
    }
  }

  /** All generations that are known, those at rest included. */
  public Collection<Tail> all() {
    return known;
  }

  /** Forgets a generation that is over. */
  public void forget(Tail tail) {
    known.remove(tail);
    byKey.remove(tail.key, tail);
    open.remove(tail);
    close(tail);
    active.remove(tail);
    unfinished.remove(tail);
    fresh.remove(tail);
    unlisted.remove(tail);
    restingLately.remove(tail);
    copies.drop(tail);
  }

  /** How many handles are open. */
  public int openFiles() {
    return open.size();
  }

  /** Closes every handle. Nothing is read afterwards. */
  public void close() {
    for (Tail tail : new ArrayList<>(open)) {
      closeHandle(tail);
    }
  }
}
