package io.kinesisagent.agent.lifecycle;

import io.kinesisagent.spi.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;

/**
 * One thread that runs some tasks in turn, and sleeps until one of them has something to do or
 * somebody wakes it. A task that throws is tried again after a back-off, and the others go on; an
 * error of the virtual machine is handed to whoever ends the process.
 */
public final class TaskRunner {
  private static final long LONGEST_SLEEP_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long FIRST_BACKOFF_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long LONGEST_BACKOFF_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final Clock clock;
  private final BiConsumer<Task, Exception> failed;
  private final BiConsumer<Task, Error> broken;
  private final List<Entry> entries = new CopyOnWriteArrayList<>();
  private final Thread thread;
  private volatile boolean stopping;

  private static final class Entry {
    private final Task task;
    private long failures;
    private long resumeNanos;

    Entry(Task task) {
      this.task = task;
    }
  }

  /**
   * Makes the thread; {@link #start()} starts it.
   *
   * @param failed told of every exception that a task throws
   * @param broken told of an error after which nothing can be relied on
   */
  public TaskRunner(
      String name,
      Clock clock,
      BiConsumer<Task, Exception> failed,
      BiConsumer<Task, Error> broken) {
    this.clock = clock;
    this.failed = failed;
    this.broken = broken;
    this.thread = new Thread(this::run, name);
  }

  public void start() {
    thread.start();
  }

  /** Runs a task, too. May be called by any thread. */
  public void add(Task task) {
    entries.add(new Entry(task));
    wake();
  }

  /** Runs a task no longer. When called by another thread, a step under way may still end. */
  public void remove(Task task) {
    entries.removeIf(entry -> entry.task == task);
  }

  /** Ends the sleep, if there is one. May be called by any thread. */
  public void wake() {
    LockSupport.unpark(thread);
  }

  /** Ends the thread after the step under way. */
  public void stop() {
    stopping = true;
    wake();
  }

  /**
   * Waits for the thread to end.
   *
   * @return whether it has ended
   */
  public boolean join(long millis) throws InterruptedException {
    thread.join(millis);
    return !thread.isAlive();
  }

  private void run() {
    while (!stopping) {
      int work = 0;
      for (Entry entry : entries) {
        work += step(entry);
      }
      if (work == 0 && !stopping) {
        sleep();
      }
    }
  }

  private int step(Entry entry) {
    if (entry.failures > 0 && clock.nanoTime() - entry.resumeNanos < 0) {
      return 0;
    }
    try {
      int work = entry.task.doWork();
      entry.failures = 0;
      return work;
    } catch (Exception e) {
      int doublings = (int) Math.min(entry.failures++, 6);
      long backoff = Math.min(FIRST_BACKOFF_NANOS << doublings, LONGEST_BACKOFF_NANOS);
      entry.resumeNanos = clock.nanoTime() + backoff;
      failed.accept(entry.task, e);
      return 0;
    } catch (Error e) {
      stopping = true;
      broken.accept(entry.task, e);
      return 0;
    }
  }

  private void sleep() {
    long now = clock.nanoTime();
    long wait = LONGEST_SLEEP_NANOS;
    for (Entry entry : entries) {
      long until = entry.failures > 0 ? entry.resumeNanos : entry.task.idleUntilNanos(now);
      wait = Math.min(wait, until - now);
    }
    if (wait > 0) {
      LockSupport.parkNanos(this, wait);
    }
  }
}
