package io.kinesisagent.tests.support;

import io.kinesisagent.agent.checkpoint.Checkpoint;
import io.kinesisagent.agent.checkpoint.JournalCheckpointStore;
import io.kinesisagent.agent.files.NioStateFile;
import io.kinesisagent.agent.tail.Fingerprint;
import io.kinesisagent.agent.tail.KnownTail;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;

/**
 * Which lines of a writer a checkpoint file says have arrived: those must not come again. A file
 * generation is known by its first bytes, as each line tells its number. One thread.
 */
public final class SettledLines {
  private final Lines lines;
  private final BitSet settled = new BitSet();

  public SettledLines(Lines lines) {
    this.lines = lines;
  }

  /**
   * The checkpoints in {@code file} as they are at this moment, read from a copy.
   *
   * @throws AssertionError where the file is damaged by more than a torn last line
   */
  public static Collection<Checkpoint> read(Path file) {
    if (!Files.exists(file)) {
      return List.of();
    }
    Path copy = file.resolveSibling("copy-of-checkpoints");
    try {
      Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
      List<String> alarms = new ArrayList<>();
      Collection<Checkpoint> all =
          new JournalCheckpointStore(new NioStateFile(copy), alarms::add).all();
      if (!alarms.isEmpty()) {
        throw new AssertionError(alarms.toString());
      }
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Takes in that the lines of one generation, which begins with line {@code first}, are settled.
   */
  public void take(long first, KnownTail tail) {
    int number = Math.toIntExact(first);
    for (long offset = 0; offset < tail.position().offset(); number++) {
      offset += lines.line(number).length;
      if (offset <= tail.position().offset()) {
        settled.set(number);
      }
    }
  }

  /**
   * Whether a generation that begins with line {@code first}, and not with less, is {@code tail}.
   */
  public boolean begins(long first, KnownTail tail) {
    int length = tail.head().length();
    byte[] data = new byte[length];
    int filled = 0;
    for (long number = first; filled < length; number++) {
      byte[] line = lines.line(number);
      int part = Math.min(line.length, length - filled);
      System.arraycopy(line, 0, data, filled, part);
      filled += part;
    }
    return length > 0 && Fingerprint.of(data, length).equals(tail.head());
  }

  /** All lines that are known to have been settled at one time or another. */
  public BitSet numbers() {
    return (BitSet) settled.clone();
  }
}
