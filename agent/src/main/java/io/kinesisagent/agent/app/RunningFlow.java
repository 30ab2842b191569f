package io.kinesisagent.agent.app;

import io.kinesisagent.agent.flow.FlowTask;
import io.kinesisagent.agent.lifecycle.Task;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A flow as the agent runs it: made anew from its checkpoints after a failure that nobody planned
 * for, and drained when it is told to stop. {@link #stop}, {@link #status} and {@link
 * #awaitStopped} may be called by any thread.
 */
final class RunningFlow implements Task {
  private static final long STATUS_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Makes the flow's task from its checkpoints. */
  @FunctionalInterface
  interface Recipe {
    FlowTask make() throws Exception;
  }

  private final String id;
  private final Recipe recipe;
  private final FlowReport report;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private FlowTask task;
  private long statusDueNanos;
  private long restarts;
  private boolean statusEver;
  private volatile boolean stopping;
  private volatile FlowStatus status;

  RunningFlow(String id, Recipe recipe, FlowReport report) {
    this.id = id;
    this.recipe = recipe;
    this.report = report;
    this.status = FlowStatus.starting(id);
  }

  String id() {
    return id;
  }

  /** What the flow was like a second ago at most. */
  FlowStatus status() {
    return status;
  }

  FlowReport report() {
    return report;
  }

  @Override
  public String role() {
    return "flow " + id;
  }

  @Override
  public int doWork() throws Exception {
    if (stopped.getCount() == 0) {
      return 0;
    }
    if (task == null) {
      if (stopping) {
        stopped.countDown();
        return 0;
      }
      task = recipe.make();
    }
    try {
      if (stopping) {
        task.drain();
      }
      int work = task.doWork();
      refreshStatus(false);
      if (stopping && task.drained()) {
        end();
      }
      return work;
    } catch (RuntimeException e) {
      // What the task was doing is undone by starting from the checkpoints again.
      restarts++;
      FlowTask failed = task;
      task = null;
      failed.close();
      throw e;
    }
  }

  private void refreshStatus(boolean now) {
    long time = System.nanoTime();
    if (now || !statusEver || time - statusDueNanos >= 0) {
      statusEver = true;
      statusDueNanos = time + STATUS_NANOS;
      status = FlowStatus.of(id, task, restarts);
    }
  }

  private void end() {
    refreshStatus(true);
    task.close();
    stopped.countDown();
  }

  @Override
  public long idleUntilNanos(long nowNanos) {
    return task == null ? nowNanos + STATUS_NANOS : task.idleUntilNanos(nowNanos);
  }

  /** Reads no more and sends what was read. */
  void stop() {
    stopping = true;
  }

  /** Waits until all that was read is settled. */
  boolean awaitStopped(long nanos) throws InterruptedException {
    return stopped.await(nanos, TimeUnit.NANOSECONDS);
  }

  /**
   * Hands on the last watermarks of a flow that could not be drained. Its thread must have ended.
   */
  void abandon() {
    if (stopped.getCount() > 0 && task != null) {
      task.close();
      stopped.countDown();
    }
  }
}
