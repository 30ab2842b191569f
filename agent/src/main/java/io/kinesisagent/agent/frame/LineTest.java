package io.kinesisagent.agent.frame;

/** A question about a line. */
@FunctionalInterface
public interface LineTest {
  /** Looks at the line in {@code [start, end)}, without its newline. */
  boolean test(byte[] data, int start, int end);
}
