package io.kinesisagent.backends.stream;

import io.kinesisagent.spi.RecordView;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Random keys of fixed length. The service hashes keys with MD5, so 40 random bits spread evenly
 * over any number of shards.
 */
final class RandomKeys implements PartitionKeys {
  /** Characters of a key, from a to p: four bits each. */
  static final int LENGTH = 10;

  private static final VarHandle EIGHT_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  @Override
  public boolean readsRecord() {
    return false;
  }

  @Override
  public int write(RecordView record, byte[] into, int at) {
    long bits = ThreadLocalRandom.current().nextLong();
    into[at] = (byte) ('a' + (bits & 15));
    into[at + 1] = (byte) ('a' + (bits >> 4 & 15));
    EIGHT_BYTES.set(into, at + 2, eight(bits >>> 32));
    return LENGTH;
  }

  /** A character for each four of 32 bits. */
  private static long eight(long bits) {
    long spread = (bits | bits << 16) & 0x0000ffff0000ffffL;
    spread = (spread | spread << 8) & 0x00ff00ff00ff00ffL;
    spread = (spread | spread << 4) & 0x0f0f0f0f0f0f0f0fL;
    return spread + 0x6161616161616161L;
  }
}
