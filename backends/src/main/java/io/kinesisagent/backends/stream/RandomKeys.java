package io.kinesisagent.backends.stream;

import io.kinesisagent.spi.RecordView;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Random keys of fixed length. The service hashes keys with MD5, so 50 random bits spread evenly
 * over any number of shards.
 */
final class RandomKeys implements PartitionKeys {
  /** Characters of a key: five bits each. */
  static final int LENGTH = 10;

  private static final byte[] DIGITS =
      "abcdefghijklmnopqrstuvwxyz234567".getBytes(StandardCharsets.US_ASCII);

  @Override
  public boolean readsRecord() {
    return false;
  }

  @Override
  public int write(RecordView record, byte[] into, int at) {
    long bits = ThreadLocalRandom.current().nextLong();
    for (int i = 0; i < LENGTH; i++) {
      into[at + i] = DIGITS[(int) bits & 31];
      bits >>>= 5;
    }
    return LENGTH;
  }
}
