package io.kinesisagent.benchmarks.process;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Reads, from lines made by {@link #line}, how long ago they were written. Other records are left
 * alone. Any thread may use it.
 */
final class LatencyVisitor implements RecordVisitor {
  private static final String PREFIX = "latency ";
  private static final double NANOS_A_MILLISECOND = 1e6;
  private static final byte FIRST = (byte) PREFIX.charAt(0);

  private final List<Long> nanos = Collections.synchronizedList(new ArrayList<>());

  /** A line that tells when it was made. */
  static byte[] line() {
    return (PREFIX + System.nanoTime() + "\n").getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public void record(byte[] data, int from, int to) {
    if (to > from && data[from] == FIRST) {
      String line = new String(data, from, to - from, StandardCharsets.US_ASCII).strip();
      if (line.startsWith(PREFIX)) {
        nanos.add(System.nanoTime() - Long.parseLong(line.substring(PREFIX.length())));
      }
    }
  }

  /** Forgets what it has read. */
  void reset() {
    nanos.clear();
  }

  int size() {
    return nanos.size();
  }

  /** The latency that {@code part} of the lines did not exceed, in milliseconds. */
  double millis(double part) {
    List<Long> sorted = nanos.stream().sorted().toList();
    int index = (int) Math.ceil(part * sorted.size()) - 1;
    return sorted.get(Math.max(0, index)) / NANOS_A_MILLISECOND;
  }
}
