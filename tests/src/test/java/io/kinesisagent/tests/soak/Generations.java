package io.kinesisagent.tests.soak;

import io.kinesisagent.agent.checkpoint.Checkpoint;
import io.kinesisagent.agent.tail.KnownTail;
import io.kinesisagent.tests.support.AgentProcess;
import io.kinesisagent.tests.support.Ledger;
import io.kinesisagent.tests.support.LogWriter;
import io.kinesisagent.tests.support.Rotation;
import io.kinesisagent.tests.support.SettledLines;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;

/**
 * The generations of the writer's file: which lines each holds, which were destroyed, and what an
 * agent that starts can know of those by its checkpoints. Used by one thread.
 */
final class Generations {
  private final LogWriter writer;
  private final Ledger ledger;
  private final SettledLines settled;
  private final List<Generation> all = new ArrayList<>();
  private final BitSet gone = new BitSet();
  private final List<Loss> losses = new ArrayList<>();
  private final Gap gap = new Gap();

  Generations(LogWriter writer, Ledger ledger) {
    this.writer = writer;
    this.ledger = ledger;
    this.settled = new SettledLines(writer.lines());
    all.add(new Generation(0));
  }

  /**
   * Rotates, and notes what that destroyed.
   *
   * @param agent the agent, running or not
   */
  void rotate(Rotation style, AgentProcess agent) {
    // The writer's own lock: nothing is written between the look and the deed.
    synchronized (writer) {
      Generation current = all.get(all.size() - 1);
      current.end = Math.toIntExact(writer.written());
      Object key = key(writer.path());
      boolean running = agent.alive();
      boolean held = running && agent.openFiles().contains(key);
      writer.rotate(style);
      if (style == Rotation.DELETE || style == Rotation.REPLACE) {
        current.destroyed = true;
        // One that opened it meanwhile still has it: what is destroyed is read to its end.
        current.held = held || (running && agent.openFiles().contains(key));
        if (running && !current.held) {
          // An agent that has just been started knows of it what its checkpoints say, and tells.
          current.over = true;
          destroyed(current, true);
        }
      }
      all.add(new Generation(current.end));
    }
  }

  /**
   * An agent that has ended is about to be started again: what it alone could still have read of
   * destroyed files is gone, and of that it can tell what its checkpoints hold.
   *
   * @return how many lines have arrived that its checkpoints do not hold, and that it may repeat
   */
  long agentStarts(Path checkpointFile) {
    Collection<Checkpoint> checkpoints = SettledLines.read(checkpointFile);
    all.forEach(generation -> generation.known = null);
    for (Checkpoint checkpoint : checkpoints) {
      Generation generation = find(checkpoint.tail());
      if (generation != null) {
        settled.take(generation.first, checkpoint.tail());
        generation.known = checkpoint.tail();
      }
    }
    long repeatable = ledger.settled(writer.lines(), settled.numbers());
    for (Generation generation : all) {
      if (generation.destroyed && !generation.over) {
        generation.over = true;
        destroyed(generation, false);
      }
    }
    return repeatable;
  }

  private Generation find(KnownTail tail) {
    for (Generation generation : all) {
      if (settled.begins(generation.first, tail)) {
        return generation;
      }
    }
    if (tail.position().offset() > 0) {
      throw new AssertionError("a checkpoint of no file that was ever written: " + tail);
    }
    return null;
  }

  /**
   * Adds up what is lost with a generation, and what an agent can know of that.
   *
   * @param unopened whether it was destroyed beside an agent that had not opened it
   */
  private void destroyed(Generation generation, boolean unopened) {
    KnownTail known = generation.known;
    long size = bytes(generation.first, generation.end);
    long knownOffset = known == null ? 0 : known.position().offset();
    long knownSize = known == null ? 0 : Math.max(known.size(), knownOffset);
    gone.set(generation.first, generation.end);
    gap.reported += knownSize - knownOffset;
    gap.unseen += size - knownSize;
    losses.add(new Loss(knownOffset, knownSize, size, unopened));
    long offset = 0;
    for (int number = generation.first; number < generation.end; number++) {
      int length = writer.lines().line(number).length;
      if (offset >= knownOffset && ledger.arrived(writer.lines(), number)) {
        gap.arrived += length;
      }
      offset += length;
    }
  }

  /**
   * The last agent is done: files that were destroyed before it ever opened them are lost, too. An
   * agent that had looked at such a file, and not opened it yet, can tell of what it saw then: of
   * more than the checkpoints hold, and of no more than there was.
   *
   * @param told all that the agents told of
   */
  void end(Collection<ReportedGaps.Told> told) {
    for (Generation generation : all) {
      if (generation.destroyed && !generation.over && !generation.held) {
        generation.over = true;
        destroyed(generation, true);
      }
    }
    List<ReportedGaps.Told> more = new ArrayList<>(told);
    more.removeIf(this::isAccountedFor);
    for (ReportedGaps.Told one : more) {
      for (Loss loss : losses) {
        if (loss.wasSeenAs(one)) {
          long seen = one.offset() + one.bytes() - loss.knownSize;
          gap.reported += seen;
          gap.unseen -= seen;
          losses.remove(loss);
          break;
        }
      }
    }
  }

  private boolean isAccountedFor(ReportedGaps.Told told) {
    for (Loss loss : losses) {
      if (loss.isToldBy(told)) {
        losses.remove(loss);
        return true;
      }
    }
    return false;
  }

  /** What went with one generation: the agents knew it up to a place, and that it had some size. */
  private record Loss(long offset, long knownSize, long size, boolean unopened) {
    boolean isToldBy(ReportedGaps.Told gap) {
      return gap.offset() == offset && gap.bytes() == knownSize - offset;
    }

    boolean wasSeenAs(ReportedGaps.Told gap) {
      long end = gap.offset() + gap.bytes();
      return unopened && gap.offset() == offset && end > knownSize && end <= size;
    }
  }

  /** The lines that need not arrive. */
  BitSet excused() {
    BitSet excused = (BitSet) gone.clone();
    for (Generation generation : all) {
      if (generation.destroyed && !generation.held) {
        excused.set(generation.first, generation.end);
      }
    }
    return excused;
  }

  /** What was destroyed unread. */
  Gap gap() {
    return gap;
  }

  long bytes(BitSet numbers) {
    return numbers.stream().mapToLong(number -> writer.lines().line(number).length).sum();
  }

  private long bytes(int first, int end) {
    BitSet numbers = new BitSet();
    numbers.set(first, end);
    return bytes(numbers);
  }

  private static Object key(Path file) {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * What was destroyed before it could be read, in bytes. What never arrived is what the agent can
   * report, without what arrived all the same (it was under way when the agent ended), and with
   * what was written behind the agent's last look at the file, which it never saw.
   */
  static final class Gap {
    long reported;
    long arrived;
    long unseen;

    long neverArrived() {
      return reported - arrived + unseen;
    }
  }

  private static final class Generation {
    final int first;
    int end;
    boolean destroyed;
    boolean held;
    boolean over;
    KnownTail known;

    Generation(int first) {
      this.first = first;
    }
  }
}
