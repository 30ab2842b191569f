package io.kinesisagent.agent.frame;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Where lines end in the bytes of a character set. Characters are looked for at whole code units,
 * counted from an index that the caller names. Immutable.
 */
public final class Newlines {
  /** Character sets whose byte order only a file's first bytes tell. */
  private static final Set<String> BYTE_ORDER_OF_THE_FILE = Set.of("UTF-16", "UTF-32");

  /** Newlines of UTF-8, and of every character set that has ASCII's newline. */
  public static final Newlines ASCII = new Newlines(1, 0, (byte) '\n', true);

  /** The most bytes of a code unit. */
  public static final int MAX_UNIT_BYTES = 4;

  private final int unitBytes;
  private final int place;
  private final byte newline;
  private final boolean utf8;

  private Newlines(int unitBytes, int place, byte newline, boolean utf8) {
    this.unitBytes = unitBytes;
    this.place = place;
    this.newline = newline;
    this.utf8 = utf8;
  }

  /**
   * The newlines of a character set.
   *
   * @throws IllegalArgumentException where it has none that stands for itself, such as a character
   *     set whose byte order a file tells, or one that cannot be encoded
   */
  public static Newlines of(Charset charset) {
    if (charset.equals(StandardCharsets.UTF_8)) {
      return ASCII;
    }
    if (BYTE_ORDER_OF_THE_FILE.contains(charset.name())) {
      throw new IllegalArgumentException(charset + " does not say the order of its bytes");
    }
    byte[] encoded = charset.canEncode() ? "\n".getBytes(charset) : new byte[0];
    int place = encoded.length - 1;
    while (place > 0 && encoded[place] == 0) {
      place--;
    }
    boolean known = encoded.length == 1 || encoded.length == 2 || encoded.length == 4;
    for (int i = 0; known && i < encoded.length; i++) {
      known = i == place || encoded[i] == 0;
    }
    if (!known) {
      throw new IllegalArgumentException(charset + " has no newline of one, two or four bytes");
    }
    return new Newlines(encoded.length, place, encoded[place], false);
  }

  /** The bytes of a code unit: 1, 2 or 4. */
  public int unitBytes() {
    return unitBytes;
  }

  /** The last index up to {@code to} that is a whole number of code units behind {@code start}. */
  public int align(int start, int to) {
    return to - (to - start) % unitBytes;
  }

  /**
   * The index behind the first newline that lies in {@code [from, to)}, or -1.
   *
   * @param start an index that code units are counted from; at most {@code from}
   */
  public int end(byte[] data, int start, int from, int to) {
    if (unitBytes == 1 && newline == '\n') {
      int at = Bytes.newline(data, from, to);
      return at < 0 ? -1 : at + 1;
    }
    for (int i = start + roundUp(from - start); i + unitBytes <= to; i += unitBytes) {
      if (isNewline(data, i)) {
        return i + unitBytes;
      }
    }
    return -1;
  }

  /** The index behind the last newline that lies in {@code [start, to)}, or -1. */
  public int lastEnd(byte[] data, int start, int to) {
    for (int i = align(start, to) - unitBytes; i >= start; i -= unitBytes) {
      if (isNewline(data, i)) {
        return i + unitBytes;
      }
    }
    return -1;
  }

  /**
   * The longest cut of {@code [start, to)} that splits no character, as far as the bytes tell.
   *
   * @return an index from {@code to - 3} to {@code to}
   */
  public int cut(byte[] data, int start, int to) {
    if (unitBytes == 1) {
      return utf8 ? Bytes.characterBoundary(data, start, to) : to;
    }
    int cut = align(start, to);
    boolean behindHighSurrogate =
        unitBytes == 2 && cut - 2 > start && (data[cut - 1 - place] & 0xFC) == 0xD8;
    return behindHighSurrogate ? cut - 2 : cut;
  }

  private boolean isNewline(byte[] data, int at) {
    if (data[at + place] != newline) {
      return false;
    }
    for (int i = 0; i < unitBytes; i++) {
      if (i != place && data[at + i] != 0) {
        return false;
      }
    }
    return true;
  }

  /** The least whole number of code units that has so many bytes. */
  public int roundUp(int distance) {
    return (distance + unitBytes - 1) / unitBytes * unitBytes;
  }
}
