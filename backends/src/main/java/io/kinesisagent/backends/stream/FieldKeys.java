package io.kinesisagent.backends.stream;

import io.kinesisagent.spi.RecordView;
import java.nio.charset.StandardCharsets;

/**
 * The value of a JSON field of a record, or its MD5 where it is too long for a key; a random key
 * where the record is not JSON or has no such field, or the field is empty, null, an object or an
 * array.
 */
final class FieldKeys implements PartitionKeys {
  private final RandomKeys random = new RandomKeys();
  private final HashKeys hash = new HashKeys();
  private final JsonPointer pointer;

  FieldKeys(JsonPointer pointer) {
    this.pointer = pointer;
  }

  @Override
  public boolean readsRecord() {
    return true;
  }

  @Override
  public int write(RecordView record, byte[] into, int at) {
    String value = pointer.text(record);
    if (value == null || value.isEmpty()) {
      return random.write(record, into, at);
    }
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > PartitionKeyOption.MAX_TAKEN_BYTES) {
      return hash.write(bytes, 0, bytes.length, into, at);
    }
    System.arraycopy(bytes, 0, into, at, bytes.length);
    return bytes.length;
  }
}
