package io.kinesisagent.agent.tail;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Some of the places that reading of a generation has passed, dense near its end and ever thinner
 * towards its beginning: a file that holds no more than the generation had at one of them is told
 * by its checksum, also when the generation's own file is gone. Owned by the flow's thread.
 */
public final class Rungs {
  /**
   * A place that was passed.
   *
   * @param offset source bytes before it
   * @param crc CRC-32C of the bytes from the generation's origin to it
   */
  public record Rung(long offset, int crc) {}

  private static final int LEVELS = 24;
  private static final int A_LEVEL = 2;

  private Rung[] rungs = new Rung[0];
  private long passed;

  /** Takes up places that an earlier run had passed, in the order of their offsets. */
  void restore(List<Rung> known) {
    known.forEach(this::add);
  }

  void pass(Position position) {
    add(new Rung(position.offset(), position.crc()));
  }

  /** The number of the place says how long it stays: every other one twice as long. */
  private void add(Rung rung) {
    passed++;
    int level = Math.min(Long.numberOfTrailingZeros(passed), LEVELS - 1);
    int slot = level * A_LEVEL + (int) (passed >>> (level + 1)) % A_LEVEL;
    if (slot >= rungs.length) {
      rungs = Arrays.copyOf(rungs, slot + 1);
    }
    rungs[slot] = rung;
  }

  /** The last place that is not behind {@code offset}, or null. */
  Rung upTo(long offset) {
    Rung best = null;
    for (Rung rung : rungs) {
      if (rung != null
          && rung.offset() <= offset
          && (best == null || rung.offset() > best.offset())) {
        best = rung;
      }
    }
    return best;
  }

  /** The last few places that are not behind {@code offset}, in the order of their offsets. */
  List<Rung> last(int most, long offset) {
    List<Rung> sorted = new ArrayList<>();
    for (Rung rung : rungs) {
      if (rung != null && rung.offset() <= offset) {
        sorted.add(rung);
      }
    }
    sorted.sort(Comparator.comparingLong(Rung::offset));
    return List.copyOf(sorted.subList(Math.max(0, sorted.size() - most), sorted.size()));
  }

  void clear() {
    rungs = new Rung[0];
    passed = 0;
  }
}
