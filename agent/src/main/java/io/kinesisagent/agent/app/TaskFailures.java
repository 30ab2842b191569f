package io.kinesisagent.agent.app;

import io.kinesisagent.agent.lifecycle.Task;
import io.kinesisagent.spi.Clock;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * Says which tasks fail, those that go on failing once a minute with their count; and, as a task of
 * its own, the last count of those that fail no longer. Safe for use by several threads.
 */
final class TaskFailures implements Task {
  private static final Logger LOG = LogManager.getLogger(TaskFailures.class);
  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final FoldedLog log;

  TaskFailures(Clock clock) {
    this.log = new FoldedLog(LOG, clock);
  }

  /** Takes note of a task that threw and is started again. */
  synchronized void failed(Task task, Exception e) {
    log.say(Level.ERROR, task.role() + e, task.role() + " failed and is started again: " + e, e);
  }

  @Override
  public String role() {
    return "task failures";
  }

  @Override
  public synchronized int doWork() {
    log.sayWhatIsDue();
    return 0;
  }

  @Override
  public long idleUntilNanos(long nowNanos) {
    return nowNanos + LOOK_NANOS;
  }
}
