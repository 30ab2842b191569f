package io.kinesisagent.backends;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A bounded number of daemon threads for calls that block. An idle thread is used before a new one
 * is started, and ends after a while, so that a host with little to send has few. Beyond the bound
 * calls wait in order; the agent's own bound on batches in flight bounds that queue. Safe for use
 * by several threads.
 */
public final class WorkerThreads implements Executor, AutoCloseable {
  private static final long IDLE_SECONDS = 30;

  private final ThreadPoolExecutor pool;

  /**
   * No thread is started before there is work.
   *
   * @param name what the threads are called, before a number
   * @param most the most threads there may be, at least 1
   */
  public WorkerThreads(String name, int most) {
    AtomicInteger started = new AtomicInteger();
    pool =
        new ThreadPoolExecutor(
            0,
            most,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new IdleFirstQueue(),
            work -> {
              Thread thread = new Thread(work, name + "-" + started.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            },
            WorkerThreads::enqueue);
  }

  @Override
  public void execute(Runnable work) {
    pool.execute(work);
  }

  /** Threads end when what they do is done; what waits is still done; nothing new is accepted. */
  @Override
  public void close() {
    pool.shutdown();
  }

  private static void enqueue(Runnable work, ThreadPoolExecutor pool) {
    if (pool.isShutdown()) {
      throw new RejectedExecutionException("the destination is closed");
    }
    ((IdleFirstQueue) pool.getQueue()).put(work);
    // The last thread may have ended for idleness since the pool was found full.
    if (pool.getPoolSize() == 0 && pool.remove(work)) {
      pool.execute(work);
    }
  }

  /**
   * Accepts an offer only when an idle thread takes it at once, so that the pool starts another.
   */
  private static final class IdleFirstQueue extends LinkedTransferQueue<Runnable> {
    private static final long serialVersionUID = 1;

    @Override
    public boolean offer(Runnable work) {
      return tryTransfer(work);
    }
  }
}
