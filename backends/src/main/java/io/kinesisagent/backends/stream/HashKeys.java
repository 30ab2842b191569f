package io.kinesisagent.backends.stream;

import io.kinesisagent.spi.RecordView;
import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;

/** The MD5 of a record's bytes in lower-case hexadecimal digits. */
final class HashKeys implements PartitionKeys {
  /** Characters of a key. */
  static final int LENGTH = 32;

  private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private final MessageDigest md5 = PartitionKeyOption.md5();
  private final byte[] hash = new byte[16];

  @Override
  public boolean readsRecord() {
    return true;
  }

  @Override
  public int write(RecordView record, byte[] into, int at) {
    return write(record.array(), record.offset(), record.length(), into, at);
  }

  /** Writes the hash of some bytes. */
  int write(byte[] bytes, int offset, int length, byte[] into, int at) {
    md5.update(bytes, offset, length);
    try {
      md5.digest(hash, 0, hash.length);
    } catch (DigestException e) {
      throw new IllegalStateException("an MD5 is 16 bytes long", e);
    }
    for (int i = 0; i < hash.length; i++) {
      into[at + 2 * i] = DIGITS[(hash[i] >> 4) & 15];
      into[at + 2 * i + 1] = DIGITS[hash[i] & 15];
    }
    return LENGTH;
  }
}
