package io.kinesisagent.agent.tail;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Crc32cTest {
  @Test
  void isThatOfRfc3720() {
    byte[] digits = "123456789".getBytes(StandardCharsets.US_ASCII);
    assertThat(Crc32c.of(digits, 0, digits.length)).isEqualTo(0xe3069283);
    assertThat(Crc32c.of(new byte[32], 0, 32)).isEqualTo(0x8a9136aa);
  }

  @Test
  void thatOfTwoPiecesIsThatOfTheWhole() {
    Random random = new Random(3);
    for (int i = 0; i < 500; i++) {
      byte[] bytes = new byte[random.nextInt(5000)];
      random.nextBytes(bytes);
      int cut = random.nextInt(bytes.length + 1);
      int first = Crc32c.of(bytes, 0, cut);
      int second = Crc32c.of(bytes, cut, bytes.length - cut);
      assertThat(Crc32c.combine(first, second, bytes.length - cut))
          .isEqualTo(Crc32c.of(bytes, 0, bytes.length));
    }
  }

  @Test
  void thatOfNulsTakesNoReading() {
    for (int length : new int[] {0, 1, 2, 3, 31, 32, 1024, 2276, 65_537}) {
      assertThat(Crc32c.ofNuls(length)).isEqualTo(Crc32c.of(new byte[length], 0, length));
    }
    int gibibyte = Crc32c.ofNuls(1 << 30);
    assertThat(Crc32c.ofNuls(1L << 31)).isEqualTo(Crc32c.combine(gibibyte, gibibyte, 1L << 30));
  }
}
