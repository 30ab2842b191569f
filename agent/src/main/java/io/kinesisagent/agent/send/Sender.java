package io.kinesisagent.agent.send;

import io.kinesisagent.agent.batch.PackedBatch;
import io.kinesisagent.spi.Backend;
import io.kinesisagent.spi.Clock;
import io.kinesisagent.spi.Disposition;
import io.kinesisagent.spi.Failure;
import io.kinesisagent.spi.RecordCursor;
import io.kinesisagent.spi.SendResult;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Sends a flow's batches until every record has come to its end: delivered, dropped by rule or
 * dead-lettered. Requests complete on other threads and come back through a queue; everything else
 * is done by the flow's thread.
 *
 * <p>Failed records are sent again by themselves. A request that fails as a whole makes the sender
 * wait and then try with one request before it goes on with many.
 */
public final class Sender {
  private record Completion(Delivery delivery, SendResult result, Throwable defect) {}

  private final Backend backend;
  private final Clock clock;
  private final SenderOptions options;
  private final Permits permits;
  private final DeadLetters deadLetters;
  private final SendListener listener;
  private final Backoff backoff;
  private final SendRate rate = new SendRate();
  private final SendWindow window;

  private final Deque<Delivery> waiting = new ArrayDeque<>();
  private final PriorityQueue<Delivery> retrying =
      new PriorityQueue<>(Comparator.comparingLong((Delivery d) -> d.dueNanos));
  private final Deque<Delivery> letters = new ArrayDeque<>();
  private final IdentityHashMap<Delivery, Failure> letterReasons = new IdentityHashMap<>();
  private final Queue<Completion> completions = new ConcurrentLinkedQueue<>();
  private Runnable wake = () -> {};
  private int batches;
  private int inFlight;
  private int failures;
  private long resumeNanos;
  private long lettersDueNanos;
  private boolean paused;

  public Sender(
      Backend backend,
      Clock clock,
      SenderOptions options,
      SendingContext context,
      SendListener listener) {
    this.backend = backend;
    this.clock = clock;
    this.options = options;
    this.permits = context.permits();
    this.deadLetters = context.deadLetters();
    this.listener = listener;
    this.window = new SendWindow(options.maxInFlight());
    this.backoff =
        new Backoff(
            options.retryInitialBackoffMillis(), options.retryMaxBackoffMillis(), context.random());
  }

  /** Sets what is called, on any thread, when a completion has come in. */
  public void onCompletion(Runnable newWake) {
    wake = newWake;
  }

  /**
   * Whether no further batch may be submitted for now: as many are waiting to be sent as can be in
   * flight, or the bound on all is reached. More would take memory and be sent no sooner.
   */
  public boolean full() {
    return waiting.size() >= window.size() || batches >= options.queueCapacity();
  }

  /** Whether every batch has settled. */
  public boolean idle() {
    return batches == 0;
  }

  /** Batches that have not settled. */
  public int batches() {
    return batches;
  }

  /** Requests in flight. */
  public int inFlight() {
    return inFlight;
  }

  /** Takes over a batch that was sealed. */
  public void submit(PackedBatch batch) {
    batches++;
    waiting.add(Delivery.of(batch));
  }

  /**
   * Takes in what has completed.
   *
   * @return the number of completions
   */
  public int complete() {
    int count = 0;
    for (Completion c = completions.poll(); c != null; c = completions.poll()) {
      if (inFlight >= window.size() && !waiting.isEmpty() && c.defect() == null) {
        window.answered(clock.nanoTime() - c.delivery().sentNanos);
      }
      inFlight--;
      count++;
      if (c.defect() != null) {
        failed(
            c.delivery(),
            new Failure(Disposition.RETRY, "BackendDefect", String.valueOf(c.defect())));
      } else if (c.result() instanceof SendResult.Delivered) {
        delivered(c.delivery());
      } else if (c.result() instanceof SendResult.Partial p) {
        partly(c.delivery(), p.failed());
      } else if (c.result() instanceof SendResult.Failed f) {
        failed(c.delivery(), f.failure());
      }
    }
    return count;
  }

  /**
   * Starts what may start now.
   *
   * @return the number of requests started
   */
  public int dispatch() {
    long now = clock.nanoTime();
    int started = writeLetters(now);
    while (mayStart(now)) {
      Delivery next = nextDelivery(now);
      if (next == null) {
        return started;
      }
      if (!permits.take()) {
        waiting.addFirst(next);
        return started;
      }
      start(next, now);
      started++;
    }
    return started;
  }

  private boolean mayStart(long now) {
    return inFlight < mostInFlight() && (!paused || now - resumeNanos >= 0) && rate.allows(now);
  }

  /** After a failure of the destination one request tries whether it is back. */
  private int mostInFlight() {
    return failures > 0 ? 1 : window.size();
  }

  private Delivery nextDelivery(long now) {
    Delivery retry = retrying.peek();
    if (retry != null && retry.dueNanos - now <= 0) {
      return retrying.poll();
    }
    // With one request at a time the order is kept: nothing overtakes what is sent again.
    if (retry != null && options.maxInFlight() == 1) {
      return null;
    }
    return waiting.poll();
  }

  private void start(Delivery delivery, long now) {
    inFlight++;
    delivery.sentNanos = now;
    rate.sent(delivery.size(), now);
    CompletionStage<SendResult> stage;
    try {
      stage = backend.send(delivery);
    } catch (RuntimeException e) {
      permits.giveBack();
      completions.add(new Completion(delivery, null, e));
      return;
    }
    stage.whenComplete(
        (result, defect) -> {
          permits.giveBack();
          completions.add(new Completion(delivery, result, defect));
          wake.run();
        });
  }

  /** When something is due without anybody waking the flow, in nanoseconds of the clock. */
  public long dueNanos(long nowNanos) {
    long due = Long.MAX_VALUE;
    if (!letters.isEmpty()) {
      due = letters.peek().failures == 0 ? nowNanos : lettersDueNanos;
    }
    boolean anything = !waiting.isEmpty() || !retrying.isEmpty();
    if (!anything || inFlight >= mostInFlight()) {
      return due;
    }
    boolean inOrder = options.maxInFlight() == 1 && !retrying.isEmpty();
    long next = waiting.isEmpty() || inOrder ? retrying.peek().dueNanos : nowNanos;
    if (paused) {
      next = Math.max(next, resumeNanos);
    }
    return Math.min(due, Math.max(next, rate.allowedNanos(nowNanos)));
  }

  // ---- outcomes

  private void delivered(Delivery delivery) {
    succeeded();
    rate.answered(delivery.size(), 0, clock.nanoTime());
    if (delivery.size() == delivery.batch().size()) {
      delivery.batch().spans().forEach(span -> span.tail().account().delivered(span.records()));
    } else {
      for (int i = 0; i < delivery.size(); i++) {
        delivery.batch().tail(delivery.indexInBatch(i)).account().delivered(1);
      }
    }
    listener.delivered(delivery.size(), delivery.bytes(), clock.nanoTime() - delivery.sentNanos);
    settle(delivery.batch(), delivery.size());
  }

  private void partly(Delivery delivery, Map<Integer, Failure> failed) {
    succeeded();
    long now = clock.nanoTime();
    int[] again = new int[failed.size()];
    int count = 0;
    int throttled = 0;
    int delivered = 0;
    long deliveredBytes = 0;
    int letterCount = 0;
    Failure last = null;
    RecordCursor cursor = new RecordCursor();
    for (int i = 0; i < delivery.size(); i++) {
      Failure failure = failed.get(i);
      if (failure == null) {
        delivery.read(i, cursor);
        deliveredBytes += cursor.length();
        delivered++;
        delivery.batch().tail(delivery.indexInBatch(i)).account().delivered(1);
      } else if (failure.disposition() == Disposition.REJECTED) {
        letter(delivery.part(new int[] {i}), failure);
        letterCount++;
      } else {
        again[count++] = i;
        last = failure;
        throttled += failure.disposition() == Disposition.THROTTLED ? 1 : 0;
        listener.failed(failure, 1);
      }
    }
    rate.answered(delivered, throttled, now);
    if (delivered > 0) {
      listener.delivered(delivered, deliveredBytes, now - delivery.sentNanos);
    }
    if (count > 0) {
      Delivery rest = delivery.part(Arrays.copyOf(again, count));
      rest.failures = delivered > 0 ? 1 : delivery.failures + 1;
      rest.dueNanos = now + wait(last, rest.failures);
      retrying.add(rest);
    }
    if (delivered > 0) {
      settle(delivery.batch(), delivered);
    }
    if (letterCount > 0) {
      writeLetters(now);
    }
  }

  private void failed(Delivery delivery, Failure failure) {
    long now = clock.nanoTime();
    if (failure.disposition() == Disposition.REJECTED) {
      succeeded();
      bisect(delivery, failure);
      return;
    }
    if (failure.disposition() == Disposition.THROTTLED) {
      rate.refused(delivery.size(), now);
    }
    listener.failed(failure, delivery.size());
    delivery.failures++;
    // Requests that were in flight together and fail together are one failure of the destination.
    if (!paused || now - resumeNanos >= 0) {
      failures++;
      paused = true;
      resumeNanos = now + wait(failure, failures);
      listener.requestFailed(failure, failures);
    }
    delivery.dueNanos = resumeNanos;
    retrying.add(delivery);
  }

  private long wait(Failure failure, int times) {
    return failure.disposition() == Disposition.BLOCKED
        ? backoff.whileBlocked(times)
        : backoff.afterFailure(times);
  }

  private void succeeded() {
    if (failures > 0) {
      failures = 0;
      paused = false;
      listener.recovered();
    }
  }

  /**
   * Halves a batch that was refused as a whole, until the record is found that it was refused for.
   */
  private void bisect(Delivery delivery, Failure failure) {
    int size = delivery.size();
    if (size == 1) {
      letter(delivery, failure);
      writeLetters(clock.nanoTime());
      return;
    }
    int half = size / 2;
    waiting.addFirst(delivery.part(range(half, size)));
    waiting.addFirst(delivery.part(range(0, half)));
  }

  private static int[] range(int from, int to) {
    int[] indexes = new int[to - from];
    for (int i = 0; i < indexes.length; i++) {
      indexes[i] = from + i;
    }
    return indexes;
  }

  private void letter(Delivery one, Failure failure) {
    letters.add(one);
    letterReasons.put(one, failure);
  }

  /**
   * Writes dead letters. Where that fails the records are kept and tried again: none is given up.
   */
  private int writeLetters(long now) {
    if (letters.isEmpty()) {
      return 0;
    }
    int written = 0;
    RecordCursor cursor = new RecordCursor();
    while (!letters.isEmpty() && (letters.peek().failures == 0 || now - lettersDueNanos >= 0)) {
      Delivery one = letters.peek();
      Failure reason = letterReasons.get(one);
      one.read(0, cursor);
      try {
        deadLetters.write(cursor, reason);
      } catch (IOException e) {
        one.failures++;
        lettersDueNanos = now + backoff.whileBlocked(one.failures);
        listener.deadLetterFailed(String.valueOf(e.getMessage()));
        return written;
      }
      letters.remove();
      letterReasons.remove(one);
      one.batch().tail(one.indexInBatch(0)).account().deadLettered(1);
      listener.deadLettered(reason, one.batch(), one.indexInBatch(0));
      settle(one.batch(), 1);
      written++;
    }
    return written;
  }

  private void settle(PackedBatch batch, int records) {
    if (batch.settled(records)) {
      batch.settleSpans();
      batches--;
      listener.settled(batch);
    }
  }
}
