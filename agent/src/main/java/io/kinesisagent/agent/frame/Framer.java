package io.kinesisagent.agent.frame;

/** A pure search for record ends in bytes. */
public interface Framer {
  /** The answer when the record goes on beyond the bytes at hand. */
  int INCOMPLETE = -1;

  /** What may be taken for complete at the end of the bytes at hand. */
  enum Flush {
    /** Nothing: more bytes may come at any moment. */
    NOTHING,
    /** What is whole and waits for something unfinished before it: it has waited long enough. */
    WAITING,
    /** Whole lines: the record has not grown for long enough. */
    LINES,
    /** Everything: the file is finished. */
    EVERYTHING
  }

  /**
   * Finds the end of the record that begins at {@code start}.
   *
   * @param scanned bytes before it were searched already and hold no record's end; at least {@code
   *     start}, and either {@code start} or a value for which {@link #searched} stood
   * @param limit the end of the bytes at hand, exclusive
   * @param flush what may be taken for complete at {@code limit}
   * @return the exclusive end of the record, or {@link #INCOMPLETE}
   */
  int end(byte[] data, int start, int scanned, int limit, Flush flush);

  /**
   * How far a search that answered {@link #INCOMPLETE} needs no repeating when more bytes have
   * come.
   *
   * @return an index from {@code start} to {@code limit}
   */
  int searched(byte[] data, int start, int limit);

  /**
   * Where to cut a record that goes on beyond {@code to}, or is not known to end before it.
   *
   * @return an index up to {@code to} and greater than {@code start}, at which no character is
   *     split
   */
  int cut(byte[] data, int start, int to);
}
