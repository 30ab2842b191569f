package io.kinesisagent.agent.tail;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The generations of a flow by how their content begins: those whose beginning is long enough to
 * tell a copy by. Owned by the flow's thread.
 */
final class HeadIndex {
  /** How many bytes a file needs before it can be taken for the beginning of another. */
  static final int LEAST_BYTES = 8;

  private static final int MOST_CANDIDATES = 16;

  private final Map<Long, List<Tail>> byHead = new HashMap<>();
  private final Map<Long, List<Tail>> byFirstBytes = new HashMap<>();

  /** The first {@link #LEAST_BYTES} bytes of a file as a number, 0 where it has fewer. */
  static long firstBytes(byte[] data, int available) {
    if (available < LEAST_BYTES) {
      return 0;
    }
    long value = 0;
    for (int i = 0; i < LEAST_BYTES; i++) {
      value = value << 8 | (data[i] & 0xff);
    }
    return value;
  }

  /** Takes note of a generation, once its fingerprint is full. */
  void add(Tail tail) {
    if (tail.head.full() && !tail.indexed) {
      tail.indexed = true;
      byHead.computeIfAbsent(tail.head.hash(), k -> new ArrayList<>(1)).add(tail);
      byFirstBytes.computeIfAbsent(tail.firstBytes, k -> new ArrayList<>(1)).add(tail);
    }
  }

  void remove(Tail tail) {
    if (tail.indexed) {
      tail.indexed = false;
      remove(byHead, tail.head.hash(), tail);
      remove(byFirstBytes, tail.firstBytes, tail);
    }
  }

  private static void remove(Map<Long, List<Tail>> index, long key, Tail tail) {
    List<Tail> tails = index.get(key);
    tails.remove(tail);
    if (tails.isEmpty()) {
      index.remove(key);
    }
  }

  /**
   * The generations that a file may be a copy of, the youngest first.
   *
   * @param head the file's fingerprint
   * @param firstBytes see {@link #firstBytes(byte[], int)}
   */
  List<Tail> candidates(Fingerprint head, long firstBytes) {
    List<Tail> found = List.of();
    if (head.full()) {
      found = byHead.getOrDefault(head.hash(), List.of());
    } else if (head.length() >= LEAST_BYTES) {
      found = byFirstBytes.getOrDefault(firstBytes, List.of());
    }
    List<Tail> youngestFirst = new ArrayList<>(Math.min(found.size(), MOST_CANDIDATES));
    for (int i = found.size() - 1; i >= 0 && youngestFirst.size() < MOST_CANDIDATES; i--) {
      youngestFirst.add(found.get(i));
    }
    return youngestFirst;
  }
}
