package io.kinesisagent.agent.send;

import io.kinesisagent.agent.batch.PackedBatch;
import io.kinesisagent.spi.Backend;
import io.kinesisagent.spi.Clock;
import io.kinesisagent.spi.Disposition;
import io.kinesisagent.spi.Failure;
import io.kinesisagent.spi.SendResult;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Sends a flow's batches until every record has come to its end: delivered, dropped by rule or
 * dead-lettered. Requests complete on other threads and come back through a queue; everything else
 * is done by the flow's thread.
 *
 * <p>Failed records are sent again by themselves. A request that fails as a whole makes the sender
 * wait and then try with one request; each success after that lets one more go at once.
 */
public final class Sender {
  private static final long PERMIT_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  /** Batches that may wait beyond what can be in flight, so that none in flight is ever missed. */
  private static final int READ_AHEAD = 40;

  private record Completion(Delivery delivery, SendResult result, Throwable defect) {}

  private final Backend backend;
  private final Clock clock;
  private final SenderOptions options;
  private final Permits.Share permits;
  private final SendListener listener;
  private final Backoff backoff;
  private final Recovery recovery;
  private final SendRate rate = new SendRate();
  private final SendWindow window;
  private final SendBytes bytes;

  private final SendQueue queue;
  private final Letters letters;
  private final Queue<Completion> completions = new ConcurrentLinkedQueue<>();
  private Runnable wake = () -> {};
  private int batches;
  private int inFlight;
  private long inFlightBytes;
  private long permitNanos;

  public Sender(
      Backend backend,
      Clock clock,
      SenderOptions options,
      SendingContext context,
      SendListener listener) {
    this.backend = backend;
    this.clock = clock;
    this.options = options;
    this.permits = context.permits().share();
    this.listener = listener;
    this.window = new SendWindow(options.maxInFlight());
    this.bytes = new SendBytes(options.maxInFlightBytes());
    this.backoff =
        new Backoff(
            options.retryInitialBackoffMillis(), options.retryMaxBackoffMillis(), context.random());
    this.recovery = new Recovery(options.maxInFlight(), backoff);
    this.queue = new SendQueue(options.maxInFlight() == 1);
    this.letters =
        new Letters(context.deadLetters(), listener, backoff, this::lettered, () -> wake.run());
  }

  /** Sets what is called, on any thread, when a completion has come in. */
  public void onCompletion(Runnable newWake) {
    wake = newWake;
  }

  /**
   * Whether no further batch may be submitted for now: as many are waiting to be sent as can be in
   * flight, and some more, or as many bytes as are worth it, or the bound on all is reached. More
   * would take memory and be sent no sooner.
   */
  public boolean full() {
    return queue.waiting() >= window.size() + READ_AHEAD
        || queue.waitingBytes() >= bytes.waiting()
        || batches >= options.queueCapacity();
  }

  /**
   * Whether, after it was {@link #full}, batches are wanted again: when half of what may wait is
   * gone, so that most of what is read from a file at a time becomes batches.
   */
  public boolean wantsBatches() {
    return queue.waiting() <= (window.size() + READ_AHEAD) / 2
        && queue.waitingBytes() <= bytes.waiting() / 2
        && batches < options.queueCapacity();
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

  /** Counts on no permits any more; what is in flight may still come back. */
  public void close() {
    permits.close();
  }

  /** Takes over a batch that was sealed. */
  public void submit(PackedBatch batch) {
    batches++;
    Delivery all = Delivery.of(batch, options.maxInFlight() == 1);
    if (batch.refused().isEmpty()) {
      queue.addLast(all);
      return;
    }
    batch.refused().forEach((i, why) -> letters.add(all.part(new int[] {i}), why));
    int[] others =
        IntStream.range(0, batch.size()).filter(i -> !batch.refused().containsKey(i)).toArray();
    if (others.length > 0) {
      queue.addLast(all.part(others));
    }
  }

  /**
   * Takes in what has completed.
   *
   * @return the number of completions
   */
  public int complete() {
    int count = 0;
    for (Completion c = completions.poll(); c != null; c = completions.poll()) {
      if (c.defect() == null) {
        long latency = clock.nanoTime() - c.delivery().sentNanos;
        bytes.answered(latency);
        if (inFlight >= window.size() && queue.waiting() > 0) {
          window.answered(latency);
        }
      }
      inFlight--;
      inFlightBytes -= c.delivery().bytes();
      count++;
      if (c.defect() != null) {
        throwWhatBreaksTheMachine(c.defect());
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
    int started = letters.write(now);
    while (mayStart(now)) {
      Delivery next = queue.poll(now);
      if (next == null) {
        return started;
      }
      if (!permits.take(now)) {
        // Nobody tells when another flow gives one back.
        permitNanos = now + PERMIT_NANOS;
        queue.addFirst(next);
        return started;
      }
      start(paced(next), now);
      started++;
    }
    return started;
  }

  private boolean mayStart(long now) {
    return room() && now - recovery.allowedNanos(now) >= 0 && rate.allows(now);
  }

  private boolean room() {
    return inFlight < Math.min(recovery.mostInFlight(), window.size())
        && inFlightBytes < bytes.inFlight();
  }

  /** As much of a delivery as may go at once; the rest is the next. */
  private Delivery paced(Delivery delivery) {
    int most = rate.mostRecords();
    if (delivery.size() <= most) {
      return delivery;
    }
    queue.addFirst(delivery.part(range(most, delivery.size())));
    return delivery.part(range(0, most));
  }

  /** What a backend's own thread met is met by the flow's, which is where such an error ends. */
  private static void throwWhatBreaksTheMachine(Throwable defect) {
    Throwable cause = defect;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    boolean survived = cause instanceof StackOverflowError;
    if (cause instanceof VirtualMachineError error && !survived) {
      throw error;
    }
    if (cause instanceof LinkageError error) {
      throw error;
    }
  }

  private void start(Delivery delivery, long now) {
    inFlight++;
    inFlightBytes += delivery.bytes();
    delivery.sentNanos = now;
    rate.sent(delivery.size(), now);
    CompletionStage<SendResult> stage;
    try {
      stage = backend.send(delivery);
    } catch (RuntimeException e) {
      permits.giveBack(false, clock.nanoTime());
      completions.add(new Completion(delivery, null, e));
      return;
    }
    stage.whenComplete(
        (result, defect) -> {
          boolean answered = defect == null && !(result instanceof SendResult.Failed);
          permits.giveBack(answered, clock.nanoTime());
          completions.add(new Completion(delivery, result, defect));
          wake.run();
        });
  }

  /** When something is due without anybody waking the flow, in nanoseconds of the clock. */
  public long dueNanos(long nowNanos) {
    long due = letters.dueNanos(nowNanos);
    long next = queue.dueNanos(nowNanos);
    if (next == Long.MAX_VALUE || !room()) {
      return due;
    }
    next = Math.max(next, Math.max(permitNanos, recovery.allowedNanos(nowNanos)));
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
    SortedAnswer sorted = new SortedAnswer(delivery, failed);
    int[] delivered = sorted.delivered();
    rate.answered(delivered.length, sorted.throttled(), now);
    rate.untried(sorted.untried());
    sorted.failures().forEach(listener::failed);
    if (!sorted.rejected().isEmpty()) {
      listener.rejected(sorted.rejected().size());
    }
    sorted.rejected().forEach((i, why) -> letters.add(delivery.part(new int[] {i}), why));
    sendAgain(delivery, sorted, now);
    if (delivered.length > 0) {
      for (int i : delivered) {
        delivery.batch().tail(delivery.indexInBatch(i)).account().delivered(1);
      }
      listener.delivered(delivered.length, sorted.deliveredBytes(), now - delivery.sentNanos);
      settle(delivery.batch(), delivered.length);
    }
    letters.write(now);
  }

  private void sendAgain(Delivery delivery, SortedAnswer sorted, long now) {
    int[] again = sorted.again();
    if (again.length == 0) {
      return;
    }
    Delivery rest = delivery.part(again);
    if (sorted.last() == null) {
      rest.failures = 0;
      rest.dueNanos = now;
    } else {
      rest.failures = sorted.delivered().length > 0 ? 1 : delivery.failures + 1;
      rest.dueNanos = now + backoff.after(sorted.last(), rest.failures);
    }
    queue.retry(rest);
  }

  private void failed(Delivery delivery, Failure failure) {
    long now = clock.nanoTime();
    if (failure.disposition() == Disposition.REJECTED) {
      succeeded();
      listener.rejected(delivery.size());
      listener.requestFailed(failure, recovery.failures());
      bisect(delivery, failure);
      return;
    }
    if (failure.disposition() == Disposition.THROTTLED) {
      rate.refused(delivery.size(), now);
    }
    listener.failed(failure, delivery.size());
    delivery.failures++;
    recovery.failed(failure, now);
    listener.requestFailed(failure, recovery.failures());
    delivery.dueNanos = recovery.resumeNanos();
    queue.retry(delivery);
  }

  private void succeeded() {
    if (recovery.succeeded()) {
      listener.recovered();
    }
  }

  /**
   * Halves a batch that was refused as a whole, until the record is found that it was refused for.
   */
  private void bisect(Delivery delivery, Failure failure) {
    int size = delivery.size();
    if (size == 1) {
      letters.add(delivery, failure);
      letters.write(clock.nanoTime());
      return;
    }
    int half = size / 2;
    queue.addFirst(delivery.part(range(half, size)));
    queue.addFirst(delivery.part(range(0, half)));
  }

  private static int[] range(int from, int to) {
    int[] indexes = new int[to - from];
    for (int i = 0; i < indexes.length; i++) {
      indexes[i] = from + i;
    }
    return indexes;
  }

  private void lettered(Delivery record) {
    record.batch().deadLettered(record.indexInBatch(0));
    settle(record.batch(), 1);
  }

  private void settle(PackedBatch batch, int records) {
    if (batch.settled(records)) {
      batch.settleSpans();
      batches--;
      listener.settled(batch);
    }
  }
}
