package io.kinesisagent.tests.support;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/** Remembers how many records arrived in the last while, and passes them on. */
public final class Throughput implements RecordListener {
  private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
  private static final long KEPT_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final RecordListener next;
  private final Deque<long[]> slices = new ArrayDeque<>();

  public Throughput(RecordListener next) {
    this.next = next;
  }

  @Override
  public void accepted(String stream, String partitionKey, byte[] data) {
    synchronized (this) {
      long now = System.nanoTime();
      if (slices.isEmpty() || now - slices.getLast()[0] > SLICE_NANOS) {
        slices.addLast(new long[] {now, 0});
      }
      slices.getLast()[1]++;
      while (now - slices.getFirst()[0] > KEPT_NANOS) {
        slices.removeFirst();
      }
    }
    next.accepted(stream, partitionKey, data);
  }

  /** How many records have arrived since {@code nanoTime}, at most 5 s ago. */
  public synchronized long since(long nanoTime) {
    return slices.stream()
        .filter(slice -> slice[0] - nanoTime >= -SLICE_NANOS)
        .mapToLong(slice -> slice[1])
        .sum();
  }
}
