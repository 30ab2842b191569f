package io.kinesisagent.agent.flow;

import io.kinesisagent.agent.tail.Tail;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Decides which generations of a flow are over for good: those whose file was not seen for the time
 * that checkpoints are kept, and the oldest of those above {@link #MOST_GONE}, so that months of
 * rotations fit into flat memory and a flat checkpoint file. A file that is there, or may be where
 * nobody can look, is never among them. Owned by the flow's thread.
 */
final class Retention {
  /** Most generations kept of files that are gone. */
  static final int MOST_GONE = 10_000;

  private static final long CHECK_NANOS = TimeUnit.HOURS.toNanos(1);
  private static final long REFRESH_NANOS = TimeUnit.HOURS.toNanos(12);

  private final long keptNanos;
  private Map<Long, Long> unseenSince = new HashMap<>();
  private boolean begun;
  private long checkDueNanos;
  private long refreshDueNanos;

  /**
   * @param keptNanos how long what is known of a file that is gone is kept
   */
  Retention(long keptNanos) {
    this.keptNanos = keptNanos;
  }

  /** Takes note that a generation comes from an earlier run, in which it was seen last. */
  void restored(long generation, long unseenNanos, long nowNanos) {
    unseenSince.put(generation, nowNanos - unseenNanos);
  }

  /** Whether it is time to look at all generations; the first time is at once. */
  boolean due(long nowNanos) {
    if (!begun) {
      begun = true;
      checkDueNanos = nowNanos;
      refreshDueNanos = nowNanos + REFRESH_NANOS;
    }
    return nowNanos - checkDueNanos >= 0;
  }

  /**
   * The generations to forget now.
   *
   * @param mayBeThere whether a file that was not seen may be there all the same
   */
  List<Tail> over(Collection<Tail> all, Predicate<Tail> mayBeThere, long nowNanos) {
    checkDueNanos = nowNanos + CHECK_NANOS;
    Map<Long, Long> stillGone = new HashMap<>();
    List<Tail> gone = new ArrayList<>();
    for (Tail tail : all) {
      if (tail.phase() == Tail.Phase.FINISHED && tail.gone()) {
        stillGone.put(tail.generation(), since(tail, nowNanos));
        if (!mayBeThere.test(tail)) {
          gone.add(tail);
        }
      }
    }
    unseenSince = stillGone;
    gone.sort(Comparator.comparingLong((Tail tail) -> since(tail, nowNanos) - nowNanos));
    int tooMany = gone.size() - MOST_GONE;
    List<Tail> over = new ArrayList<>();
    for (Tail tail : gone) {
      if (over.size() < tooMany || nowNanos - since(tail, nowNanos) > keptNanos) {
        over.add(tail);
      }
    }
    over.forEach(tail -> unseenSince.remove(tail.generation()));
    return over;
  }

  /**
   * The generations to keep anew, though they have not moved: a checkpoint tells by its time when
   * its file was last seen, which a restart counts from. To be asked before {@link #over}.
   */
  List<Tail> stale(Collection<Tail> all, long nowNanos) {
    boolean everyone = nowNanos - refreshDueNanos >= 0;
    if (everyone) {
      refreshDueNanos = nowNanos + REFRESH_NANOS;
    }
    // One of which nothing was read may not have its place yet.
    return all.stream()
        .filter(tail -> !tail.gone() && tail.watermark().offset() > 0 && !tail.forgotten())
        .filter(tail -> everyone || nowNanos - since(tail, nowNanos) > REFRESH_NANOS)
        .toList();
  }

  private long since(Tail tail, long nowNanos) {
    return unseenSince.getOrDefault(tail.generation(), nowNanos);
  }
}
