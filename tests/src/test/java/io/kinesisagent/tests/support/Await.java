package io.kinesisagent.tests.support;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for facts that can be observed, never for time to pass. */
public final class Await {
  private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private Await() {}

  /**
   * Returns once {@code fact} is so.
   *
   * @param fact looked at every 10 ms
   * @throws AssertionError when it is not so within {@code limit}; tells {@code what} and the
   *     {@code state} at that moment
   */
  public static void until(
      String what, Duration limit, BooleanSupplier fact, Supplier<String> state) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!fact.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError(
            "not within " + limit.toSeconds() + " s: " + what + "; " + state.get());
      }
      LockSupport.parkNanos(LOOK_EVERY_NANOS);
    }
  }

  /** As {@link #until(String, Duration, BooleanSupplier, Supplier)}, with nothing more to tell. */
  public static void until(String what, Duration limit, BooleanSupplier fact) {
    until(what, limit, fact, () -> "no more is known");
  }

  /** Returns at {@code nanoTime}; at once when that has passed. For writers that keep a rate. */
  static void instant(long nanoTime) {
    for (long left = nanoTime - System.nanoTime(); left > 0; left = nanoTime - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
