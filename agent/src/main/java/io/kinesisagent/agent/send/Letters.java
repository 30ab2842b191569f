package io.kinesisagent.agent.send;

import io.kinesisagent.spi.Failure;
import io.kinesisagent.spi.RecordCursor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Records that can never be delivered, on their way to the dead letters. Where those cannot be
 * written the records are kept and tried again: none is given up. What is not their business goes
 * on meanwhile. Owned by the flow's thread; that they are written is heard of on any.
 */
final class Letters {
  private static final int MOST_AT_ONCE = 500;
  private static final int MOST_BYTES_AT_ONCE = 4 << 20;

  private record Letter(Delivery record, Failure reason) {}

  /** What came of writing; a defect or null. */
  private record Answer(Throwable defect) {}

  private final DeadLetters deadLetters;
  private final SendListener listener;
  private final Backoff backoff;
  private final Consumer<Delivery> written;
  private final Runnable wake;
  private final Deque<Letter> letters = new ArrayDeque<>();
  private final AtomicReference<Answer> answer = new AtomicReference<>();

  /** How many of the first are being written. */
  private int writing;

  private int failures;
  private long dueNanos;

  /**
   * @param written hears of each record once it is kept
   * @param wake called on any thread when there is an answer to be taken in
   */
  Letters(
      DeadLetters deadLetters,
      SendListener listener,
      Backoff backoff,
      Consumer<Delivery> written,
      Runnable wake) {
    this.deadLetters = deadLetters;
    this.listener = listener;
    this.backoff = backoff;
    this.written = written;
    this.wake = wake;
  }

  /**
   * Takes over a record.
   *
   * @param record one record
   */
  void add(Delivery record, Failure reason) {
    letters.add(new Letter(record, reason));
  }

  /**
   * Has written what may be written now.
   *
   * @return how many are known to be
   */
  int write(long nowNanos) {
    int count = complete(nowNanos);
    while (writing == 0 && !letters.isEmpty() && (failures == 0 || nowNanos - dueNanos >= 0)) {
      deadLetters
          .write(first())
          .whenComplete(
              (nothing, defect) -> {
                answer.set(new Answer(defect));
                wake.run();
              });
      count += complete(nowNanos);
    }
    return count;
  }

  /** As many as are written at once. */
  private List<DeadLetter> first() {
    List<DeadLetter> first = new ArrayList<>();
    long bytes = 0;
    for (Letter letter : letters) {
      bytes += letter.record().bytes();
      if (writing > 0 && (writing == MOST_AT_ONCE || bytes > MOST_BYTES_AT_ONCE)) {
        break;
      }
      RecordCursor record = new RecordCursor();
      letter.record().read(0, record);
      first.add(new DeadLetter(record, letter.reason()));
      writing++;
    }
    return first;
  }

  /** Takes in what came of writing. */
  private int complete(long nowNanos) {
    Answer now = answer.getAndSet(null);
    if (now == null) {
      return 0;
    }
    int count = writing;
    writing = 0;
    if (now.defect() != null) {
      Throwable cause = now.defect();
      if (cause instanceof CompletionException && cause.getCause() != null) {
        cause = cause.getCause();
      }
      failures++;
      dueNanos = nowNanos + backoff.whileBlocked(failures);
      listener.deadLetterFailed(String.valueOf(cause.getMessage()));
      return 0;
    }
    failures = 0;
    for (int i = 0; i < count; i++) {
      Letter letter = letters.remove();
      Delivery record = letter.record();
      record.batch().tail(record.indexInBatch(0)).account().deadLettered(1);
      listener.deadLettered(letter.reason(), record.batch(), record.indexInBatch(0));
      written.accept(record);
    }
    return count;
  }

  /** When one is to be written without anybody waking the flow, in nanoseconds of the clock. */
  long dueNanos(long nowNanos) {
    if (answer.get() != null) {
      return nowNanos;
    }
    if (letters.isEmpty() || writing > 0) {
      return Long.MAX_VALUE;
    }
    return failures == 0 ? nowNanos : dueNanos;
  }
}
