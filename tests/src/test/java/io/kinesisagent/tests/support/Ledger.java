package io.kinesisagent.tests.support;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Counts how often each line of each writer arrived. Any thread may use it; what it says is exact
 * at the moment it says it.
 */
public final class Ledger implements RecordListener {
  private static final int SAMPLES = 5;

  private final Lines[] sources;
  private final byte[][] arrivals;
  private final long[] distinct;
  private final long[] repeated;
  private final List<String> foreignSamples = new ArrayList<>();
  private final BitSet[] settled;
  private final long[] unexplained;
  private long foreign;
  private long bytes;

  /** Knows the lines of {@code sources}; whatever else arrives is foreign. */
  public Ledger(Lines... sources) {
    this.sources = sources.clone();
    this.arrivals = new byte[sources.length][1 << 12];
    this.distinct = new long[sources.length];
    this.repeated = new long[sources.length];
    this.settled = new BitSet[sources.length];
    Arrays.setAll(settled, i -> new BitSet());
    this.unexplained = new long[sources.length];
  }

  @Override
  public void accepted(String stream, String partitionKey, byte[] data) {
    int source = -1;
    long number = -1;
    for (int i = 0; i < sources.length && number < 0; i++) {
      number = sources[i].number(data);
      source = i;
    }
    synchronized (this) {
      bytes += data.length;
      if (number < 0) {
        foreign++;
        if (foreignSamples.size() < SAMPLES) {
          foreignSamples.add(sample(data));
        }
      } else {
        count(source, Math.toIntExact(number));
      }
    }
  }

  private void count(int source, int number) {
    if (number >= arrivals[source].length) {
      int longer = Math.max(number + 1, arrivals[source].length * 2);
      arrivals[source] = Arrays.copyOf(arrivals[source], longer);
    }
    byte before = arrivals[source][number];
    if (before == 0) {
      distinct[source]++;
    } else {
      repeated[source]++;
      if (settled[source].get(number)) {
        unexplained[source]++;
      }
    }
    if (before < Byte.MAX_VALUE) {
      arrivals[source][number]++;
    }
  }

  /** How many different lines have arrived, over all writers. */
  public synchronized long distinct() {
    return Arrays.stream(distinct).sum();
  }

  /**
   * From now on nothing explains a repeat of {@code numbers} of {@code source}.
   *
   * @return how many lines have arrived that may still be repeated
   */
  public synchronized long settled(Lines source, BitSet numbers) {
    int index = indexOf(source);
    settled[index].or(numbers);
    long open = 0;
    for (int number = 0; number < arrivals[index].length; number++) {
      if (arrivals[index][number] > 0 && !settled[index].get(number)) {
        open++;
      }
    }
    return open;
  }

  /** Arrivals of lines of {@code source} that were settled before. */
  public synchronized long unexplained(Lines source) {
    return unexplained[indexOf(source)];
  }

  /** All that arrived, in bytes, repeats included. */
  public synchronized long bytes() {
    return bytes;
  }

  /** True when line {@code number} of {@code source} arrived. */
  public synchronized boolean arrived(Lines source, long number) {
    byte[] counts = arrivals[indexOf(source)];
    return number < counts.length && counts[(int) number] > 0;
  }

  /** Which of the first {@code written} lines of {@code source} have not arrived. */
  public synchronized BitSet missing(Lines source, long written) {
    byte[] counts = arrivals[indexOf(source)];
    BitSet missing = new BitSet();
    for (int number = 0; number < written; number++) {
      missing.set(number, number >= counts.length || counts[number] == 0);
    }
    return missing;
  }

  /** What became of the first {@code written} lines of {@code source}. */
  public synchronized Account account(Lines source, long written) {
    int index = indexOf(source);
    List<Long> lost = new ArrayList<>();
    long lostLines = 0;
    for (int number = 0; number < written; number++) {
      if (number >= arrivals[index].length || arrivals[index][number] == 0) {
        lostLines++;
        if (lost.size() < SAMPLES) {
          lost.add((long) number);
        }
      }
    }
    return new Account(
        written, lostLines, repeated[index], foreign, lost, List.copyOf(foreignSamples));
  }

  private int indexOf(Lines source) {
    int index = Arrays.asList(sources).indexOf(source);
    if (index < 0) {
      throw new IllegalArgumentException("not a source of this ledger");
    }
    return index;
  }

  private static String sample(byte[] data) {
    String text = new String(data, StandardCharsets.ISO_8859_1);
    return data.length + " bytes: " + text.substring(0, Math.min(40, text.length())).strip();
  }

  /**
   * The balance of one writer.
   *
   * @param lost lines that never arrived
   * @param repeated arrivals of lines that had arrived before
   * @param foreign arrivals, of all writers together, that are no line of any
   * @param lostSamples the numbers of the first few lost lines
   */
  public record Account(
      long written,
      long lost,
      long repeated,
      long foreign,
      List<Long> lostSamples,
      List<String> foreignSamples) {}
}
