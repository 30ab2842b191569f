package io.kinesisagent.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class Utf8Test {
  /** One byte at least of each kind that the encoding tells apart. */
  private static final int[] BYTES = {
    0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC,
    0xED, 0xEE, 0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xF8, 0xFF
  };

  @Test
  void replacesWhatTheDecoderReplaces() {
    int[] indexes = new int[5];
    long compared = 0;
    for (int length = 0; length <= indexes.length; length++) {
      Arrays.fill(indexes, 0);
      do {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
          bytes[i] = (byte) BYTES[indexes[i]];
        }
        compare(bytes);
        compared++;
      } while (next(indexes, length));
    }
    assertThat(compared).isGreaterThan(12_000_000);
  }

  @Test
  void countsMalformedBytesInLongText() {
    byte[] bytes = "0123456789é0123456789€0123456789😀".getBytes(StandardCharsets.UTF_8);
    MutableBytes out = new MutableBytes(1);
    assertThat(Utf8.appendWellFormed(bytes, 0, bytes.length, out)).isZero();
    assertThat(Arrays.copyOf(out.array(), out.length())).isEqualTo(bytes);
    out.clear();
    assertThat(Utf8.appendWellFormed(bytes, 11, bytes.length - 1, out)).isEqualTo(4);
    assertThat(new String(out.array(), 0, out.length(), StandardCharsets.UTF_8))
        .isEqualTo("\uFFFD0123456789€0123456789\uFFFD");
  }

  @Test
  void findsTheFirstByteThatIsNotAscii() {
    for (int length = 0; length < 40; length++) {
      byte[] bytes = new byte[length + 2];
      for (int at = 1; at <= length; at++) {
        bytes[at] = (byte) 0x80;
        assertThat(Utf8.firstNonAscii(bytes, 1, length + 1)).isEqualTo(at);
        assertThat(Utf8.firstNonAscii(bytes, 1, at)).isEqualTo(at);
        bytes[at] = 0x7F;
      }
    }
  }

  private static void compare(byte[] bytes) {
    MutableBytes out = new MutableBytes(16);
    Utf8.appendWellFormed(bytes, 0, bytes.length, out);
    String expected = new String(bytes, StandardCharsets.UTF_8);
    String found = new String(out.array(), 0, out.length(), StandardCharsets.UTF_8);
    if (!found.equals(expected)) {
      assertThat(found).as(Arrays.toString(bytes)).isEqualTo(expected);
    }
  }

  private static boolean next(int[] indexes, int length) {
    for (int i = 0; i < length; i++) {
      if (++indexes[i] < BYTES.length) {
        return true;
      }
      indexes[i] = 0;
    }
    return false;
  }
}
