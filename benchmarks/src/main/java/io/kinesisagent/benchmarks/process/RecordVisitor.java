package io.kinesisagent.benchmarks.process;

/** Is shown each record of a request. */
@FunctionalInterface
interface RecordVisitor {
  /** The record is {@code data[from, to)}, valid during the call. */
  void record(byte[] data, int from, int to);
}
