package io.kinesisagent.agent.flow;

import io.kinesisagent.agent.frame.LineTest;
import io.kinesisagent.spi.BoundedPattern;
import io.kinesisagent.spi.MutableBytes;
import io.kinesisagent.spi.ProcessingException;
import java.util.function.Consumer;

/**
 * Asks a regular expression about lines as they lie in their file. A line that it takes too long on
 * is none that it matches; that is told each time. Owned by the flow's thread.
 */
public final class PatternLineTest implements LineTest {
  /** What the expression must match. */
  public enum Place {
    /** The beginning of the line. */
    BEGINNING,
    /** All of the line but for blanks before and behind. */
    TRIMMED_LINE
  }

  private final BoundedPattern pattern;
  private final Place place;
  private final Transcoder transcoder;
  private final Consumer<ProcessingException> tooCostly;
  private final MutableBytes text = new MutableBytes(256);

  /**
   * A test of lines.
   *
   * @param transcoder makes UTF-8 of the lines; null where they are in UTF-8
   * @param tooCostly told of each line that the expression takes too long on
   */
  public PatternLineTest(
      BoundedPattern pattern,
      Place place,
      Transcoder transcoder,
      Consumer<ProcessingException> tooCostly) {
    this.pattern = pattern;
    this.place = place;
    this.transcoder = transcoder;
    this.tooCostly = tooCostly;
  }

  @Override
  public boolean test(byte[] data, int start, int end) {
    if (transcoder == null) {
      return matches(data, start, end);
    }
    text.clear();
    transcoder.decode(data, start, end - start, true, text);
    return matches(text.array(), 0, text.length());
  }

  private boolean matches(byte[] data, int start, int end) {
    try {
      return place == Place.BEGINNING
          ? pattern.lookingAt(data, start, end - start)
          : matchesTrimmed(data, start, end);
    } catch (ProcessingException e) {
      tooCostly.accept(e);
      return false;
    }
  }

  private boolean matchesTrimmed(byte[] data, int start, int end) throws ProcessingException {
    int from = start;
    int to = end;
    while (from < to && data[from] >= 0 && data[from] <= ' ') {
      from++;
    }
    while (to > from && data[to - 1] >= 0 && data[to - 1] <= ' ') {
      to--;
    }
    return pattern.matches(data, from, to - from);
  }
}
