package io.kinesisagent.agent.tail;

import io.kinesisagent.agent.frame.Bytes;
import io.kinesisagent.agent.frame.Newlines;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Holds files that look like copies until it is clear what they are, and finds the copies that
 * generations go on in when their files were cut. Owned by the flow's thread.
 */
final class CopyWatch {
  private static final int BUFFER_BYTES = 128 * 1024;

  private final HeadIndex index = new HeadIndex();
  private final List<CopyCheck> checks = new ArrayList<>();
  private final List<Tail> seeking = new ArrayList<>();
  private final Set<Tail> shortHeads = new LinkedHashSet<>();
  private final FileIdentifier identifier;
  private final Strays strays;
  private final Newlines newlines;
  private final Window window;
  private final TailListener listener;
  private Succession succession;
  private Opener opener;

  /** The file that others are compared with only once their fingerprints have grown, or null. */
  private Tail examined;

  private boolean lookedAtAll;
  private byte[][] buffers;

  /**
   * @param newlines where lines end in the flow's files
   */
  CopyWatch(FileIdentifier identifier, Strays strays, Newlines newlines, TailListener listener) {
    this.identifier = identifier;
    this.strays = strays;
    this.newlines = newlines;
    this.window = new Window(newlines);
    this.listener = listener;
  }

  /** Names what carries out what becomes clear, and what opens files. Before anything else. */
  void relyOn(Succession whatBecomesOfThem, Opener wayToThem) {
    succession = whatBecomesOfThem;
    opener = wayToThem;
  }

  HeadIndex index() {
    return index;
  }

  /** Whether anything waits to become clear. */
  boolean busy() {
    if (!seeking.isEmpty()) {
      return true;
    }
    // Asked several times a step, and nearly always of an empty list.
    for (int i = 0; i < checks.size(); i++) {
      if (!checks.get(i).resting()) {
        return true;
      }
    }
    return false;
  }

  /** Whether a held file was found to be a copy, of which nothing is to be read for now. */
  boolean resting(Tail held) {
    return checks.stream().anyMatch(check -> check.file() == held && check.resting());
  }

  /** Whether a file has too few bytes to be compared with others, and no whole line among them. */
  boolean tooShortToTell(Tail file) throws IOException {
    byte[] first = new byte[HeadIndex.LEAST_BYTES];
    int available = file.handle.read(0, first, 0, first.length);
    return available < first.length && Bytes.newline(first, 0, available) < 0;
  }

  /**
   * Looks at the beginning of a file that was opened first, and holds the file where that is the
   * beginning of a generation that is known.
   */
  void examine(Tail file) throws IOException {
    compare(file, identify(file));
  }

  /**
   * Lets the fingerprint of a file cover more once the file has grown. What was too short to tell a
   * copy by is held where it turns out to begin like a generation that is known.
   *
   * @return whether the file still begins with what its fingerprint covered
   */
  boolean grow(Tail file) throws IOException {
    FileIdentity grown = identify(file);
    if (!identifier.continues(file.identity(), Position.START, file.handle)) {
      return false;
    }
    if (grown.head().full()) {
      compare(file, grown);
    } else {
      fingerprint(file, grown);
    }
    return true;
  }

  private FileIdentity identify(Tail file) throws IOException {
    return identifier.identify(file.handle, file.position.offset());
  }

  /** Whether a file still holds what was read of it. */
  boolean continues(Tail tail) throws IOException {
    boolean same = identifier.continues(tail.identity(), tail.position, tail.handle);
    if (same) {
      index.add(tail);
    }
    return same;
  }

  /** The generations whose fingerprint does not cover all yet that one can. */
  List<Tail> shortHeads() {
    return List.copyOf(shortHeads);
  }

  /** What a file may be a copy of may have grown, too, to where that can be told. */
  private void growShortHeads(Tail file) {
    if (!file.head.full() || examined != null) {
      return;
    }
    examined = file;
    for (Tail tail : shortHeads()) {
      boolean alike =
          tail.head.length() < HeadIndex.LEAST_BYTES || tail.firstBytes == file.firstBytes;
      if (alike && tail != file) {
        opener.growHead(tail);
      }
    }
    examined = null;
  }

  /** Whether it is being found out what a file is: its handle stays open meanwhile. */
  boolean examining(Tail file) {
    return file == examined;
  }

  /** Holds a file again that an earlier run held as a copy. */
  void hold(Tail file) throws IOException {
    compare(file, identify(file));
    if (file.phase == Tail.Phase.FOLLOWING) {
      file.copy = false;
    }
  }

  private void fingerprint(Tail file, FileIdentity identity) {
    file.head = identity.head();
    file.firstBytes = identity.firstBytes();
    note(file);
  }

  /**
   * A file that was found to be a copy begins as its original does, whatever it began like when it
   * was first looked at.
   */
  private void beginsLike(Tail file, Tail original) {
    if (original.head.full()) {
      index.remove(file);
      fingerprint(file, original.identity());
    }
  }

  private void note(Tail tail) {
    if (tail.head.full()) {
      shortHeads.remove(tail);
    } else {
      shortHeads.add(tail);
    }
  }

  /** Takes up a generation that an earlier run left. */
  void restore(Tail tail) {
    note(tail);
    index.add(tail);
  }

  private void compare(Tail file, FileIdentity identity) {
    index.remove(file);
    fingerprint(file, identity);
    growShortHeads(file);
    CopyCheck check = new CopyCheck(file, this);
    index.candidates(file.head, file.firstBytes).forEach(check::offer);
    if (check.open()) {
      file.phase = Tail.Phase.HELD;
      if (file.begun) {
        // The next start is to know of one that was read before that it is held.
        listener.seen(file);
      }
      checks.add(check);
    } else {
      known(file);
    }
  }

  /** Seeks the rest of a generation whose file was cut, among the files that are held or appear. */
  void seek(Tail cut) {
    seeking.add(cut);
  }

  /**
   * One of two buffers to compare files with, held only as long as there is anything to compare.
   */
  byte[] buffer(int which) {
    if (buffers == null) {
      buffers = new byte[2][BUFFER_BYTES];
    }
    return buffers[which];
  }

  /** Through which a held file is read. */
  Window window() {
    return window;
  }

  /** Where lines end in the flow's files. */
  Newlines newlines() {
    return newlines;
  }

  /** Whether an original still holds what was read of it; where it does not, that is dealt with. */
  boolean intact(Tail original) throws IOException {
    return opener.verify(original);
  }

  /** An original could not be read: its file is opened anew. */
  void unreadable(Tail original, IOException e) {
    opener.troubleMeanwhile(original, e);
  }

  /** Takes the place of a held file away from it: its content is another one now. */
  void release(Tail file) {
    checks.removeIf(check -> check.file() == file);
  }

  /** Says that everything was looked at. */
  void looked() {
    lookedAtAll = true;
  }

  /**
   * Whether what an earlier run left may yet be found: before everything was looked at, and where
   * nobody can look.
   */
  boolean mayYetBeFound(Tail original) {
    return !lookedAtAll || strays.unseen(original.path);
  }

  /** Forgets a generation. */
  void drop(Tail tail) {
    release(tail);
    checks.forEach(check -> check.withdraw(tail));
    seeking.remove(tail);
    shortHeads.remove(tail);
    index.remove(tail);
  }

  /**
   * Goes on with everything that is not clear yet.
   *
   * @param looked whether all files were looked at since the last cut was found
   * @return the number of files that more became clear of
   */
  int step(long nowNanos, boolean looked) {
    int settled = 0;
    for (CopyCheck check : new ArrayList<>(checks)) {
      long before = check.verifiedBytes();
      if (checks.contains(check) && (step(check, nowNanos) || check.verifiedBytes() > before)) {
        settled++;
      }
    }
    // A file that is held no longer may have grown: it is examined anew before a rest is given up.
    if (looked && settled == 0) {
      for (Tail cut : new ArrayList<>(seeking)) {
        if (seeking.contains(cut)
            && !strays.unseen(cut.path)
            && checks.stream().noneMatch(c -> c.involves(cut))) {
          seeking.remove(cut);
          succession.lost(cut);
          settled++;
        }
      }
    }
    if (checks.isEmpty()) {
      buffers = null;
    }
    return settled;
  }

  private boolean step(CopyCheck check, long nowNanos) {
    Tail file = check.file();
    if (!file.held() || check.resting()) {
      return false;
    }
    try {
      Comparison.Finding finding = check.step(nowNanos);
      opener.works(file);
      return act(check, finding);
    } catch (IOException e) {
      opener.trouble(file, e);
      return false;
    }
  }

  private boolean act(CopyCheck check, Comparison.Finding finding) throws IOException {
    Tail file = check.file();
    switch (finding) {
      case UNCLEAR -> {
        return false;
      }
      case DIFFERENT -> {
        checks.remove(check);
        if (check.skipped()) {
          // It began like a copy and turned out to be a file of its own.
          succession.startOver(file);
        }
        known(file);
        succession.release(file);
      }
      case COVERED -> {
        // It stays held: as long as its original is there, it may still be being copied.
        if (!skipCopied(check)) {
          check.stir();
          return false;
        }
        if (!file.gone) {
          return false;
        }
        checks.remove(check);
        succession.finish(file);
      }
      case DIVERGED -> {
        if (!skipCopied(check)) {
          return false;
        }
        checks.remove(check);
        known(file);
        succession.release(file);
      }
      case CONTINUES -> {
        Tail original = check.best().original();
        checks.remove(check);
        seeking.remove(original);
        if (file.position.offset() < original.position.offset()) {
          succession.adopt(original, file);
        } else {
          known(file);
          succession.supersede(original, file);
        }
      }
      case EXTENDS -> {
        Tail original = check.best().original();
        beginsLike(file, original);
        long whole = original.written();
        succession.exchange(original, file);
        checks.remove(check);
        CopyCheck turned = new CopyCheck(file, this);
        turned.offer(original, whole);
        checks.add(turned);
      }
    }
    return true;
  }

  /** What is held may be a copy of this file, too. */
  private void known(Tail file) {
    index.add(file);
    if (file.head.full()) {
      for (CopyCheck check : checks) {
        Tail held = check.file();
        boolean alike =
            held.head.full()
                ? held.head.equals(file.head)
                : held.firstBytes == file.firstBytes && held.head.length() >= HeadIndex.LEAST_BYTES;
        if (alike) {
          check.offer(file);
        }
      }
    }
  }

  /** Passes over what a file shares with its original; not while some of the file is in flight. */
  private boolean skipCopied(CopyCheck check) {
    Tail file = check.file();
    Position shared = check.best().shared();
    if (file.position.offset() < shared.offset()) {
      if (!file.settled()) {
        return false;
      }
      check.skip();
      beginsLike(file, check.best().original());
      succession.skipCopied(file, check.best().original(), shared);
    }
    return true;
  }

  /** Opens an original whose handle was closed while it was idle. */
  boolean reopen(Tail original) {
    return opener.open(original);
  }
}
