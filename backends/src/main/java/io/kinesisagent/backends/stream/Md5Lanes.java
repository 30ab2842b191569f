package io.kinesisagent.backends.stream;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * The MD5 (RFC 1321) of many parts of an array, side by side: a step of MD5 waits for the one
 * before it, so one part after the other leaves most of a processor idle. Here each step is a short
 * loop over the parts, a lane each, which the compiler turns into vector instructions.
 */
final class Md5Lanes {
  /** Bytes of a digest. */
  static final int DIGEST_BYTES = 16;

  /** Fewer lanes than these are no faster than the JDK's MD5, one part after the other. */
  private static final int LEAST_LANES = 16;

  private static final int BLOCK_BYTES = 64;

  /** Of the length at the end of what is digested, and the bit in front of its padding. */
  private static final int LEAST_PADDING_BYTES = 9;

  /**
   * Blocks of a lane that are copied at a time: enough that the processor sees where it is going to
   * read; odd, so that lanes do not share places in caches.
   */
  private static final int AHEAD_BLOCKS = 33;

  private static final int AHEAD_BYTES = AHEAD_BLOCKS * BLOCK_BYTES;

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int[] START = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476};
  private static final int[] SINES = sines();

  private final byte[] bytes;
  private final int lanes;
  private final int[] starts;
  private final int[] ends;

  /** The blocks of each lane, the last one padded. */
  private final int[] blocks;

  /** The next blocks of each lane: so the lanes' places in memory are visited more rarely. */
  private final byte[] ahead;

  private final int[][] state = new int[4][];
  private final int[][] work = new int[4][];
  private final int[][] words = new int[BLOCK_BYTES / Integer.BYTES][];

  /** Lanes for parts, the longest first. */
  private Md5Lanes(byte[] bytes, long[] longestFirst, int from, int[] starts, int[] ends) {
    this.bytes = bytes;
    lanes = longestFirst.length - from;
    this.starts = new int[lanes];
    this.ends = new int[lanes];
    blocks = new int[lanes];
    ahead = new byte[lanes * AHEAD_BYTES];
    for (int lane = 0; lane < lanes; lane++) {
      int part = part(longestFirst[from + lane]);
      this.starts[lane] = starts[part];
      this.ends[lane] = ends[part];
      blocks[lane] = (ends[part] - starts[part] + LEAST_PADDING_BYTES - 1) / BLOCK_BYTES + 1;
    }
    for (int i = 0; i < state.length; i++) {
      state[i] = new int[lanes];
      Arrays.fill(state[i], START[i]);
      work[i] = new int[lanes];
    }
    for (int i = 0; i < words.length; i++) {
      words[i] = new int[lanes];
    }
  }

  /**
   * Writes the MD5 of each part behind its end.
   *
   * @param starts where the parts start
   * @param ends where they end, exclusive; {@link #DIGEST_BYTES} from there on are overwritten
   * @param count of the parts
   */
  static void digest(byte[] bytes, int[] starts, int[] ends, int count) {
    long[] longestFirst = new long[count];
    for (int part = 0; part < count; part++) {
      long ordered = (long) (starts[part] - ends[part]) << Integer.SIZE | part;
      // They are few: a general sort costs the compilers more than all of this does.
      int at = part;
      for (; at > 0 && longestFirst[at - 1] > ordered; at--) {
        longestFirst[at] = longestFirst[at - 1];
      }
      longestFirst[at] = ordered;
    }
    int from = 0;
    while (from < count && !manyAsLong(longestFirst, from)) {
      int part = part(longestFirst[from++]);
      byte[] digest = alone(bytes, starts[part], ends[part]);
      System.arraycopy(digest, 0, bytes, ends[part], digest.length);
    }
    if (from < count) {
      new Md5Lanes(bytes, longestFirst, from, starts, ends).digest();
    }
  }

  private static int part(long ordered) {
    return (int) ordered;
  }

  private static int length(long ordered) {
    return (int) -(ordered >> Integer.SIZE);
  }

  /** Whether enough parts are nearly as long as this one: lanes run dry at different times. */
  private static boolean manyAsLong(long[] longestFirst, int part) {
    int last = part + LEAST_LANES - 1;
    return last < longestFirst.length
        && length(longestFirst[last]) >= length(longestFirst[part]) / 4 * 3;
  }

  private static byte[] alone(byte[] bytes, int start, int end) {
    MessageDigest md5 = PartitionKeyOption.md5();
    md5.update(bytes, start, end - start);
    return md5.digest();
  }

  private void digest() {
    int open = lanes;
    for (int row = 0; row < blocks[0]; row++) {
      while (blocks[open - 1] <= row) {
        open--;
      }
      int rowAhead = row % AHEAD_BLOCKS;
      if (rowAhead == 0) {
        for (int lane = 0; lane < open; lane++) {
          copy(lane, row);
        }
      }
      for (int i = 0; i < words.length; i++) {
        load(ahead, rowAhead * BLOCK_BYTES + i * Integer.BYTES, words[i], open);
      }
      block(open);
    }
    for (int lane = 0; lane < lanes; lane++) {
      for (int i = 0; i < state.length; i++) {
        INT.set(bytes, ends[lane] + i * Integer.BYTES, state[i][lane]);
      }
    }
  }

  /** Copies the next blocks of a lane, and pads the last. */
  private void copy(int lane, int row) {
    int to = lane * AHEAD_BYTES;
    int from = starts[lane] + row * BLOCK_BYTES;
    int count = Math.min(AHEAD_BYTES, ends[lane] - from);
    if (count > 0) {
      System.arraycopy(bytes, from, ahead, to, count);
    }
    if (count < AHEAD_BYTES) {
      Arrays.fill(ahead, to + Math.max(0, count), to + AHEAD_BYTES, (byte) 0);
      if (count >= 0) {
        ahead[to + count] = (byte) 0x80;
      }
      int last = (blocks[lane] - row) * BLOCK_BYTES;
      if (last <= AHEAD_BYTES) {
        LONG.set(ahead, to + last - Long.BYTES, 8L * (ends[lane] - starts[lane]));
      }
    }
  }

  private static void load(byte[] from, int offset, int[] word, int open) {
    for (int lane = 0; lane < open; lane++) {
      word[lane] = (int) INT.get(from, lane * AHEAD_BYTES + offset);
    }
  }

  /**
   * Takes a block in each of the first lanes. Two of the four variables are replaced by a pair of
   * steps, and change places with the others for the next.
   */
  private void block(int open) {
    for (int i = 0; i < state.length; i++) {
      System.arraycopy(state[i], 0, work[i], 0, open);
    }
    int[] a = work[0];
    int[] b = work[1];
    int[] c = work[2];
    int[] d = work[3];
    for (int step = 0; step < 64; step += 4) {
      pair(step, a, b, c, d, open);
      pair(step + 2, c, d, a, b, open);
    }
    for (int i = 0; i < state.length; i++) {
      add(state[i], work[i], open);
    }
  }

  /** Steps {@code step} and the next, with the words and shifts of their round (section 3.4). */
  private void pair(int step, int[] a, int[] b, int[] c, int[] d, int open) {
    int k = SINES[step];
    int l = SINES[step + 1];
    boolean early = (step & 2) == 0;
    switch (step >> 4) {
      case 0 -> {
        int[] m = words[step];
        int[] n = words[step + 1];
        first(a, b, c, d, m, n, k, l, early ? 7 : 17, early ? 12 : 22, open);
      }
      case 1 -> {
        int[] m = words[(5 * step + 1) & 15];
        int[] n = words[(5 * step + 6) & 15];
        second(a, b, c, d, m, n, k, l, early ? 5 : 14, early ? 9 : 20, open);
      }
      case 2 -> {
        int[] m = words[(3 * step + 5) & 15];
        int[] n = words[(3 * step + 8) & 15];
        third(a, b, c, d, m, n, k, l, early ? 4 : 16, early ? 11 : 23, open);
      }
      default -> {
        int[] m = words[(7 * step) & 15];
        int[] n = words[(7 * step + 7) & 15];
        fourth(a, b, c, d, m, n, k, l, early ? 6 : 15, early ? 10 : 21, open);
      }
    }
  }

  // Two steps of a round: a with word m and sine k, turned by r bits, then d with n, l and s, in
  // the
  // lanes before e. The rounds differ in their function only, but a loop becomes vector
  // instructions
  // only where all of it is written out.

  private static void first(
      int[] as, int[] bs, int[] cs, int[] ds, int[] m, int[] n, int k, int l, int r, int s, int e) {
    for (int i = 0; i < e; i++) {
      int b = bs[i];
      int c = cs[i];
      int d = ds[i];
      int x = as[i] + (((c ^ d) & b) ^ d) + k + m[i];
      int a = b + (x << r | x >>> (32 - r));
      int y = d + (((b ^ c) & a) ^ c) + l + n[i];
      as[i] = a;
      ds[i] = a + (y << s | y >>> (32 - s));
    }
  }

  private static void second(
      int[] as, int[] bs, int[] cs, int[] ds, int[] m, int[] n, int k, int l, int r, int s, int e) {
    for (int i = 0; i < e; i++) {
      int b = bs[i];
      int c = cs[i];
      int d = ds[i];
      int x = as[i] + (((b ^ c) & d) ^ c) + k + m[i];
      int a = b + (x << r | x >>> (32 - r));
      int y = d + (((a ^ b) & c) ^ b) + l + n[i];
      as[i] = a;
      ds[i] = a + (y << s | y >>> (32 - s));
    }
  }

  private static void third(
      int[] as, int[] bs, int[] cs, int[] ds, int[] m, int[] n, int k, int l, int r, int s, int e) {
    for (int i = 0; i < e; i++) {
      int b = bs[i];
      int c = cs[i];
      int d = ds[i];
      int x = as[i] + (b ^ c ^ d) + k + m[i];
      int a = b + (x << r | x >>> (32 - r));
      int y = d + (a ^ b ^ c) + l + n[i];
      as[i] = a;
      ds[i] = a + (y << s | y >>> (32 - s));
    }
  }

  private static void fourth(
      int[] as, int[] bs, int[] cs, int[] ds, int[] m, int[] n, int k, int l, int r, int s, int e) {
    for (int i = 0; i < e; i++) {
      int b = bs[i];
      int c = cs[i];
      int d = ds[i];
      int x = as[i] + (c ^ (b | ~d)) + k + m[i];
      int a = b + (x << r | x >>> (32 - r));
      int y = d + (b ^ (a | ~c)) + l + n[i];
      as[i] = a;
      ds[i] = a + (y << s | y >>> (32 - s));
    }
  }

  private static void add(int[] to, int[] more, int end) {
    for (int i = 0; i < end; i++) {
      to[i] += more[i];
    }
  }

  private static int[] sines() {
    int[] sines = new int[64];
    for (int i = 0; i < sines.length; i++) {
      sines[i] = (int) (long) (Math.abs(StrictMath.sin(i + 1)) * (1L << Integer.SIZE));
    }
    return sines;
  }
}
