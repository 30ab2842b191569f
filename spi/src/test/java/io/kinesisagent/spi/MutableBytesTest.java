package io.kinesisagent.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class MutableBytesTest {
  private final MutableBytes bytes = new MutableBytes(1);

  @Test
  void growsAsItIsAppendedTo() {
    bytes.append('a');
    bytes.append("bc".getBytes(StandardCharsets.UTF_8));
    bytes.append("é");
    assertThat(content()).isEqualTo("abcé");
  }

  @Test
  void reservedRoomCountsOnlyOnceAdvanced() {
    byte[] array = bytes.reserve(3);
    array[0] = 'x';
    assertThat(bytes.length()).isZero();
    bytes.advance(1);
    assertThat(content()).isEqualTo("x");
  }

  @Test
  void truncateForgetsTheEnd() {
    bytes.append("abc");
    bytes.truncate(1);
    assertThat(content()).isEqualTo("a");
    assertThatThrownBy(() -> bytes.truncate(2)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void writesNumbersInDecimalDigits() {
    for (long number : new long[] {0, 7, -7, 10, 99, 100, Long.MAX_VALUE, Long.MIN_VALUE}) {
      bytes.clear();
      bytes.appendDecimal(number);
      assertThat(content()).isEqualTo(Long.toString(number));
    }
  }

  private String content() {
    return new String(Arrays.copyOf(bytes.array(), bytes.length()), StandardCharsets.UTF_8);
  }
}
