package io.kinesisagent.processors;

import io.kinesisagent.spi.BoundedPattern;
import io.kinesisagent.spi.ProcessingException;

/**
 * A delimiter that is a regular expression. As in {@link String#split}, none is empty at the start.
 */
final class PatternDelimiter implements Delimiter {
  private final BoundedPattern pattern;
  private int from;

  PatternDelimiter(BoundedPattern pattern) {
    this.pattern = pattern;
  }

  @Override
  public void reset(byte[] bytes, int newFrom, int to) {
    from = newFrom;
    pattern.reset(bytes, newFrom, to - newFrom);
  }

  @Override
  public boolean find() throws ProcessingException {
    boolean found = pattern.find();
    return (found && pattern.end(0) == from) ? pattern.find() : found;
  }

  @Override
  public int start() {
    return pattern.start(0);
  }

  @Override
  public int end() {
    return pattern.end(0);
  }
}
