package io.kinesisagent.agent.app;

import io.kinesisagent.agent.flow.FlowTask;
import io.kinesisagent.agent.metrics.FlowMetrics;
import io.kinesisagent.agent.tail.Account;
import io.kinesisagent.agent.tail.Tail;
import io.kinesisagent.spi.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Draws up a flow's status: sums the books of its generations, those that are forgotten by now
 * included, and remembers a few moments to tell rates by. Owned by the flow's thread.
 */
final class FlowBooks {
  private static final int MOST_FILES_SHOWN = 100;

  private Account closed = new Account();
  private final Set<Tail> known = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Pace pace = new Pace();
  private final Clock clock;

  /**
   * @param clock that the flow tells by when bytes were appended
   */
  FlowBooks(Clock clock) {
    this.clock = clock;
  }

  /** Takes note of a generation whose books are to be kept. */
  void add(Tail tail) {
    known.add(tail);
  }

  /** Begins anew, with the task. */
  void clear() {
    known.clear();
    pace.clear();
    closed = new Account();
  }

  /**
   * The status at this moment.
   *
   * @param before whose names are kept
   * @param metrics what was counted since the start
   * @param heldBytes of memory, by batches
   */
  FlowStatus status(
      FlowStatus before, FlowTask task, FlowMetrics metrics, long heldBytes, long nowNanos) {
    known.addAll(task.tails());
    Account sum = sum();
    List<Tail> shown = new ArrayList<>();
    long ages = clock.nanoTime();
    int behind = 0;
    long bytes = 0;
    long unread = 0;
    long size = 0;
    long longest = 0;
    for (Tail tail : task.tails()) {
      if (tail.phase() == Tail.Phase.FINISHED && tail.bytesBehind() == 0) {
        continue;
      }
      shown.add(tail);
      if (tail.bytesBehind() > 0) {
        behind++;
        bytes += tail.bytesBehind();
        unread += tail.bytesUnread();
        size += tail.size();
        longest = Math.max(longest, tail.behindForNanos(ages));
      }
    }
    FlowStatus.Lag lag =
        new FlowStatus.Lag(
            shown.size(), behind, bytes, unread, size, TimeUnit.NANOSECONDS.toSeconds(longest));
    return new FlowStatus(
        before.flow(),
        before.destination(),
        before.state(),
        shown(shown).stream().map(tail -> FileStatus.of(tail, ages)).toList(),
        lag,
        pace.at(
            new Pace.Sample(
                nowNanos,
                sum.bytesRead(),
                metrics.recordsSent().sum(),
                metrics.bytesSent().sum(),
                bytes)),
        before.lastError(),
        FlowStatus.Books.of(sum),
        new FlowStatus.Load(task.batches(), heldBytes, before.load().restarts()),
        FlowStatus.Counts.of(metrics));
  }

  private Account sum() {
    Account sum = new Account();
    for (Iterator<Tail> tails = known.iterator(); tails.hasNext(); ) {
      Tail tail = tails.next();
      if (tail.forgotten() && tail.account().inFlight() == 0) {
        closed.add(tail.account());
        tails.remove();
      } else {
        sum.add(tail.account());
      }
    }
    sum.add(closed);
    return sum;
  }

  /** Those that are most behind or in trouble; of many at rest any, and none is sorted in vain. */
  static List<Tail> shown(List<Tail> files) {
    List<Tail> shown = new ArrayList<>();
    List<Tail> atRest = new ArrayList<>();
    for (Tail tail : files) {
      if (tail.bytesBehind() > 0 || tail.trouble() != null) {
        shown.add(tail);
      } else if (atRest.size() < MOST_FILES_SHOWN) {
        atRest.add(tail);
      }
    }
    shown.addAll(atRest);
    return shown.stream()
        .sorted(
            Comparator.comparingLong(Tail::bytesBehind)
                .reversed()
                .thenComparing(tail -> tail.trouble() == null)
                .thenComparing(Tail::path))
        .limit(MOST_FILES_SHOWN)
        .toList();
  }
}
