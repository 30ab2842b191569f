package io.kinesisagent.agent.discover;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * The kernel's watches. A path is watched as the directory that it led to when it was looked up
 * last, so that one that is replaced is noticed; the kernel has one watch for a directory, however
 * many paths lead to it. Safe for use by several threads.
 */
final class WatchedDirectories {
  private static final Set<String> WITHOUT_EVENTS =
      Set.of("nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "glusterfs", "lustre");

  private static final WatchEvent.Kind<?>[] NAMES = {
    StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_DELETE
  };

  private static final WatchEvent.Kind<?>[] CONTENTS = {
    StandardWatchEventKinds.ENTRY_CREATE,
    StandardWatchEventKinds.ENTRY_DELETE,
    StandardWatchEventKinds.ENTRY_MODIFY
  };

  private final WatchService service;
  private final Map<Path, Held> byPath = new HashMap<>();
  private final Map<WatchKey, Watched> byKey = new ConcurrentHashMap<>();

  WatchedDirectories(WatchService service) {
    this.service = service;
  }

  /**
   * Watches the directory that a path leads to now, for the names in it.
   *
   * @throws ClosedWatchServiceException when there are no events any more
   */
  void holdNames(Path directory) throws IOException {
    hold(directory, false);
  }

  /**
   * Watches the directory that a path leads to now, for the names in it and what is written.
   *
   * @return whether it was not watched so before, and changes may have been missed
   * @throws ClosedWatchServiceException when there are no events any more
   */
  boolean holdContents(Path directory) throws IOException {
    return hold(directory, true);
  }

  private boolean hold(Path directory, boolean contents) throws IOException {
    Object identity;
    try {
      identity = identity(directory);
    } catch (IOException e) {
      release(directory);
      throw e;
    }
    return hold(directory, identity, contents);
  }

  private synchronized boolean hold(Path directory, Object identity, boolean contents)
      throws IOException {
    Held held = byPath.get(directory);
    if (held != null && !held.is(identity)) {
      release(directory);
      held = null;
    }
    if (held != null && (held.watched.contents || !contents)) {
      return false;
    }
    if (contents) {
      requireEvents(directory);
    }
    register(directory, identity, contents);
    return true;
  }

  private void register(Path directory, Object identity, boolean contents) throws IOException {
    // The kernel forgets what a directory was watched for before.
    boolean all = contents || byPath.values().stream().anyMatch(h -> h.isForContents(identity));
    WatchKey key = directory.register(service, all ? CONTENTS : NAMES);
    Watched watched = byKey.computeIfAbsent(key, Watched::new);
    if (watched.contents && !all) {
      // The path came to lead here after it was looked up.
      directory.register(service, CONTENTS);
    }
    watched.contents |= all;
    Held before = byPath.put(directory, new Held(identity, watched));
    if (before != null && before.watched != watched) {
      drop(directory, before.watched);
    }
    watched.paths.add(directory);
  }

  /** The paths to the directory that has a key: none where it is not watched any more. */
  Set<Path> paths(WatchKey key) {
    Watched watched = byKey.get(key);
    return watched == null ? Set.of() : watched.paths;
  }

  /** Takes note that a key has become invalid; its paths are watched anew when they are held. */
  void forget(WatchKey key) {
    byKey.remove(key);
  }

  /** Stops watching paths, except those that are in use at that moment. */
  synchronized void release(Set<Path> directories, Predicate<Path> used) {
    for (Path directory : directories) {
      if (!used.test(directory)) {
        release(directory);
      }
    }
  }

  private synchronized void release(Path directory) {
    Held held = byPath.remove(directory);
    if (held != null) {
      drop(directory, held.watched);
    }
  }

  private void drop(Path directory, Watched watched) {
    watched.paths.remove(directory);
    if (watched.paths.isEmpty()) {
      byKey.remove(watched.key);
      try {
        watched.key.cancel();
      } catch (ClosedWatchServiceException e) {
        // Nothing is watched any more.
      }
    }
  }

  private static Object identity(Path directory) throws IOException {
    Object key = Files.readAttributes(directory, BasicFileAttributes.class).fileKey();
    return key == null ? directory.toRealPath() : key;
  }

  private static void requireEvents(Path directory) throws IOException {
    String type = Files.getFileStore(directory).type().toLowerCase(Locale.ROOT);
    if (WITHOUT_EVENTS.contains(type) || type.startsWith("fuse")) {
      throw new IOException("its file system, " + type + ", gives no events for what others write");
    }
  }

  /** A directory that is watched. */
  private static final class Watched {
    private final WatchKey key;
    private final Set<Path> paths = ConcurrentHashMap.newKeySet();
    private boolean contents;

    Watched(WatchKey key) {
      this.key = key;
    }
  }

  /**
   * What a path led to.
   *
   * @param identity of the directory, when the path was looked up
   */
  private record Held(Object identity, Watched watched) {
    boolean is(Object other) {
      return identity.equals(other) && watched.key.isValid();
    }

    boolean isForContents(Object other) {
      return watched.contents && is(other);
    }
  }
}
