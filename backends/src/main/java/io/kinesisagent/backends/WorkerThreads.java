package io.kinesisagent.backends;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A bounded number of daemon threads for calls that block. The thread that became idle last is used
 * first, and a new one is started only when none is idle, so that a few are kept busy, with what
 * they need in the processor's caches, and the others end after a while. Beyond the bound calls
 * wait in order; the agent's own bound on batches in flight bounds that queue. Safe for use by
 * several threads.
 */
public final class WorkerThreads implements Executor, AutoCloseable {
  private final String name;
  private final int most;
  private final long idleNanos;
  private final Object lock = new Object();
  private final Deque<Worker> idle = new ArrayDeque<>();
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private int alive;
  private int started;
  private volatile boolean closed;

  /**
   * No thread is started before there is work.
   *
   * @param name what the threads are called, before a number
   * @param most the most threads there may be, at least 1
   */
  public WorkerThreads(String name, int most) {
    this(name, most, TimeUnit.SECONDS.toNanos(30));
  }

  WorkerThreads(String name, int most, long idleNanos) {
    this.name = name;
    this.most = most;
    this.idleNanos = idleNanos;
  }

  @Override
  public void execute(Runnable work) {
    Worker worker;
    synchronized (lock) {
      if (closed) {
        throw new RejectedExecutionException("the destination is closed");
      }
      worker = idle.poll();
      if (worker == null) {
        if (alive == most) {
          waiting.add(work);
          return;
        }
        worker = new Worker(name + "-" + ++started);
        alive++;
      }
      worker.next = work;
    }
    worker.wake();
  }

  /** Threads end when what they do is done; what waits is still done; nothing new is accepted. */
  @Override
  public void close() {
    synchronized (lock) {
      closed = true;
      idle.forEach(worker -> LockSupport.unpark(worker.thread));
    }
  }

  private final class Worker implements Runnable {
    private final Thread thread;

    /** What to do next; written under the lock. */
    private volatile Runnable next;

    private Worker(String name) {
      thread = new Thread(this, name);
      thread.setDaemon(true);
    }

    private void wake() {
      if (thread.getState() == Thread.State.NEW) {
        thread.start();
      } else {
        LockSupport.unpark(thread);
      }
    }

    @Override
    public void run() {
      do {
        try {
          next.run();
        } catch (RuntimeException | Error e) {
          // Whoever cares for its outcome has caught it already.
          thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
        }
      } while (findNext());
    }

    /** Waits for more to do; gives false when there will be none. */
    private boolean findNext() {
      synchronized (lock) {
        next = waiting.poll();
        if (next == null) {
          idle.push(this);
        }
      }
      long end = System.nanoTime() + idleNanos;
      for (long left = idleNanos; next == null; left = end - System.nanoTime()) {
        if (left > 0 && !closed) {
          LockSupport.parkNanos(WorkerThreads.this, left);
        } else if (retired()) {
          return false;
        }
      }
      return true;
    }

    private boolean retired() {
      synchronized (lock) {
        if (next != null) {
          return false;
        }
        idle.remove(this);
        alive--;
        return true;
      }
    }
  }
}
