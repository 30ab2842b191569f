package io.kinesisagent.spi;

/**
 * Takes what a processor makes of one record: nothing (the record is dropped by rule), the same
 * record, or one or several new ones.
 */
public interface RecordSink {
  /** Passes the record on unchanged. */
  void forward(RecordView same);

  /**
   * An empty buffer to write a new record into; {@link #commit()} passes it on. Calling it again
   * before the commit empties it.
   */
  MutableBytes begin();

  /** Passes on the record written since {@link #begin()}. */
  void commit();
}
