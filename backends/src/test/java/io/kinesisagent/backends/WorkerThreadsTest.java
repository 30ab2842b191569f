package io.kinesisagent.backends;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WorkerThreadsTest {
  private static final long LONG_NANOS = TimeUnit.HOURS.toNanos(1);

  private final List<WorkerThreads> opened = new ArrayList<>();

  private WorkerThreads threads(int most, long idleNanos) {
    WorkerThreads threads = new WorkerThreads("worker", most, idleNanos);
    opened.add(threads);
    return threads;
  }

  @AfterEach
  void close() {
    opened.forEach(WorkerThreads::close);
  }

  /** Work that tells its thread and goes on when it is told to. */
  private static final class Work implements Runnable {
    private final BlockingQueue<Thread> begun = new LinkedBlockingQueue<>();
    private final CountDownLatch end = new CountDownLatch(1);

    @Override
    public void run() {
      begun.add(Thread.currentThread());
      try {
        end.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    Thread thread() throws InterruptedException {
      return begun.take();
    }

    /** Lets it end, and waits until its thread is idle. */
    void endOn(Thread thread) throws TimeoutException {
      end.countDown();
      long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
      while (thread.getState() != Thread.State.TIMED_WAITING) {
        if (System.nanoTime() - until > 0) {
          throw new TimeoutException(thread + " is " + thread.getState());
        }
        Thread.onSpinWait();
      }
    }
  }

  private static Work start(WorkerThreads threads) {
    Work work = new Work();
    threads.execute(work);
    return work;
  }

  @Test
  void theThreadThatBecameIdleLastIsUsedFirst() throws Exception {
    WorkerThreads threads = threads(5, LONG_NANOS);
    Work first = start(threads);
    Work second = start(threads);
    Work third = start(threads);
    Thread ofFirst = first.thread();
    Thread ofSecond = second.thread();
    first.endOn(ofFirst);
    third.endOn(third.thread());
    second.endOn(ofSecond);

    Work next = start(threads);

    assertThat(next.thread()).isSameAs(ofSecond);
    next.endOn(ofSecond);
  }

  @Test
  void noThreadIsStartedWhileOneIsIdle() throws Exception {
    WorkerThreads threads = threads(5, LONG_NANOS);
    Work first = start(threads);
    Thread thread = first.thread();
    first.endOn(thread);

    for (int i = 0; i < 100; i++) {
      Work next = start(threads);
      assertThat(next.thread()).isSameAs(thread);
      next.endOn(thread);
    }
  }

  @Test
  void beyondTheBoundCallsWaitInOrder() throws Exception {
    WorkerThreads threads = threads(1, LONG_NANOS);
    Work first = start(threads);
    Thread only = first.thread();
    BlockingQueue<Integer> done = new LinkedBlockingQueue<>();
    for (int i = 0; i < 5; i++) {
      int number = i;
      threads.execute(() -> done.add(Thread.currentThread() == only ? number : -1));
    }

    assertThat(done).isEmpty();
    first.end.countDown();

    for (int i = 0; i < 5; i++) {
      assertThat(done.take()).isEqualTo(i);
    }
  }

  @Test
  void whatWaitsWhenItIsClosedIsDoneAndNothingElse() throws Exception {
    WorkerThreads threads = threads(1, LONG_NANOS);
    Work first = start(threads);
    Thread thread = first.thread();
    Work waiting = start(threads);

    threads.close();

    assertThatThrownBy(() -> start(threads)).isInstanceOf(RejectedExecutionException.class);
    first.end.countDown();
    assertThat(waiting.thread()).isSameAs(thread);
    waiting.end.countDown();
    thread.join();
  }

  @Test
  void idleThreadsEndWhenItIsClosed() throws Exception {
    WorkerThreads threads = threads(2, LONG_NANOS);
    Work work = start(threads);
    Thread thread = work.thread();
    work.endOn(thread);

    threads.close();

    thread.join();
  }

  @Test
  void anIdleThreadEndsAfterAWhileAndAnotherIsStarted() throws Exception {
    WorkerThreads threads = threads(1, 1);
    Work work = start(threads);
    Thread thread = work.thread();
    work.end.countDown();
    thread.join();

    Work next = start(threads);

    assertThat(next.thread()).isNotSameAs(thread);
    next.end.countDown();
  }

  @Test
  void aFailureIsToldAndEndsNoThread() throws Exception {
    WorkerThreads threads = threads(1, LONG_NANOS);
    Work first = start(threads);
    Thread thread = first.thread();
    BlockingQueue<Throwable> told = new LinkedBlockingQueue<>();
    thread.setUncaughtExceptionHandler((which, failure) -> told.add(failure));
    threads.execute(
        () -> {
          throw new IllegalStateException("on purpose");
        });
    Work after = start(threads);
    first.end.countDown();

    assertThat(told.take()).hasMessage("on purpose");
    assertThat(after.thread()).isSameAs(thread);
    after.end.countDown();
  }

  @Test
  void eachCallIsMadeOnceWhateverThreadsComeAndGo() throws Exception {
    WorkerThreads threads = threads(3, 1_000);
    int calls = 20_000;
    BlockingQueue<Integer> done = new LinkedBlockingQueue<>();
    for (int i = 0; i < calls; i++) {
      int number = i;
      threads.execute(() -> done.add(number));
    }

    boolean[] seen = new boolean[calls];
    for (int i = 0; i < calls; i++) {
      int number = done.take();
      assertThat(seen[number]).isFalse();
      seen[number] = true;
    }
  }
}
