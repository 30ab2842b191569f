package io.kinesisagent.agent.app;

import io.kinesisagent.agent.config.FlowConfig;
import io.kinesisagent.agent.discover.Snapshot;
import io.kinesisagent.agent.flow.FlowTask;
import io.kinesisagent.agent.lifecycle.Task;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * A flow as the agent runs it: made anew from its checkpoints after a failure that nobody planned
 * for, and drained when it is told to stop. What reads or stops it may be called by any thread; the
 * rest belongs to the flow's thread.
 */
final class RunningFlow implements Task {
  private static final Logger LOG = LogManager.getLogger(RunningFlow.class);
  private static final long STATUS_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Drawing up a status goes through all files: the more there are, the rarer is it done. */
  private static final long STATUS_A_FILE_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

  /** A step takes some milliseconds, unless the disk or a plugin hangs. */
  private static final long LONGEST_STEP_NANOS = TimeUnit.SECONDS.toNanos(2);

  /** Makes the flow's task from its checkpoints. */
  @FunctionalInterface
  interface Recipe {
    FlowTask make(FlowGear gear) throws Exception;
  }

  private final FlowConfig config;
  private final FlowGear gear;
  private final Recipe recipe;
  private final ReentrantLock stepping = new ReentrantLock();
  private final AbsentDirectories absent;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private FlowTask task;
  private long statusDueNanos = System.nanoTime();
  private long restarts;
  private boolean matchedSaid;
  private volatile boolean failing;
  private volatile boolean stopping;
  private volatile boolean drained = true;
  private volatile long giveUpNanos;
  private volatile long steppedNanos = System.nanoTime();
  private volatile FlowStatus status;

  RunningFlow(FlowConfig config, FlowGear gear, Recipe recipe) {
    this.config = config;
    this.gear = gear;
    this.recipe = recipe;
    this.absent = new AbsentDirectories(config);
    this.status = FlowStatus.starting(config.id(), config.destination().metricName());
  }

  String id() {
    return config.id();
  }

  FlowConfig config() {
    return config;
  }

  FlowGear gear() {
    return gear;
  }

  /** What the flow was like a second ago at most. */
  FlowStatus status() {
    return status;
  }

  /**
   * Whether the flow's thread gets round to it: it took a step lately, or waits to be made anew
   * after a failure.
   */
  boolean alive(long nowNanos, long withinNanos) {
    return failing || stopped.getCount() == 0 || nowNanos - steppedNanos < withinNanos;
  }

  @Override
  public String role() {
    return "flow " + config.id();
  }

  @Override
  public int doWork() throws Exception {
    stepping.lock();
    try {
      return stepOrBegin();
    } finally {
      stepping.unlock();
    }
  }

  private int stepOrBegin() throws Exception {
    steppedNanos = System.nanoTime();
    if (stopped.getCount() == 0) {
      return 0;
    }
    if (task == null && stopping) {
      gear.memory().close();
      stopped.countDown();
      return 0;
    }
    try {
      if (task == null) {
        task = recipe.make(gear);
        failing = false;
      }
      return step();
    } catch (Exception e) {
      failed(e);
      throw e;
    }
  }

  private int step() {
    if (stopping) {
      task.drain();
    }
    int work = task.doWork();
    if (steppedNanos - statusDueNanos >= 0) {
      statusDueNanos = steppedNanos + STATUS_NANOS + task.tails().size() * STATUS_A_FILE_NANOS;
      refreshStatus();
      gear.report().sayWhatIsDue();
    }
    if (stopping && (task.drained() || steppedNanos - giveUpNanos >= 0)) {
      drained = task.drained();
      end();
    }
    return work;
  }

  /** What the task was doing is undone by starting from the checkpoints again. */
  private void failed(Exception e) {
    restarts++;
    failing = true;
    gear.report().failedItself(e);
    gear.report().books().clear();
    status = status.in("failing", gear.report().lastError(), restarts);
    FlowTask failed = task;
    task = null;
    if (failed != null) {
      failed.close();
    }
  }

  private void sayWhatMatched() {
    if (!matchedSaid && task.snapshot() != Snapshot.EMPTY) {
      matchedSaid = true;
      int files = task.snapshot().files().size();
      LOG.info(
          "flow {}: {} now{}",
          config.id(),
          files == 1 ? "1 file matches" : files + " files match",
          files == 0 ? "; it waits for one" : "");
    }
  }

  private void refreshStatus() {
    sayWhatMatched();
    absent.lookedAt(task.snapshot());
    FlowStatus now =
        gear.report()
            .books()
            .status(status, task, gear.metrics(), gear.memory().held(), steppedNanos);
    String running = gear.report().waitsForMemory() ? "waiting" : "shipping";
    status = now.in(stopping ? "stopping" : running, gear.report().lastError(), restarts);
  }

  private void end() {
    refreshStatus();
    task.close();
    gear.memory().close();
    stopped.countDown();
  }

  @Override
  public long idleUntilNanos(long nowNanos) {
    return task == null || stopped.getCount() == 0
        ? nowNanos + STATUS_NANOS
        : Math.min(statusDueNanos, task.idleUntilNanos(nowNanos));
  }

  /**
   * Reads no more and sends what was read.
   *
   * @param withinNanos what has not been acknowledged by then is left to the next start
   */
  void stop(long withinNanos) {
    giveUpNanos = System.nanoTime() + withinNanos;
    stopping = true;
    gear.runner().wake();
  }

  /** Whether it was told to stop. */
  boolean stopping() {
    return stopping;
  }

  /**
   * Waits for the flow to end.
   *
   * @return whether all that was read is settled
   */
  boolean awaitStopped(long nanos) throws InterruptedException {
    return stopped.await(nanos, TimeUnit.NANOSECONDS) && drained;
  }

  /**
   * Hands on the last watermarks of a flow that could not be drained, between two of its steps.
   *
   * @return whether it is over; false where a step does not come to its end, as on a disk that
   *     hangs
   */
  boolean abandon() throws InterruptedException {
    if (!stepping.tryLock(LONGEST_STEP_NANOS, TimeUnit.NANOSECONDS)) {
      return false;
    }
    try {
      if (stopped.getCount() > 0) {
        drained = false;
        if (task != null) {
          task.close();
        }
        gear.memory().close();
        stopped.countDown();
      }
      return true;
    } finally {
      stepping.unlock();
    }
  }
}
