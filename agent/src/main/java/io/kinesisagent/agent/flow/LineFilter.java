package io.kinesisagent.agent.flow;

import io.kinesisagent.spi.BoundedPattern;
import io.kinesisagent.spi.ProcessingException;
import io.kinesisagent.spi.Processor;
import io.kinesisagent.spi.RecordSink;
import io.kinesisagent.spi.RecordView;
import java.util.function.Consumer;

/**
 * Lets pass the records in which an expression is found, or those in which it is not; or those that
 * are not empty. The newline at the end is not looked at, nor is a byte order mark. Owned by the
 * flow's thread.
 */
public final class LineFilter implements Processor {
  private final BoundedPattern pattern;
  private final boolean found;
  private final Consumer<ProcessingException> tooCostly;

  private LineFilter(
      BoundedPattern pattern, boolean found, Consumer<ProcessingException> tooCostly) {
    this.pattern = pattern;
    this.found = found;
    this.tooCostly = tooCostly;
  }

  /**
   * Lets pass what the expression is found in, and what it takes too long on.
   *
   * @param tooCostly told of each record that the expression takes too long on
   */
  public static LineFilter including(
      BoundedPattern pattern, Consumer<ProcessingException> tooCostly) {
    return new LineFilter(pattern, true, tooCostly);
  }

  /**
   * Lets pass what the expression is not found in, and what it takes too long on.
   *
   * @param tooCostly told of each record that the expression takes too long on
   */
  public static LineFilter excluding(
      BoundedPattern pattern, Consumer<ProcessingException> tooCostly) {
    return new LineFilter(pattern, false, tooCostly);
  }

  /** Lets pass what has more than a newline. */
  public static LineFilter notEmpty() {
    return new LineFilter(null, true, e -> {});
  }

  @Override
  public void process(RecordView in, RecordSink out) {
    int mark = ByteOrderMark.length(in);
    int start = in.offset() + mark;
    int length = textLength(in.array(), start, in.length() - mark);
    if (pattern == null ? length > 0 : passes(in.array(), start, length)) {
      out.forward(in);
    }
  }

  private boolean passes(byte[] data, int start, int length) {
    try {
      pattern.reset(data, start, length);
      return pattern.find() == found;
    } catch (ProcessingException e) {
      tooCostly.accept(e);
      return true;
    }
  }

  private static int textLength(byte[] data, int start, int length) {
    int end = start + length;
    if (end > start && data[end - 1] == '\n') {
      end--;
      if (end > start && data[end - 1] == '\r') {
        end--;
      }
    }
    return end - start;
  }
}
