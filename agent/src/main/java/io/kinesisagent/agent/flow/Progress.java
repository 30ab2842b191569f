package io.kinesisagent.agent.flow;

import io.kinesisagent.agent.checkpoint.Checkpoint;
import io.kinesisagent.agent.checkpoint.Watermarks;
import io.kinesisagent.agent.tail.KnownTail;
import io.kinesisagent.agent.tail.Tail;
import io.kinesisagent.spi.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Hands on the watermarks of a flow's generations that have moved, and which generations are over;
 * a little later, so that what moves often is handed on once. Owned by the flow's thread.
 */
final class Progress {
  private static final long PUBLISH_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final String flow;
  private final Clock clock;
  private final Watermarks watermarks;
  private final Set<Tail> moved = new LinkedHashSet<>();
  private final List<Checkpoint> over = new ArrayList<>();
  private long publishDueNanos;

  Progress(String flow, Clock clock, Watermarks watermarks) {
    this.flow = flow;
    this.clock = clock;
    this.watermarks = watermarks;
    this.publishDueNanos = clock.nanoTime();
  }

  /** Takes note that there is something new to keep of a generation, unless that is over. */
  void moved(Tail tail) {
    if (!tail.forgotten()) {
      moved.add(tail);
    }
  }

  /** Takes note that nothing of a generation is to be kept. */
  void over(Tail tail) {
    tail.forget();
    over.add(checkpoint(tail, true, false));
    moved.remove(tail);
  }

  /** When something is to be handed on, or {@code otherwise} where nothing is. */
  long dueNanos(long otherwise) {
    return moved.isEmpty() && over.isEmpty() ? otherwise : publishDueNanos;
  }

  /** Hands on what has moved, where that is due. */
  void publish(long nowNanos) {
    if ((moved.isEmpty() && over.isEmpty()) || nowNanos - publishDueNanos < 0) {
      return;
    }
    publishDueNanos = nowNanos + PUBLISH_NANOS;
    publishAll();
  }

  /** Hands on what has moved, now. */
  void publishAll() {
    publish(false);
  }

  /** Hands on all that is known, for the last time. */
  void publishLast(Collection<Tail> tails) {
    tails.stream().filter(tail -> tail.dense() && !tail.forgotten()).forEach(moved::add);
    publish(true);
  }

  private void publish(boolean last) {
    List<Checkpoint> checkpoints = new ArrayList<>(moved.size() + over.size());
    for (Tail tail : moved) {
      checkpoints.add(checkpoint(tail, false, last));
    }
    checkpoints.addAll(over);
    moved.clear();
    over.clear();
    watermarks.moved(checkpoints);
  }

  private Checkpoint checkpoint(Tail tail, boolean forgotten, boolean last) {
    KnownTail known =
        new KnownTail(
            tail.generation(),
            tail.path(),
            tail.key(),
            tail.head(),
            tail.origin(),
            tail.watermark(),
            tail.written(),
            tail.rotated(),
            tail.copy(),
            tail.firstBytes(),
            tail.settledRungs(last));
    return new Checkpoint(flow, known, forgotten, clock.epochMillis());
  }
}
