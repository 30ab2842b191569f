package io.kinesisagent.spi;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A user's regular expression over a record's bytes that cannot run for ever: one that back-tracks
 * catastrophically, or recurses too deep, on a record ends in a {@link ProcessingException} for
 * that record.
 *
 * <p>A record is given up when the expression has looked at its characters both {@value
 * #FREE_STEPS} times (more for a longer record) and for {@value #LIMIT_MILLIS} ms more, or {@value
 * #MAX_STEPS} times altogether. Below the first bound the clock is not read, so that a pause of the
 * process fails no record.
 *
 * <p>Indexes given and taken are those of the byte array. Not safe for use by several threads; it
 * keeps what it needs between records and makes no garbage.
 */
public final class BoundedPattern {
  /** How often the characters of a record may be looked at before the time counts. */
  static final int FREE_STEPS = 1_000_000;

  /** How often they may be looked at whatever the clock says. */
  static final int MAX_STEPS = 100_000_000;

  /** How long an expression may go on after the free steps, in milliseconds. */
  static final int LIMIT_MILLIS = 100;

  private final Pattern pattern;
  private final GuardedText text;
  private final Matcher matcher;

  /** Guards an expression with the time of a clock. */
  public BoundedPattern(Pattern pattern, Clock clock) {
    this.pattern = pattern;
    this.text = new GuardedText(clock);
    this.matcher = pattern.matcher(text);
  }

  /**
   * Whether the expression matches all of the bytes.
   *
   * @throws ProcessingException where it takes too long
   */
  public boolean matches(byte[] bytes, int offset, int length) throws ProcessingException {
    reset(bytes, offset, length);
    try {
      return matcher.matches();
    } catch (GuardedText.LimitReached | StackOverflowError e) {
      throw tooCostly(length);
    }
  }

  /**
   * Whether the expression matches a beginning of the bytes.
   *
   * @throws ProcessingException where it takes too long
   */
  public boolean lookingAt(byte[] bytes, int offset, int length) throws ProcessingException {
    reset(bytes, offset, length);
    try {
      return matcher.lookingAt();
    } catch (GuardedText.LimitReached | StackOverflowError e) {
      throw tooCostly(length);
    }
  }

  /** Takes other bytes for {@link #find()} to look through. */
  public void reset(byte[] bytes, int offset, int length) {
    text.set(bytes, offset, length);
    matcher.reset();
  }

  /**
   * Looks for the next place in the bytes that the expression matches.
   *
   * @throws ProcessingException where it takes too long
   */
  public boolean find() throws ProcessingException {
    try {
      return matcher.find();
    } catch (GuardedText.LimitReached | StackOverflowError e) {
      throw tooCostly(text.length());
    }
  }

  /** The number of capturing groups. */
  public int groupCount() {
    return matcher.groupCount();
  }

  /**
   * The index of the first byte of a group in the last match, or -1 where the group took no part.
   *
   * @param group 0 for the whole match
   */
  public int start(int group) {
    return text.byteIndex(matcher.start(group));
  }

  /**
   * The index behind the last byte of a group in the last match, or -1 where the group took no
   * part.
   *
   * @param group 0 for the whole match
   */
  public int end(int group) {
    return text.byteIndex(matcher.end(group));
  }

  @Override
  public String toString() {
    return pattern.pattern();
  }

  private ProcessingException tooCostly(int length) {
    return ProcessingException.failed(
        "the regular expression "
            + pattern.pattern()
            + " takes too long on a record of "
            + length
            + " bytes; it repeats a repetition, or tries the same text in many ways: make it"
            + " unambiguous");
  }
}
