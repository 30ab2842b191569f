package io.kinesisagent.agent.flow;

import io.kinesisagent.spi.RecordView;

/** The mark that some programs begin a UTF-8 file with. It is no part of the first record. */
final class ByteOrderMark {
  private static final int BYTES = 3;

  private ByteOrderMark() {}

  /**
   * The length of the mark that the record begins with, in bytes: 0 behind a file's first record.
   */
  static int length(RecordView record) {
    if (record.length() < BYTES || record.context().offset() != 0) {
      return 0;
    }
    byte[] data = record.array();
    int at = record.offset();
    boolean mark =
        data[at] == (byte) 0xEF && data[at + 1] == (byte) 0xBB && data[at + 2] == (byte) 0xBF;
    return mark ? BYTES : 0;
  }
}
