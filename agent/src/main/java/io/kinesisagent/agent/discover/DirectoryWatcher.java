package io.kinesisagent.agent.discover;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/**
 * The kernel's file events, for all flows of the agent: one watch service and one thread that sorts
 * its events to the flows and wakes them. What leads to a directory is watched, too, for a
 * directory that is replaced gives no events itself. Where the kernel gives no events (no watches
 * left, a network file system), flows find everything by looking. Safe for use by several threads.
 */
public final class DirectoryWatcher implements AutoCloseable {
  private final Consumer<String> notice;
  private final Set<Subscription> subscriptions = ConcurrentHashMap.newKeySet();
  private final Set<Path> refused = ConcurrentHashMap.newKeySet();

  /** Null where the kernel gives no events at all. */
  private final WatchService service;

  private final WatchedDirectories watches;

  /**
   * Starts the thread, and says everything in one place.
   *
   * @see #DirectoryWatcher(FileSystem, Consumer, Consumer)
   */
  public DirectoryWatcher(FileSystem files, Consumer<String> notice) {
    this(files, notice, notice);
  }

  /**
   * Starts the thread.
   *
   * @param notice told once for each directory that gives no events, and why
   * @param warning told when there are no events at all, and what to do about it
   */
  public DirectoryWatcher(FileSystem files, Consumer<String> notice, Consumer<String> warning) {
    this.notice = notice;
    this.service = serviceOf(files, warning);
    this.watches = new WatchedDirectories(service);
    if (service != null) {
      Thread thread = new Thread(this::run, "watcher");
      thread.setDaemon(true);
      thread.start();
    }
  }

  private static WatchService serviceOf(FileSystem files, Consumer<String> warning) {
    try {
      return files.newWatchService();
    } catch (IOException e) {
      warning.accept(
          "no file events ("
              + e.getMessage()
              + "): everything is found by looking regularly instead, which is slower and costs"
              + " more. To have them, raise the kernel's fs.inotify.max_user_instances, or the"
              + " limit of open files, and start the agent again");
      return null;
    }
  }

  /**
   * Hints for one flow.
   *
   * @param wake called, on another thread than the flow's, when hints have come in
   */
  public ChangeSource subscribe(Runnable wake) {
    if (service == null) {
      return ChangeSource.NONE;
    }
    Subscription subscription = new Subscription(wake);
    subscriptions.add(subscription);
    return subscription;
  }

  private void run() {
    try {
      while (true) {
        hear(service.take());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ClosedWatchServiceException e) {
      // The end that is meant.
    } finally {
      end();
    }
  }

  private void hear(WatchKey key) {
    Set<Path> paths = Set.copyOf(watches.paths(key));
    Set<Subscription> told = new HashSet<>();
    for (WatchEvent<?> event : key.pollEvents()) {
      for (Path directory : paths) {
        for (Subscription subscription : subscriptions) {
          if (subscription.take(directory, event)) {
            told.add(subscription);
          }
        }
      }
    }
    if (!key.reset()) {
      watches.forget(key);
      for (Subscription subscription : subscriptions) {
        if (paths.stream().anyMatch(subscription::needs)) {
          subscription.lose();
          told.add(subscription);
        }
      }
    }
    told.forEach(this::wake);
  }

  private void wake(Subscription subscription) {
    try {
      subscription.wake.run();
    } catch (RuntimeException e) {
      notice.accept("a flow could not be told of file events: " + e);
    }
  }

  /** Without the thread nothing can be relied on, and nothing more is watched. */
  private void end() {
    try {
      service.close();
    } catch (IOException e) {
      notice.accept("the file events could not be ended: " + e);
    }
    subscriptions.forEach(Subscription::lose);
  }

  private void refuse(Path directory, String why) {
    if (refused.add(directory)) {
      notice.accept(
          "no file events for " + directory + " (" + why + "): it is looked at regularly instead");
    }
  }

  private void release(Set<Path> unused) {
    if (!unused.isEmpty()) {
      watches.release(unused, this::isNeeded);
      refused.removeIf(directory -> !isNeeded(directory));
    }
  }

  private boolean isNeeded(Path directory) {
    return subscriptions.stream().anyMatch(subscription -> subscription.needs(directory));
  }

  @Override
  public void close() throws IOException {
    if (service != null) {
      service.close();
    }
  }

  private enum Kind {
    NAMED,
    MODIFIED,
    LOST
  }

  private record Hint(Kind kind, Path path) {}

  /**
   * What a flow wants to know of.
   *
   * @param directories those that it wants hints for
   * @param route these and all that lead to them, as they are named and as they really are
   */
  private record Wanted(Set<Path> directories, Set<Path> route) {
    static final Wanted NOTHING = new Wanted(Set.of(), Set.of());

    static Wanted of(Set<Path> directories) {
      Set<Path> route = new HashSet<>();
      for (Path directory : directories) {
        addRoute(directory, route);
        try {
          addRoute(directory.toRealPath(), route);
        } catch (IOException e) {
          // It leads nowhere.
        }
      }
      return new Wanted(Set.copyOf(directories), route);
    }

    private static void addRoute(Path directory, Set<Path> route) {
      for (Path path = directory; path != null && route.add(path); path = path.getParent()) {}
    }
  }

  private final class Subscription implements ChangeSource {
    private final Runnable wake;
    private final Queue<Hint> hints = new ConcurrentLinkedQueue<>();
    private volatile Wanted wanted = Wanted.NOTHING;
    private volatile boolean reliable;

    Subscription(Runnable wake) {
      this.wake = wake;
    }

    @Override
    public void watch(Set<Path> directories) {
      Wanted before = wanted;
      Wanted now = Wanted.of(directories);
      wanted = now;
      // Not at the end: what is lost from here on is to be looked for.
      reliable = true;
      // First what leads there, so that nothing is replaced unseen after it was looked up.
      for (Path directory : now.route()) {
        if (!now.directories().contains(directory)) {
          holdNames(directory);
        }
      }
      boolean missed = !before.directories().containsAll(now.directories());
      for (Path directory : now.directories()) {
        missed |= holdContents(directory);
      }
      if (missed) {
        // What changed between the look and the watch has no hint.
        hints.add(new Hint(Kind.LOST, null));
      }
      Set<Path> unused = new HashSet<>(before.route());
      unused.removeAll(now.route());
      release(unused);
    }

    private void holdNames(Path directory) {
      try {
        watches.holdNames(directory);
      } catch (IOException | ClosedWatchServiceException e) {
        // What is replaced here is found by looking.
      }
    }

    /** Returns whether changes may have been missed. */
    private boolean holdContents(Path directory) {
      try {
        boolean missed = watches.holdContents(directory);
        refused.remove(directory);
        if (missed) {
          tellOthers(directory);
        }
        return missed;
      } catch (IOException e) {
        if (Files.exists(directory)) {
          refuse(directory, String.valueOf(e.getMessage()));
        }
      } catch (ClosedWatchServiceException e) {
        // There are no events any more.
      }
      reliable = false;
      return false;
    }

    /** They have missed the same changes. */
    private void tellOthers(Path directory) {
      for (Subscription other : subscriptions) {
        if (other != this && other.wants(directory)) {
          other.lose();
          DirectoryWatcher.this.wake(other);
        }
      }
    }

    boolean wants(Path directory) {
      return wanted.directories().contains(directory);
    }

    /** Whether a path is one that is wanted or leads to one. */
    boolean needs(Path path) {
      return wanted.route().contains(path);
    }

    boolean take(Path directory, WatchEvent<?> event) {
      if (event.kind() == StandardWatchEventKinds.OVERFLOW) {
        boolean lost = needs(directory);
        if (lost) {
          hints.add(new Hint(Kind.LOST, null));
        }
        return lost;
      }
      boolean wants = wants(directory);
      boolean modified = event.kind() == StandardWatchEventKinds.ENTRY_MODIFY;
      if (!wants && modified) {
        return false;
      }
      Path path = directory.resolve((Path) event.context());
      if (wants) {
        hints.add(new Hint(modified ? Kind.MODIFIED : Kind.NAMED, path));
      }
      boolean replaced = !modified && needs(path);
      if (replaced) {
        lose();
      }
      return wants || replaced;
    }

    void lose() {
      reliable = false;
      hints.add(new Hint(Kind.LOST, null));
    }

    @Override
    public void drain(Hints into) {
      for (Hint hint = hints.poll(); hint != null; hint = hints.poll()) {
        switch (hint.kind()) {
          case NAMED -> into.named(hint.path());
          case MODIFIED -> into.modified(hint.path());
          case LOST -> into.lost();
        }
      }
    }

    @Override
    public boolean reliable() {
      return reliable;
    }

    @Override
    public void close() {
      subscriptions.remove(this);
      release(wanted.route());
    }
  }
}
