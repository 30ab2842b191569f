package io.kinesisagent.backends.stream;

import io.kinesisagent.backends.wire.WireBatch;
import io.kinesisagent.spi.RecordView;

/** Gives records their partition keys. Made for one batch and used by one thread at a time. */
interface PartitionKeys {
  /** Whether {@link #write} looks at the record; where not, any view will do. */
  boolean readsRecord();

  /**
   * Writes a record's key.
   *
   * @param into has room for {@link WireBatch#MAX_KEY_BYTES} from {@code at} on
   * @return the key's length in bytes of UTF-8
   */
  int write(RecordView record, byte[] into, int at);
}
