package io.kinesisagent.processors;

import io.kinesisagent.spi.ProcessingException;
import java.util.List;

/** How the lines of one kind of log are taken apart. Belongs to one flow. */
interface LineFormat {
  /** The names of the fields of a line, in order. */
  List<String> fieldNames();

  /**
   * Finds the fields of a line.
   *
   * @param from where the line begins
   * @param to where it ends, its newline left out
   * @param spans takes where the fields lie; all null at first
   * @return false where the line is not of this format; the spans then hold nothing of use
   * @throws ProcessingException where it takes too long to say
   */
  boolean parse(byte[] bytes, int from, int to, FieldSpans spans) throws ProcessingException;
}
