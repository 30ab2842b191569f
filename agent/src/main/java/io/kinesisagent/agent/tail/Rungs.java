package io.kinesisagent.agent.tail;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * Some of the places that reading of a generation has passed: the ends of the last lines while the
 * file is read as it grows, and before them ever fewer towards its beginning. A file that holds no
 * more than the generation had at one of them is told by its checksum, also when the generation's
 * own file is gone. Owned by the flow's thread.
 */
public final class Rungs {
  /**
   * A place that was passed.
   *
   * @param offset source bytes before it
   * @param crc CRC-32C of the bytes from the generation's origin to it
   */
  public record Rung(long offset, int crc) {}

  /**
   * Most ends of lines that are kept: what is written between the last read of a copy that is being
   * made and the cut of its original lies within.
   */
  static final int MOST_LINES = 512;

  private static final int FEWEST_LINES = 16;

  /** How many of the last places are never left out. */
  private static final int NEAREST = 4;

  private static final int LEVELS = 24;
  private static final int A_LEVEL = 2;

  private Rung[] ladder = new Rung[0];
  private long passed;

  /** The ends of the last lines, as what a checksum is made of once it is asked for. */
  private long[] ends = new long[0];

  private int[] lengths = new int[0];
  private int[] crcs = new int[0];
  private int[] crcsBefore = new int[0];
  private int oldest;
  private int lines;

  /** Whether the last checkpoint told of some of the places only. */
  private boolean toldSome;

  /** Takes up places that an earlier run had passed, in the order of their offsets. */
  void restore(List<Rung> known) {
    known.forEach(this::pass);
  }

  /** Takes note of the end of a read. */
  void pass(Position position) {
    pass(new Rung(position.offset(), position.crc()));
  }

  private void pass(Rung rung) {
    climb(rung);
    line(rung.offset(), 0, 0, rung.crc());
  }

  /**
   * Takes note of the end of a line that was read.
   *
   * @param from a place that was passed before
   * @param length from there to the end of the line, in bytes
   * @param crc the CRC-32C of those bytes
   */
  void passLine(Position from, int length, int crc) {
    line(from.offset() + length, length, crc, from.crc());
  }

  /** The number of the place says how long it stays: every other one twice as long. */
  private void climb(Rung rung) {
    passed++;
    int level = Math.min(Long.numberOfTrailingZeros(passed), LEVELS - 1);
    int slot = level * A_LEVEL + (int) (passed >>> (level + 1)) % A_LEVEL;
    if (slot >= ladder.length) {
      ladder = Arrays.copyOf(ladder, slot + 1);
    }
    ladder[slot] = rung;
  }

  private void line(long end, int length, int crc, int crcBefore) {
    if (lines == ends.length) {
      if (lines < MOST_LINES) {
        resize(Math.max(FEWEST_LINES, 2 * lines));
      } else {
        oldest = (oldest + 1) % MOST_LINES;
        lines--;
      }
    }
    int slot = (oldest + lines) % ends.length;
    lines++;
    ends[slot] = end;
    lengths[slot] = length;
    crcs[slot] = crc;
    crcsBefore[slot] = crcBefore;
  }

  /** To be called while the oldest is in the first slot. */
  private void resize(int size) {
    ends = Arrays.copyOf(ends, size);
    lengths = Arrays.copyOf(lengths, size);
    crcs = Arrays.copyOf(crcs, size);
    crcsBefore = Arrays.copyOf(crcsBefore, size);
  }

  private long end(int line) {
    return ends[(oldest + line) % ends.length];
  }

  private Rung rung(int line) {
    int slot = (oldest + line) % ends.length;
    int crc = Crc32c.combine(crcsBefore[slot], crcs[slot], lengths[slot]);
    return new Rung(ends[slot], crc);
  }

  /** How many of the lines end no later than at {@code offset}. */
  private int linesUpTo(long offset) {
    int line = lines;
    while (line > 0 && end(line - 1) > offset) {
      line--;
    }
    return line;
  }

  /** The last place that is not behind {@code offset}, or null. */
  Rung upTo(long offset) {
    int line = linesUpTo(offset);
    if (line > 0) {
      return rung(line - 1);
    }
    List<Rung> before = ladderUpTo(offset);
    return before.isEmpty() ? null : before.get(before.size() - 1);
  }

  /** In the order of their offsets. */
  private List<Rung> ladderUpTo(long offset) {
    List<Rung> found = new ArrayList<>();
    for (Rung rung : ladder) {
      if (rung != null && rung.offset() <= offset) {
        found.add(rung);
      }
    }
    found.sort(Comparator.comparingLong(Rung::offset));
    return found;
  }

  /**
   * The places that are not behind {@code offset} for a checkpoint, in the order of their offsets.
   *
   * @param all whether all of them, or only some
   */
  List<Rung> tell(long offset, boolean all) {
    toldSome = !all;
    return all ? all(offset) : some(offset);
  }

  private List<Rung> all(long offset) {
    List<Rung> all = ladderUpTo(lines == 0 ? offset : Math.min(offset, end(0) - 1));
    int upTo = linesUpTo(offset);
    for (int line = 0; line < upTo; line++) {
      all.add(rung(line));
    }
    return all;
  }

  /** The last places, and ever fewer of those before them. */
  private List<Rung> some(long offset) {
    List<Rung> some = new ArrayList<>();
    int stride = 1;
    int left = linesUpTo(offset);
    for (; left > 0; left -= stride) {
      some.add(rung(left - 1));
      stride = stride(some.size(), stride);
    }
    List<Rung> before = ladderUpTo(lines == 0 ? offset : Math.min(offset, end(0) - 1));
    for (left += before.size(); left > 0; left -= stride) {
      if (left <= before.size()) {
        some.add(before.get(left - 1));
        stride = stride(some.size(), stride);
      }
    }
    Collections.reverse(some);
    return some;
  }

  /** Whether there may be more places than the last checkpoint told of. */
  boolean dense() {
    return toldSome && lines > NEAREST;
  }

  private static int stride(int taken, int stride) {
    return taken >= NEAREST && taken % 2 == 0 ? 2 * stride : stride;
  }

  /** Keeps only some of the places: the file has come to rest. */
  void rest() {
    if (lines > FEWEST_LINES) {
      List<Rung> some = some(Long.MAX_VALUE);
      forgetLines();
      some.forEach(rung -> line(rung.offset(), 0, 0, rung.crc()));
    }
    toldSome = false;
  }

  void clear() {
    ladder = new Rung[0];
    passed = 0;
    forgetLines();
  }

  private void forgetLines() {
    resize(0);
    oldest = 0;
    lines = 0;
  }
}
