package io.kinesisagent.agent.send;

import io.kinesisagent.spi.Failure;
import io.kinesisagent.spi.RecordCursor;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * Records that can never be delivered, on their way to the dead letters. Where those cannot be
 * written the records are kept and tried again: none is given up. Owned by the flow's thread.
 */
final class Letters {
  private record Letter(Delivery record, Failure reason) {}

  private final DeadLetters deadLetters;
  private final SendListener listener;
  private final Backoff backoff;
  private final Consumer<Delivery> written;
  private final Deque<Letter> letters = new ArrayDeque<>();
  private int failures;
  private long dueNanos;

  /**
   * @param written hears of each record once it is kept
   */
  Letters(
      DeadLetters deadLetters, SendListener listener, Backoff backoff, Consumer<Delivery> written) {
    this.deadLetters = deadLetters;
    this.listener = listener;
    this.backoff = backoff;
    this.written = written;
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
   * Writes what may be written now.
   *
   * @return how many were
   */
  int write(long nowNanos) {
    int count = 0;
    RecordCursor cursor = new RecordCursor();
    while (!letters.isEmpty() && (failures == 0 || nowNanos - dueNanos >= 0)) {
      Letter letter = letters.peek();
      Delivery record = letter.record();
      record.read(0, cursor);
      try {
        deadLetters.write(cursor, letter.reason());
      } catch (IOException e) {
        failures++;
        dueNanos = nowNanos + backoff.whileBlocked(failures);
        listener.deadLetterFailed(String.valueOf(e.getMessage()));
        return count;
      }
      failures = 0;
      letters.remove();
      record.batch().tail(record.indexInBatch(0)).account().deadLettered(1);
      listener.deadLettered(letter.reason(), record.batch(), record.indexInBatch(0));
      written.accept(record);
      count++;
    }
    return count;
  }

  /** When one is to be written without anybody waking the flow, in nanoseconds of the clock. */
  long dueNanos(long nowNanos) {
    if (letters.isEmpty()) {
      return Long.MAX_VALUE;
    }
    return failures == 0 ? nowNanos : dueNanos;
  }
}
