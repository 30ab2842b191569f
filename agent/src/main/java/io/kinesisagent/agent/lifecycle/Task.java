package io.kinesisagent.agent.lifecycle;

/** Work done in small steps on a thread that somebody else owns. */
public interface Task {
  /** What it does, for thread names and messages. */
  String role();

  /**
   * Does a little of what there is to do, and never blocks.
   *
   * @return how much was done; 0 when there is nothing to do
   */
  int doWork() throws Exception;

  /**
   * Until when there is nothing to do, unless somebody wakes the task.
   *
   * @return a time of the clock, in nanoseconds
   */
  long idleUntilNanos(long nowNanos);
}
