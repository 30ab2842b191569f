package io.kinesisagent.tests.rotators;

/** A logging library's appender that writes service* in a folder and rolls it. */
interface RollingWriter extends AutoCloseable {
  /**
   * Writes one line.
   *
   * @param line newline included
   */
  void write(byte[] line);

  @Override
  void close();
}
