package io.kinesisagent.tests.tailing;

import io.kinesisagent.agent.discover.ChangeSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Says what it is told to say, as the kernel would. */
final class Hinted implements ChangeSource {
  private final List<Path> names = new ArrayList<>();

  /** A name was made or removed. */
  void named(Path path) {
    names.add(path);
  }

  @Override
  public void watch(Set<Path> directories) {}

  @Override
  public void drain(ChangeSource.Hints into) {
    names.forEach(into::named);
    names.clear();
  }

  @Override
  public boolean reliable() {
    return true;
  }

  @Override
  public void close() {}
}
