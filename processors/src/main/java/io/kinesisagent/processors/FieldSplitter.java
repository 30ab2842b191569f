package io.kinesisagent.processors;

import io.kinesisagent.spi.ProcessingException;

/** Takes a line of fields apart. Belongs to one flow. */
interface FieldSplitter {
  /**
   * Finds the fields of a line, as many as there is room for.
   *
   * @param spans takes where they lie; all null at first
   * @return the array that the spans are of: the given one, or one of the splitter's own, valid
   *     until the next call
   * @throws ProcessingException where it takes too long
   */
  byte[] split(byte[] bytes, int from, int to, FieldSpans spans) throws ProcessingException;
}
