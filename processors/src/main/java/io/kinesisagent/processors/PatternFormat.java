package io.kinesisagent.processors;

import io.kinesisagent.spi.BoundedPattern;
import io.kinesisagent.spi.ProcessingException;
import java.util.List;

/** A user's own pattern that must match all of a line; its groups are the fields. */
final class PatternFormat implements LineFormat {
  private final BoundedPattern pattern;
  private final List<String> fieldNames;
  private final int[] groups;

  /**
   * A format of a pattern.
   *
   * @param groups the number of the pattern's group for each name
   */
  PatternFormat(BoundedPattern pattern, List<String> fieldNames, int[] groups) {
    this.pattern = pattern;
    this.fieldNames = List.copyOf(fieldNames);
    this.groups = groups.clone();
  }

  @Override
  public List<String> fieldNames() {
    return fieldNames;
  }

  @Override
  public boolean parse(byte[] bytes, int from, int to, FieldSpans spans)
      throws ProcessingException {
    if (!pattern.matches(bytes, from, to - from)) {
      return false;
    }
    for (int i = 0; i < groups.length; i++) {
      int start = pattern.start(groups[i]);
      if (start >= 0) {
        spans.set(i, start, pattern.end(groups[i]));
      }
    }
    return true;
  }
}
