package io.kinesisagent.agent.tail;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds out, a little at a time, which of the generations that are known a held file is a copy of,
 * and how far. Of several the one counts by which the least of the file is left to read.
 *
 * <p>A copy that is being made is a beginning of its original: the answer waits until it has become
 * as long as the original was when the copy was first seen, or has stopped growing.
 */
final class CopyCheck {
  private final Tail file;
  private final CopyWatch watch;
  private final List<Comparison> comparisons = new ArrayList<>();
  private Comparison best;
  private boolean skipped;
  private long restingAtSize = -1;
  private long restingAtWrites;

  CopyCheck(Tail file, CopyWatch watch) {
    this.file = file;
    this.watch = watch;
  }

  Tail file() {
    return file;
  }

  /** The comparison that the last answer comes from. */
  Comparison best() {
    return best;
  }

  /** Whether a beginning of the file was passed over because its original has it. */
  boolean skipped() {
    return skipped;
  }

  void skip() {
    skipped = true;
  }

  /**
   * How many bytes are known to be equal to some generation's: it grows while there is progress.
   */
  long verifiedBytes() {
    return comparisons.stream().mapToLong(Comparison::verifiedBytes).sum();
  }

  /** Compares with this generation, too. */
  void offer(Tail candidate) {
    offer(candidate, candidate.written());
  }

  void offer(Tail candidate, long wholeBytes) {
    if (candidate != file && !involves(candidate)) {
      comparisons.add(new Comparison(file, candidate, wholeBytes, watch));
    }
  }

  /** Whether there is anything to compare with. */
  boolean open() {
    return !comparisons.isEmpty();
  }

  boolean involves(Tail tail) {
    return comparisons.stream().anyMatch(comparison -> comparison.original() == tail);
  }

  /** A generation is no more. */
  void withdraw(Tail tail) {
    comparisons.removeIf(comparison -> comparison.original() == tail);
  }

  /** Whether nothing has changed since all of the file was found to be in its original. */
  boolean resting() {
    return restingAtSize >= 0
        && restingAtSize == file.size
        && restingAtWrites == file.writes
        && !file.gone
        && comparisons.contains(best)
        && best.original().phase == Tail.Phase.FOLLOWING;
  }

  /** Ends the rest: something is left to do. */
  void stir() {
    restingAtSize = -1;
  }

  /** Looks at a little more of everything that the file may be a copy of. */
  Comparison.Finding step(long nowNanos) throws IOException {
    restingAtSize = -1;
    best = null;
    long writes = file.writes;
    boolean unclear = false;
    // A look may find more to compare with, or take something away.
    List<Comparison> now = List.copyOf(comparisons);
    for (Comparison comparison : now) {
      Comparison.Finding finding = comparison.step(nowNanos);
      if (!comparisons.contains(comparison)) {
        continue;
      }
      switch (finding) {
        case UNCLEAR -> unclear = true;
        case DIFFERENT -> comparisons.remove(comparison);
        case COVERED -> {
          best = comparison;
          restingAtSize = comparison.sizeBytes();
          restingAtWrites = writes;
          return Comparison.Finding.COVERED;
        }
        default -> {
          if (best == null || comparison.knownBytes() > best.knownBytes()) {
            best = comparison;
          }
        }
      }
    }
    unclear |= !now.containsAll(comparisons);
    if (unclear) {
      return Comparison.Finding.UNCLEAR;
    }
    return best == null ? Comparison.Finding.DIFFERENT : best.finding();
  }
}
