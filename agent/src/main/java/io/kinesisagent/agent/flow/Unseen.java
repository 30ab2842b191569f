package io.kinesisagent.agent.flow;

import io.kinesisagent.agent.tail.TailOptions;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The paths that cannot be looked at, and since when. A trouble that passes is waited for, so that
 * nothing is inferred from what was not seen meanwhile; one that stays holds up nothing but what is
 * there. Owned by the flow's thread.
 */
final class Unseen {
  /** How long a trouble is waited for. */
  static final long WAIT_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final Map<Path, Long> sinceNanos = new HashMap<>();
  private long firstLookNanos;
  private Set<Path> sinceFirstLook;

  /**
   * Takes note of a look at everything.
   *
   * @param unreadable the paths that could not be looked at
   */
  void looked(Set<Path> unreadable, long nowNanos) {
    sinceNanos.keySet().retainAll(unreadable);
    unreadable.forEach(path -> sinceNanos.putIfAbsent(path, nowNanos));
    if (sinceFirstLook == null) {
      firstLookNanos = nowNanos;
    }
  }

  /** Takes note that what a look at everything found has been taken in. */
  void seen(Set<Path> unreadable) {
    if (sinceFirstLook == null) {
      sinceFirstLook = new HashSet<>(unreadable);
    } else {
      sinceFirstLook.retainAll(unreadable);
    }
  }

  /** Whether a trouble may yet pass soon, so that it is too early to say what is not there. */
  boolean waitedFor(long nowNanos) {
    return sinceNanos.values().stream().anyMatch(since -> nowNanos - since < WAIT_NANOS);
  }

  /**
   * Whether the first look has come to an end: all that could not be looked at then was seen by
   * now, or has had its time.
   */
  boolean firstLookOver(long nowNanos) {
    return sinceFirstLook != null
        && (sinceFirstLook.isEmpty() || nowNanos - firstLookNanos >= TailOptions.FIRST_WAIT_NANOS);
  }

  /** Whether a file that is seen now may have been there at the first look already. */
  boolean ofFirstLook(Path file) {
    if (sinceFirstLook == null) {
      return true;
    }
    for (Path at = file; at != null; at = at.getParent()) {
      if (sinceFirstLook.contains(at)) {
        return true;
      }
    }
    return false;
  }
}
