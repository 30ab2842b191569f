package io.kinesisagent.agent.tail;

import io.kinesisagent.agent.files.OpenFile;
import io.kinesisagent.agent.frame.Bytes;
import io.kinesisagent.agent.frame.Newlines;
import java.io.IOException;

/**
 * A hash of a file's first bytes. It grows with the file until it covers {@link #FULL_LENGTH}
 * bytes. NULs that a file ends with are not covered: they may be room that a writer has set aside
 * and will fill.
 *
 * @param length how many bytes it covers, 0 to {@link #FULL_LENGTH}
 */
public record Fingerprint(int length, long hash) {
  /** The most bytes that a fingerprint covers. */
  public static final int FULL_LENGTH = 1024;

  /** The fingerprint of an empty file. */
  public static final Fingerprint NONE = of(new byte[0], 0);

  /** The fingerprint of the first {@code length} bytes of {@code data}. */
  public static Fingerprint of(byte[] data, int length) {
    int covered = Math.min(length, FULL_LENGTH);
    return new Fingerprint(covered, hash(data, 0, covered));
  }

  /**
   * The fingerprint of a file as it is now.
   *
   * @param readTo an offset that was read up to: no NULs before it are room
   * @param newlines say how many bytes a character has at least
   * @param first room for {@link #FULL_LENGTH} bytes, which the file's first are put into
   */
  static Fingerprint of(OpenFile file, long readTo, Newlines newlines, byte[] first)
      throws IOException {
    int available = file.read(0, first, 0, FULL_LENGTH);
    if (available > readTo && first[available - 1] == 0) {
      long size = file.size();
      boolean filled = Room.isFilledAtEnd(file, size, newlines);
      // What was room may have been filled since, and more of it set aside.
      available = file.read(0, first, 0, FULL_LENGTH);
      if (!filled || size < available) {
        int written = newlines.roundUp(Bytes.lastNotNul(first, 0, available) + 1);
        available = (int) Math.min(available, Math.max(written, readTo));
      }
    }
    return of(first, available);
  }

  /** Whether it covers all that a fingerprint can. */
  public boolean full() {
    return length == FULL_LENGTH;
  }

  /**
   * Whether a file that begins with {@code available} bytes of {@code data} has this fingerprint.
   */
  public boolean matches(byte[] data, int available) {
    return available >= length && hash(data, 0, length) == hash;
  }

  /** FNV-1a over 64 bits, finished so that near inputs differ in all bits. */
  static long hash(byte[] data, int offset, int length) {
    long h = 0xcbf29ce484222325L;
    for (int i = offset; i < offset + length; i++) {
      h = (h ^ (data[i] & 0xff)) * 0x100000001b3L;
    }
    h ^= h >>> 33;
    h *= 0xff51afd7ed558ccdL;
    return h ^ (h >>> 33);
  }
}
