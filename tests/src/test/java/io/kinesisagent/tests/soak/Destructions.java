package io.kinesisagent.tests.soak;

import io.kinesisagent.tests.support.AgentProcess;
import io.kinesisagent.tests.support.Lines;
import io.kinesisagent.tests.support.LogWriter;
import io.kinesisagent.tests.support.Rotation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Knows which lines were destroyed before anybody could read them: those of files that were deleted
 * or replaced while the agent did not have them open, and those that an agent had open and had not
 * delivered when it ended. Every other line has to arrive. Used by one thread.
 */
final class Destructions {
  private final LogWriter writer;
  private final BitSet excused = new BitSet();
  private final List<HeldFile> held = new ArrayList<>();

  Destructions(LogWriter writer) {
    this.writer = writer;
  }

  /**
   * Rotates by deleting or replacing, and notes what that destroyed.
   *
   * @param agent the agent, running or not
   */
  void rotate(Rotation style, AgentProcess agent) {
    // The writer's own lock: nothing is written between the look and the deed.
    synchronized (writer) {
      int first = Math.toIntExact(writer.firstInFile());
      int end = Math.toIntExact(writer.written());
      if (agent.alive() && agent.openFiles().contains(key(writer.path()))) {
        held.add(new HeldFile(first, end));
      } else {
        excused.set(first, end);
      }
      writer.rotate(style);
    }
  }

  /** The agent has ended: what it alone could still have read is gone. */
  void agentEnded() {
    held.forEach(file -> excused.set(file.first(), file.end()));
    held.clear();
  }

  /** The lines that need not arrive. */
  BitSet excused() {
    return (BitSet) excused.clone();
  }

  /** How many bytes {@code numbers} are. */
  static long bytes(BitSet numbers, Lines lines) {
    return numbers.stream().mapToLong(number -> lines.line(number).length).sum();
  }

  private static Object key(Path file) {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The lines of a file without a name that the agent has open. */
  private record HeldFile(int first, int end) {}
}
