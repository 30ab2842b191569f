package io.kinesisagent.processors;

import io.kinesisagent.spi.ProcessingException;

/** What stands between the fields of a line. Belongs to one flow. */
interface Delimiter {
  /** Takes a line to look through. */
  void reset(byte[] bytes, int from, int to);

  /**
   * Finds the next delimiter, behind the last one found.
   *
   * @throws ProcessingException where it takes too long
   */
  boolean find() throws ProcessingException;

  /** Where the delimiter found begins. */
  int start();

  /** Where it ends, exclusive. */
  int end();
}
