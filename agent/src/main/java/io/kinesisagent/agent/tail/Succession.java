package io.kinesisagent.agent.tail;

import io.kinesisagent.agent.files.OpenFile;
import io.kinesisagent.spi.Clock;
import java.io.IOException;
import java.nio.file.Path;

/**
 * What becomes of a generation when its file is cut, copied, or no more: it ends, or goes on in
 * another file. Owned by the flow's thread.
 */
final class Succession {
  private final Registry registry;
  private final Attention attention;
  private final Handles handles;
  private final Beginnings beginnings;
  private final CopyWatch copies;
  private final Clock clock;
  private final TailListener listener;
  private boolean cutSinceLook;

  Succession(
      Registry registry,
      Attention attention,
      Handles handles,
      Beginnings beginnings,
      CopyWatch copies,
      Clock clock,
      TailListener listener) {
    this.registry = registry;
    this.attention = attention;
    this.handles = handles;
    this.beginnings = beginnings;
    this.copies = copies;
    this.clock = clock;
    this.listener = listener;
  }

  /** Whether a generation was cut since everything was looked at. */
  boolean cutSinceLook() {
    return cutSinceLook;
  }

  /** Says that everything was looked at. */
  void looked() {
    cutSinceLook = false;
  }

  /** A generation ends because its file lost its content; the file begins a new one. */
  void cut(Tail tail, String how, long now) {
    if (tail.over()) {
      return;
    }
    copies.release(tail);
    beginnings.drop(tail);
    boolean held = tail.held();
    OpenFile handle = handles.take(tail);
    attention.drop(tail);
    tail.phase = Tail.Phase.CUT;
    if (registry.in(tail.key) == tail) {
      Tail next = registry.begin(tail.key, tail.path, now);
      beginnings.expect(next);
      next.why = how;
      next.gone = tail.gone;
      // Where it was not held another file may have its inode, of which no rotation is known.
      next.rotated = tail.rotated && held;
      next.rotatedAtNanos = tail.rotatedAtNanos;
      next.trouble = tail.trouble;
      next.troubledNanos = tail.troubledNanos;
      if (next.rotated) {
        attention.finishLater(next);
      }
      if (handle != null) {
        handles.hold(next, handle);
      }
      attention.watch(next);
      attention.read(next);
    }
    tail.trouble = null;
    seek(tail);
  }

  /** A generation's file is deleted, and its handle reads nothing more. */
  void unreadable(Tail tail) {
    copies.release(tail);
    beginnings.drop(tail);
    handles.close(tail);
    attention.drop(tail);
    registry.left(tail);
    tail.phase = Tail.Phase.CUT;
    seek(tail);
  }

  /** What a generation had not read may be in a copy. */
  private void seek(Tail cut) {
    beginnings.placed(cut);
    copies.seek(cut);
    cutSinceLook = true;
  }

  /** No file goes on with what a generation had not read when it was cut. */
  void lost(Tail cut) {
    if (cut.written() > cut.position.offset() && !cut.ended) {
      String how =
          cut.trouble == null
              ? "its file was cut before it was read"
              : "its file was deleted and cannot be read (" + cut.trouble + ")";
      gap(cut, how + ", and no copy of it matches the pattern");
    }
    cut.phase = Tail.Phase.FINISHED;
    forget(cut);
    listener.finished(cut, true);
  }

  /**
   * A generation goes on in another file, which holds what it had read and more. Where that is at
   * the path that the generation had, it took the place of the old one, as after a restore, and is
   * written to; anywhere else it is a copy that was put aside, and its writer has let go of it.
   */
  void adopt(Tail original, Tail file) {
    Path ownPath = original.path;
    listener.finished(file, true);
    beginnings.placed(file);
    registry.left(original);
    original.tradeFiles(file);
    handles.note(file);
    file.phase = Tail.Phase.FINISHED;
    forget(file);
    original.phase = Tail.Phase.FOLLOWING;
    boolean inItsPlace = !original.gone && original.path.equals(ownPath);
    if (inItsPlace) {
      original.rotated = false;
    } else {
      attention.rotated(original, clock.nanoTime());
    }
    settleDown(original);
    listener.recognised(original, "its content was copied before it was cut");
  }

  /**
   * The file that a cut generation would go on in was read as far as that one, or further: it goes
   * on by itself, and what the generation had not read is read there.
   *
   * @throws IOException where the file is to begin at its end, which cannot be found at the moment
   */
  void supersede(Tail original, Tail file) throws IOException {
    original.phase = Tail.Phase.FINISHED;
    forget(original);
    listener.finished(original, true);
    release(file);
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
    registry.moved(tail);
    handles.note(tail);
    if (tail.rotated) {
      attention.finishLater(tail);
    } else {
      attention.finishNoMore(tail);
    }
    attention.watch(tail);
    attention.read(tail);
  }

  /**
   * A held file is no copy, or is one no longer: it is read from where it stands.
   *
   * @throws IOException where it is to begin at its end, which cannot be found at the moment
   */
  void release(Tail file) throws IOException {
    file.phase = Tail.Phase.FOLLOWING;
    file.copy = false;
    if (file.rotated) {
      attention.finishLater(file);
    }
    attention.watch(file);
    attention.read(file);
    if (!file.begun) {
      beginnings.begin(file);
    }
  }

  /** A file that was taken for a copy is read from its beginning after all. */
  void startOver(Tail file) {
    registry.startOver(file);
    listener.started(file, "it began like a copy, and is none");
  }

  /** What a copy holds of its original is done with in the copy too. */
  void skipCopied(Tail file, Tail original, Position verified) {
    boolean first = file.position.offset() == 0;
    file.copy = true;
    file.startAt(original.origin, verified);
    beginnings.placed(file);
    if (first) {
      listener.recognised(file, "it is a copy of " + original.path);
    }
    listener.started(file, "what it shares with " + original.path + " was shipped from there");
  }

  void gap(Tail tail, String how) {
    long bytes = tail.written() - tail.position.offset();
    tail.account.gap(bytes);
    // It is said once, not again at the next start.
    tail.size = tail.position.offset();
    listener.gap(tail, bytes, how);
  }

  void finish(Tail tail) {
    handles.close(tail);
    attention.drop(tail);
    copies.release(tail);
    beginnings.drop(tail);
    beginnings.placed(tail);
    tail.phase = Tail.Phase.FINISHED;
    attention.rest(tail);
    listener.finished(tail, false);
  }

  /** Forgets a generation that is over. */
  void forget(Tail tail) {
    registry.forget(tail);
    handles.close(tail);
    attention.drop(tail);
    beginnings.drop(tail);
    copies.drop(tail);
  }
}
