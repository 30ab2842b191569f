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
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/**
 * The kernel's file events, for all flows of the agent: one watch service and one thread that sorts
 * its events to the flows and wakes them. Where the kernel gives no events (no watches left, a
 * network file system), flows find everything by looking. Safe for use by several threads.
 */
public final class DirectoryWatcher implements AutoCloseable {
  private static final Set<String> WITHOUT_EVENTS =
      Set.of("nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "glusterfs", "lustre");

  private final WatchService service;
  private final Consumer<String> notice;
  private final Map<Path, WatchKey> keys = new HashMap<>();
  private final Map<WatchKey, Path> directories = new ConcurrentHashMap<>();
  private final Set<Subscription> subscriptions = ConcurrentHashMap.newKeySet();
  private final Set<Path> refused = ConcurrentHashMap.newKeySet();
  private final Thread thread;

  /**
   * Starts the thread.
   *
   * @param notice told once for each directory that gives no events, and why
   */
  public DirectoryWatcher(FileSystem files, Consumer<String> notice) throws IOException {
    this.service = files.newWatchService();
    this.notice = notice;
    this.thread = new Thread(this::run, "watcher");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Hints for one flow.
   *
   * @param wake called, on the watcher's thread, when hints have come in
   */
  public ChangeSource subscribe(Runnable wake) {
    Subscription subscription = new Subscription(wake);
    subscriptions.add(subscription);
    return subscription;
  }

  private void run() {
    try {
      while (true) {
        WatchKey key = service.take();
        Path directory = directories.get(key);
        Set<Subscription> told = new HashSet<>();
        for (WatchEvent<?> event : key.pollEvents()) {
          for (Subscription subscription : subscriptions) {
            if (subscription.take(directory, event)) {
              told.add(subscription);
            }
          }
        }
        if (!key.reset()) {
          forget(directory, key);
          subscriptions.forEach(s -> s.lose(directory));
          told.addAll(subscriptions);
        }
        told.forEach(subscription -> subscription.wake.run());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ClosedWatchServiceException e) {
      subscriptions.forEach(s -> s.hints.add(new Hint(Kind.LOST, null)));
    }
  }

  private synchronized void forget(Path directory, WatchKey key) {
    directories.remove(key);
    if (directory != null) {
      keys.remove(directory, key);
    }
  }

  private synchronized boolean register(Path directory) {
    if (keys.containsKey(directory)) {
      return true;
    }
    try {
      String type = Files.getFileStore(directory).type().toLowerCase(Locale.ROOT);
      if (WITHOUT_EVENTS.contains(type) || type.startsWith("fuse")) {
        refuse(directory, "its file system, " + type + ", gives no events for what others write");
        return false;
      }
      WatchKey key =
          directory.register(
              service,
              StandardWatchEventKinds.ENTRY_CREATE,
              StandardWatchEventKinds.ENTRY_DELETE,
              StandardWatchEventKinds.ENTRY_MODIFY);
      keys.put(directory, key);
      directories.put(key, directory);
      refused.remove(directory);
      return true;
    } catch (IOException e) {
      if (Files.exists(directory)) {
        refuse(directory, String.valueOf(e.getMessage()));
      }
      return false;
    } catch (ClosedWatchServiceException e) {
      return false;
    }
  }

  private void refuse(Path directory, String why) {
    if (refused.add(directory)) {
      notice.accept(
          "no file events for " + directory + " (" + why + "): it is looked at regularly instead");
    }
  }

  private synchronized void release(Set<Path> unused) {
    for (Path directory : unused) {
      boolean used = subscriptions.stream().anyMatch(s -> s.watched.contains(directory));
      WatchKey key = used ? null : keys.remove(directory);
      if (key != null) {
        key.cancel();
        directories.remove(key);
      }
    }
  }

  @Override
  public void close() throws IOException {
    service.close();
  }

  private enum Kind {
    NAMED,
    MODIFIED,
    LOST
  }

  private record Hint(Kind kind, Path path) {}

  private final class Subscription implements ChangeSource {
    private final Runnable wake;
    private final Queue<Hint> hints = new ConcurrentLinkedQueue<>();
    private volatile Set<Path> watched = Set.of();
    private volatile boolean reliable;

    Subscription(Runnable wake) {
      this.wake = wake;
    }

    @Override
    public void watch(Set<Path> wanted) {
      Set<Path> before = watched;
      if (wanted.equals(before) && reliable) {
        return;
      }
      watched = Set.copyOf(wanted);
      boolean all = true;
      for (Path directory : wanted) {
        all &= register(directory);
      }
      if (!before.containsAll(wanted)) {
        // What changed between the look and the watch has no hint.
        hints.add(new Hint(Kind.LOST, null));
      }
      reliable = all;
      Set<Path> unused = new HashSet<>(before);
      unused.removeAll(wanted);
      release(unused);
    }

    boolean take(Path directory, WatchEvent<?> event) {
      if (event.kind() == StandardWatchEventKinds.OVERFLOW) {
        hints.add(new Hint(Kind.LOST, null));
        return true;
      }
      if (directory == null || !watched.contains(directory)) {
        return false;
      }
      Path path = directory.resolve((Path) event.context());
      boolean modified = event.kind() == StandardWatchEventKinds.ENTRY_MODIFY;
      hints.add(new Hint(modified ? Kind.MODIFIED : Kind.NAMED, path));
      return true;
    }

    void lose(Path directory) {
      if (directory != null && watched.contains(directory)) {
        reliable = false;
        hints.add(new Hint(Kind.LOST, null));
      }
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
      release(watched);
    }
  }
}
