package io.kinesisagent.backends.stream;

import io.kinesisagent.spi.RecordView;
import java.nio.charset.StandardCharsets;

/**
 * The path of a record's file, or its MD5 where it is too long for a key. Paths repeat from record
 * to record, so the last one's bytes are kept.
 */
final class FileKeys implements PartitionKeys {
  private final HashKeys hash = new HashKeys();
  private String path;
  private byte[] bytes;

  @Override
  public boolean readsRecord() {
    return true;
  }

  @Override
  public int write(RecordView record, byte[] into, int at) {
    String file = record.context().file();
    if (!file.equals(path)) {
      path = file;
      bytes = file.getBytes(StandardCharsets.UTF_8);
    }
    if (bytes.length > PartitionKeyOption.MAX_TAKEN_BYTES) {
      return hash.write(bytes, 0, bytes.length, into, at);
    }
    System.arraycopy(bytes, 0, into, at, bytes.length);
    return bytes.length;
  }
}
