package io.kinesisagent.agent.discover;

import java.nio.file.Path;
import java.util.Set;

/**
 * Hints that something changed in directories. A hint may be missing or wrong: it only says where
 * to look, and a slow look at everything stands behind it. Called by the flow's thread.
 */
public interface ChangeSource {
  /** The hints that came in since the last time. */
  interface Hints {
    /** A name was made, removed or renamed. */
    void named(Path path);

    /** The content behind a name changed. */
    void modified(Path path);

    /** Hints were lost: everything must be looked at. */
    void lost();
  }

  /** Sets the directories to give hints for, in place of those before. */
  void watch(Set<Path> directories);

  /** Hands over the hints that came in since the last time. */
  void drain(Hints into);

  /** Whether hints can be relied on, in all directories that are watched. */
  boolean reliable();

  /** Stops giving hints. */
  void close();

  /** No hints: everything is found by looking. */
  ChangeSource NONE =
      new ChangeSource() {
        @Override
        public void watch(Set<Path> directories) {}

        @Override
        public void drain(Hints into) {}

        @Override
        public boolean reliable() {
          return false;
        }

        @Override
        public void close() {}
      };
}
