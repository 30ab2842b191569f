package io.kinesisagent.backends.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinesisagent.spi.RecordCursor;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Bounds are twelve standard deviations away: they do not fail by chance. */
class RandomKeysTest {
  private static final int KEYS = 16_000;
  private static final int SHARDS = 16;

  private final RandomKeys keys = new RandomKeys();

  @Test
  void keysSpreadEvenlyOverTheHashKeySpace() throws Exception {
    int[] shards = new int[SHARDS];
    Set<String> all = new HashSet<>();
    MessageDigest md5 = MessageDigest.getInstance("MD5");
    for (int i = 0; i < KEYS; i++) {
      String key = key();
      all.add(key);
      shards[(md5.digest(key.getBytes(StandardCharsets.US_ASCII))[0] & 0xff) / SHARDS]++;
    }
    for (int records : shards) {
      assertThat(records).isBetween(KEYS / SHARDS - 380, KEYS / SHARDS + 380);
    }
    assertThat(all).hasSizeGreaterThan(KEYS - 3);
  }

  @Test
  void eachPlaceHasEachOfItsLettersAsOften() {
    int[][] letters = new int[RandomKeys.LENGTH][16];
    for (int i = 0; i < KEYS; i++) {
      String key = key();
      for (int at = 0; at < key.length(); at++) {
        letters[at][key.charAt(at) - 'a']++;
      }
    }
    for (int[] place : letters) {
      for (int times : place) {
        assertThat(times).isBetween(KEYS / 16 - 380, KEYS / 16 + 380);
      }
    }
  }

  /** A key that is written between other bytes, which stay what they are. */
  private String key() {
    byte[] into = new byte[RandomKeys.LENGTH + 2];
    assertThat(keys.write(new RecordCursor(), into, 1)).isEqualTo(RandomKeys.LENGTH);
    assertThat(into[0]).isZero();
    assertThat(into[RandomKeys.LENGTH + 1]).isZero();
    return new String(into, 1, RandomKeys.LENGTH, StandardCharsets.US_ASCII);
  }
}
