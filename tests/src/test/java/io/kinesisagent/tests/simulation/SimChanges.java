package io.kinesisagent.tests.simulation;

import io.kinesisagent.agent.discover.ChangeSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** File events of a kernel that may not give any, and may lose some and say so. */
final class SimChanges implements ChangeSource {
  private record Hint(Path path, boolean named) {}

  private final boolean reliable;
  private final List<Hint> hints = new ArrayList<>();
  private Set<Path> watched = Set.of();
  private boolean lost;

  SimChanges(boolean reliable) {
    this.reliable = reliable;
  }

  void changed(Path path, boolean named) {
    if (reliable && watched.contains(path.getParent())) {
      hints.add(new Hint(path, named));
    }
  }

  /** The kernel's queue runs over. */
  void overflow() {
    hints.clear();
    lost = true;
  }

  @Override
  public void watch(Set<Path> directories) {
    if (!watched.containsAll(directories)) {
      lost = true;
    }
    watched = Set.copyOf(directories);
  }

  @Override
  public void drain(Hints into) {
    for (Hint hint : hints) {
      if (hint.named()) {
        into.named(hint.path());
      } else {
        into.modified(hint.path());
      }
    }
    hints.clear();
    if (lost) {
      lost = false;
      into.lost();
    }
  }

  @Override
  public boolean reliable() {
    return reliable;
  }

  @Override
  public void close() {}
}
