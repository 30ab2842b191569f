package io.kinesisagent.agent.tail;

import java.util.zip.CRC32C;

/**
 * CRC-32C (Castagnoli, RFC 3720) of a file's content so far, from the checksums of its pieces, so
 * that the checksum of a long file can be carried on after a restart without reading it again.
 */
public final class Crc32c {
  private static final int POLYNOMIAL = 0x82f63b78;

  /** x to the power of 8 · 2^k modulo the polynomial: what k doublings of one byte shift by. */
  private static final int[] SHIFTS = new int[64];

  static {
    int power = 1 << 30;
    for (int i = 0; i < 3; i++) {
      power = multiply(power, power);
    }
    for (int k = 0; k < SHIFTS.length; k++) {
      SHIFTS[k] = power;
      power = multiply(power, power);
    }
  }

  private Crc32c() {}

  /** The checksum of some bytes. */
  public static int of(byte[] bytes, int offset, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, offset, length);
    return (int) crc.getValue();
  }

  /**
   * The checksum of two pieces, one behind the other.
   *
   * @param first the checksum of the first piece
   * @param second the checksum of the second
   * @param secondLength the length of the second in bytes
   */
  public static int combine(int first, int second, long secondLength) {
    int shift = 1 << 31;
    for (int k = 0; secondLength != 0; k++, secondLength >>>= 1) {
      if ((secondLength & 1) != 0) {
        shift = multiply(SHIFTS[k], shift);
      }
    }
    return multiply(shift, first) ^ second;
  }

  /** The checksum of so many NULs. */
  static int ofNuls(long length) {
    int crc = 0;
    int ofPower = of(new byte[1], 0, 1);
    long power = 1;
    for (long rest = length; rest != 0; rest >>>= 1) {
      crc = (rest & 1) != 0 ? combine(crc, ofPower, power) : crc;
      ofPower = combine(ofPower, ofPower, power);
      power <<= 1;
    }
    return crc;
  }

  /** The product of two polynomials modulo that of the checksum, bits reflected. */
  private static int multiply(int a, int b) {
    int product = 0;
    for (int bit = 1 << 31; bit != 0; bit >>>= 1) {
      if ((a & bit) != 0) {
        product ^= b;
      }
      b = (b & 1) != 0 ? (b >>> 1) ^ POLYNOMIAL : b >>> 1;
    }
    return product;
  }
}
