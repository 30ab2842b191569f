package io.kinesisagent.tests.support;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/** Writes on a thread of its own while something else is done. */
public final class Background {
  private Background() {}

  /**
   * Does {@code work} while {@code writer} writes {@code linesPerSecond}; nothing is written any
   * more when it returns.
   */
  public static void writing(LogWriter writer, int linesPerSecond, Runnable work) {
    AtomicBoolean stopped = new AtomicBoolean();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread thread =
        new Thread(
            () -> {
              while (!stopped.get()) {
                writer.writeFor(100, linesPerSecond);
              }
            },
            "log-writer");
    thread.setDaemon(true);
    thread.setUncaughtExceptionHandler((failed, e) -> failure.set(e));
    thread.start();
    try {
      work.run();
    } finally {
      stopped.set(true);
      join(thread);
    }
    if (failure.get() != null) {
      throw new AssertionError("the writer failed", failure.get());
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while the writer ends", e);
    }
  }
}
