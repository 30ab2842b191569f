package io.kinesisagent.spi;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A byte buffer that grows as it is appended to. Not safe for use by several threads. */
public final class MutableBytes {
  private byte[] bytes;
  private int length;

  /**
   * An empty buffer.
   *
   * @param capacity bytes to have room for at first, at least 1
   */
  public MutableBytes(int capacity) {
    bytes = new byte[Math.max(1, capacity)];
  }

  /** The array behind this buffer; replaced when the buffer grows. */
  public byte[] array() {
    return bytes;
  }

  /** Bytes appended so far. */
  public int length() {
    return length;
  }

  /** Forgets what was appended beyond {@code newLength} bytes, which must not exceed the length. */
  public void truncate(int newLength) {
    if (newLength < 0 || newLength > length) {
      throw new IllegalArgumentException("length " + newLength + " is not within 0 and " + length);
    }
    length = newLength;
  }

  /** Forgets everything appended. The array is kept. */
  public void clear() {
    length = 0;
  }

  /**
   * Makes room for {@code more} bytes beyond {@link #length()} and returns the array, for a caller
   * that writes into it and then calls {@link #advance}.
   */
  public byte[] reserve(int more) {
    if (bytes.length - length < more) {
      grow(more);
    }
    return bytes;
  }

  /**
   * Takes {@code written} bytes, put behind {@link #length()} after {@link #reserve}, as appended.
   */
  public void advance(int written) {
    length += written;
  }

  /** Appends the low eight bits of {@code value}. */
  public void append(int value) {
    reserve(1)[length++] = (byte) value;
  }

  /** Appends a part of an array. */
  public void append(byte[] source, int offset, int count) {
    System.arraycopy(source, offset, reserve(count), length, count);
    length += count;
  }

  /** Appends a whole array. */
  public void append(byte[] source) {
    append(source, 0, source.length);
  }

  /** Appends the UTF-8 form of a text. */
  public void append(String text) {
    append(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Appends a number in decimal digits. */
  public void appendDecimal(long number) {
    if (number == Long.MIN_VALUE) {
      append(Long.toString(number));
      return;
    }
    long rest = Math.abs(number);
    int digits = 1;
    for (long bound = rest / 10; bound > 0; bound /= 10) {
      digits++;
    }
    int size = number < 0 ? digits + 1 : digits;
    byte[] array = reserve(size);
    array[length] = '-';
    for (int at = length + size - 1; digits > 0; digits--) {
      array[at--] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += size;
  }

  private void grow(int more) {
    long wanted =
        Math.max((long) length + more, Math.min(2L * bytes.length, Integer.MAX_VALUE - 8));
    bytes = Arrays.copyOf(bytes, Math.toIntExact(wanted));
  }
}
