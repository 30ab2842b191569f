package io.kinesisagent.processors;

import io.kinesisagent.spi.Clock;
import io.kinesisagent.spi.MutableBytes;
import io.kinesisagent.spi.PluginContext;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * Shows every so often the beginning of one of the lines that do not match, so that an operator
 * sees what the count of them is about; never a whole line. Belongs to one flow.
 */
final class UnmatchedSample {
  private static final System.Logger LOG = System.getLogger(UnmatchedSample.class.getName());
  private static final int MAX_BYTES = 80;
  private static final int MAX_PART = 3;
  private static final int MOST_CONTINUATION_BYTES = 3;

  /** Of a shorter line the beginning tells nothing, or all. */
  private static final int LEAST_LENGTH = 16;

  private static final long PERIOD_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final String what;
  private final String flow;
  private final Clock clock;
  private boolean shown;
  private long shownNanos;

  /**
   * Shows samples for a processor.
   *
   * @param what the processing option and the format, for the message
   */
  UnmatchedSample(String what, PluginContext context) {
    this.what = what;
    this.flow = context.flow();
    this.clock = context.clock();
  }

  /**
   * Shows the beginning of a line that does not match, unless one was shown within the last minute:
   * a third of it at most.
   */
  void show(byte[] bytes, int from, int to) {
    long now = clock.nanoTime();
    if (shown && now - shownNanos < PERIOD_NANOS) {
      return;
    }
    shown = true;
    shownNanos = now;
    LOG.log(
        System.Logger.Level.WARNING,
        "flow {0}: a line is not of the format {1}: {2}… ({3} bytes)",
        flow,
        what,
        to - from < LEAST_LENGTH ? "" : quoted(bytes, from, shownEnd(bytes, from, to)),
        Integer.toString(to - from));
  }

  /** Where the part of a line that is shown ends, between two characters. */
  private static int shownEnd(byte[] bytes, int from, int to) {
    int most = from + Math.min((to - from) / MAX_PART, MAX_BYTES);
    int end = most;
    while (most - end < MOST_CONTINUATION_BYTES && (bytes[end] & 0xC0) == 0x80) {
      end--;
    }
    return end;
  }

  /** As a JSON string, so that a line's control characters do nothing to the log. */
  private static String quoted(byte[] bytes, int from, int to) {
    MutableBytes quoted = new MutableBytes(to - from + 2);
    JsonText.appendString(bytes, from, to, quoted);
    return new String(quoted.array(), 0, quoted.length(), StandardCharsets.UTF_8);
  }
}
