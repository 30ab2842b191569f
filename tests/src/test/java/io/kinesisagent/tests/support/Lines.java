package io.kinesisagent.tests.support;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The lines of one writer: line {@code n} is a function of the writer's name, the seed and {@code
 * n}, so that whoever receives a line can tell which it is and that each byte of it is right,
 * without keeping any. Immutable.
 *
 * <p>A line is {@code NAME NNNNNNNNNN FILLER\n}; the filler has any bytes but newlines, so most
 * lines are not UTF-8.
 */
public final class Lines {
  private static final int DIGITS = 10;
  private static final int PREFIX = DIGITS + 3;
  private static final int POOL = 1 << 16;

  private final byte name;
  private final long seed;
  private final int maxFiller;
  private final byte[] pool = new byte[POOL];

  /**
   * @param name tells the writers of one test apart: a printing ASCII character
   * @param maxFillerBytes lengths are even between 14 bytes and this much more
   */
  public Lines(char name, long seed, int maxFillerBytes) {
    if (name <= ' ' || name > '~' || maxFillerBytes < 1 || maxFillerBytes >= POOL) {
      throw new IllegalArgumentException(name + ", " + maxFillerBytes);
    }
    this.name = (byte) name;
    this.seed = seed;
    this.maxFiller = maxFillerBytes;
    new SplittableRandom(seed).nextBytes(pool);
    for (int i = 0; i < POOL; i++) {
      if (pool[i] == '\n') {
        pool[i] = '\r';
      }
    }
  }

  /** Lines of 157 bytes in the mean, as access logs have. */
  public Lines(char name, long seed) {
    this(name, seed, 286);
  }

  /** Line {@code number}, newline included. */
  public byte[] line(long number) {
    long mixed = mix(seed + number * 0x9E3779B97F4A7C15L);
    int filler = (int) Math.floorMod(mixed, (long) maxFiller);
    int from = (int) Math.floorMod(mixed >>> 20, (long) (POOL - filler));
    byte[] line = new byte[PREFIX + filler + 1];
    line[0] = name;
    line[1] = ' ';
    long rest = number;
    for (int i = DIGITS + 1; i > 1; i--) {
      line[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    line[DIGITS + 2] = ' ';
    System.arraycopy(pool, from, line, PREFIX, filler);
    line[line.length - 1] = '\n';
    return line;
  }

  /** Which line {@code data} is; -1 when it is none of these, or not byte for byte. */
  public long number(byte[] data) {
    if (data.length < PREFIX || data[0] != name) {
      return -1;
    }
    long number = 0;
    for (int i = 2; i < DIGITS + 2; i++) {
      if (data[i] < '0' || data[i] > '9') {
        return -1;
      }
      number = number * 10 + data[i] - '0';
    }
    return Arrays.equals(line(number), data) ? number : -1;
  }

  private static long mix(long value) {
    long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
