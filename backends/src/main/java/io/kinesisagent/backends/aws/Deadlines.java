package io.kinesisagent.backends.aws;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Ends what takes too long, on one daemon thread that lives while there is something to watch. */
public final class Deadlines implements AutoCloseable {
  private static final long IDLE_SECONDS = 30;

  private final ScheduledThreadPoolExecutor timer;

  Deadlines(String name) {
    timer =
        new ScheduledThreadPoolExecutor(
            1,
            work -> {
              Thread thread = new Thread(work, name);
              thread.setDaemon(true);
              return thread;
            });
    timer.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
    timer.allowCoreThreadTimeOut(true);
    timer.setRemoveOnCancelPolicy(true);
  }

  /** Runs something after a time, unless the returned future is cancelled before. */
  public Future<?> after(long millis, Runnable end) {
    return timer.schedule(end, millis, TimeUnit.MILLISECONDS);
  }

  /** Runs something a minute later, unless this is closed before. */
  public void afterAMinute(Runnable work) {
    // Closing drops it unrun, and it fails in no way that anybody could do something about.
    var unused = timer.schedule(work, 1, TimeUnit.MINUTES);
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
