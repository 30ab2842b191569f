package io.kinesisagent.agent.discover;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** A flow that does nothing but hear what changed, for as long as a test waits for it. */
final class HeardHints implements ChangeSource.Hints {
  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(20);

  private final Semaphore woken = new Semaphore(0);
  private final AtomicInteger timesWoken = new AtomicInteger();
  private final Set<Path> named = new HashSet<>();
  private final Set<Path> modified = new HashSet<>();
  private final ChangeSource source;
  private boolean lost;

  HeardHints(DirectoryWatcher watcher) {
    source =
        watcher.subscribe(
            () -> {
              timesWoken.incrementAndGet();
              woken.release();
            });
  }

  ChangeSource source() {
    return source;
  }

  /** Watches directories as after a whole look, until a look has missed nothing. */
  HeardHints watching(Path... directories) {
    do {
      lost = false;
      source.watch(Set.of(directories));
      source.drain(this);
    } while (lost);
    forget();
    return this;
  }

  /** Forgets what was heard. */
  void forget() {
    source.drain(this);
    woken.drainPermits();
    timesWoken.set(0);
    named.clear();
    modified.clear();
    lost = false;
  }

  void awaitNamed(Path path) {
    await("the name " + path, () -> named.contains(path));
  }

  void awaitModified(Path path) {
    await("the content of " + path, () -> modified.contains(path));
  }

  /** Waits until it is told that hints were lost, and cannot rely on them. */
  void awaitLost() {
    await("that hints were lost", () -> lost && !source.reliable());
  }

  /** Whether hints were lost, as far as it is told by now. */
  boolean wasLost() {
    source.drain(this);
    return lost;
  }

  /** How often it was woken since it forgot. */
  int timesWoken() {
    return timesWoken.get();
  }

  private void await(String what, BooleanSupplier heard) {
    long end = System.nanoTime() + LIMIT_NANOS;
    source.drain(this);
    while (!heard.getAsBoolean()) {
      assertThat(wokenBefore(end)).as("told of " + what).isTrue();
      source.drain(this);
    }
  }

  private boolean wokenBefore(long end) {
    try {
      return woken.tryAcquire(end - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void named(Path path) {
    named.add(path);
  }

  @Override
  public void modified(Path path) {
    modified.add(path);
  }

  @Override
  public void lost() {
    lost = true;
  }
}
