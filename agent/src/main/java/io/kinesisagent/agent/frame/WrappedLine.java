package io.kinesisagent.agent.frame;

import io.kinesisagent.spi.MutableBytes;
import io.kinesisagent.spi.ProcessingException;

/**
 * A line as a container's runtime writes it: a message, or a part of one, and what is known of it.
 * Pointed at one line after the other; what it tells is of the last. One thread.
 */
public interface WrappedLine {
  /** How many streams there are at most. */
  int STREAMS = 2;

  /**
   * Takes a line apart.
   *
   * @param start its first byte
   * @param end behind its last byte, the newline excluded
   * @return whether it is of the format
   */
  boolean parse(byte[] data, int start, int end);

  /** The number of the stream that the line was written to, below {@link #STREAMS}. */
  int stream();

  /** Whether the message goes on in a later line of the same stream. */
  boolean partial();

  /** Where the time begins in the data. */
  int timeStart();

  /** Where the time ends in the data, exclusive; as {@link #timeStart()} where there is none. */
  int timeEnd();

  /**
   * Appends the message, which ends with a newline unless it is {@link #partial}.
   *
   * @throws ProcessingException where it is malformed
   */
  void appendMessage(byte[] data, MutableBytes out) throws ProcessingException;

  /** The name of a stream. */
  static String streamName(int stream) {
    return stream == 0 ? "stdout" : "stderr";
  }
}
