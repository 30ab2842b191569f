package io.kinesisagent.backends.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class Md5LanesTest {
  private final Random random = new Random(5);

  @Test
  void partsOfOneLengthHaveTheirMd5() {
    for (int length = 0; length <= 400; length++) {
      assertDigests(Collections.nCopies(17, length));
    }
  }

  @Test
  void partsOfAnyLengthsHaveTheirMd5() {
    for (int round = 0; round < 300; round++) {
      int most = 1 + random.nextInt(round % 10 == 0 ? 60_000 : 700);
      int spread = 1 + random.nextInt(most);
      assertDigests(
          IntStream.range(0, random.nextInt(90))
              .mapToObj(i -> most - random.nextInt(spread))
              .toList());
    }
  }

  @Test
  void fewLongPartsAmongManyShortOnesHaveTheirMd5() {
    assertDigests(
        IntStream.range(0, 70).mapToObj(i -> i % 14 == 0 ? 30_000 + i : 1_000 + i).toList());
  }

  @Test
  void nothingHasNone() {
    byte[] untouched = {1, 2, 3};
    Md5Lanes.digest(untouched, new int[0], new int[0], 0);
    assertThat(untouched).containsExactly(1, 2, 3);
  }

  /** Digests parts of these lengths, in an array with other bytes between, against the JDK's. */
  private void assertDigests(List<Integer> lengths) {
    int count = lengths.size();
    int[] starts = new int[count];
    int[] ends = new int[count];
    int at = 0;
    for (int i = 0; i < count; i++) {
      starts[i] = at + random.nextInt(9);
      ends[i] = starts[i] + lengths.get(i);
      at = ends[i] + Md5Lanes.DIGEST_BYTES;
    }
    byte[] bytes = new byte[at + 3];
    random.nextBytes(bytes);
    byte[] expected = bytes.clone();
    for (int i = 0; i < count; i++) {
      byte[] digest =
          PartitionKeyOption.md5().digest(Arrays.copyOfRange(bytes, starts[i], ends[i]));
      System.arraycopy(digest, 0, expected, ends[i], digest.length);
    }
    Md5Lanes.digest(bytes, starts, ends, count);
    assertThat(bytes).as("%s", lengths).isEqualTo(expected);
  }
}
