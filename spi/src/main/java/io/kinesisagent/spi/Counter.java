package io.kinesisagent.spi;

/** A number that only grows. Safe for use by several threads. */
public interface Counter {
  void add(long count);
}
