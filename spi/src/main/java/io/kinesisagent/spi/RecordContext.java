package io.kinesisagent.spi;

/** Where a record comes from: its flow, its file, its place in it. Valid as long as its record. */
public interface RecordContext {
  /** The id of the record's flow, as in the log and the metrics. */
  String flow();

  /** The path of the file as it was known when the record was read. */
  String file();

  /** The position of the record's first byte in its file, in source bytes. */
  long offset();

  /** The name of this host. */
  String host();

  /**
   * A name of this record that stays the same when it is sent again: the generation of its file and
   * its offset.
   */
  String recordId();

  /**
   * What the line format knew of the record besides its bytes, such as {@code time} and {@code
   * stream} of a container's log line.
   *
   * @return the value, or null where the format has no such attribute
   */
  default String attribute(String name) {
    return null;
  }
}
