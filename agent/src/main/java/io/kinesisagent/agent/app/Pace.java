package io.kinesisagent.agent.app;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/** How fast a flow is, over the last samples. Owned by the flow's thread. */
final class Pace {
  private static final int SAMPLES = 10;

  /** What was counted by a moment. */
  record Sample(long nanos, long bytesRead, long records, long bytesSent, long behind) {}

  private final Deque<Sample> samples = new ArrayDeque<>();

  /** Begins anew. */
  void clear() {
    samples.clear();
  }

  /** Takes in a sample; the pace up to it. */
  FlowStatus.Rates at(Sample now) {
    samples.addLast(now);
    if (samples.size() > SAMPLES) {
      samples.removeFirst();
    }
    Sample then = samples.getFirst();
    double seconds = seconds(then, now);
    if (seconds <= 0) {
      return FlowStatus.Rates.NONE;
    }
    return new FlowStatus.Rates(
        Math.max(0, (now.bytesRead() - then.bytesRead()) / seconds),
        (now.records() - then.records()) / seconds,
        (now.bytesSent() - then.bytesSent()) / seconds,
        secondsLeft(now));
  }

  private long secondsLeft(Sample now) {
    Sample from = samples.getFirst();
    if (from.behind() <= now.behind()) {
      // Something large may have come meanwhile: then it is the pace since that counts.
      from = lastPeak();
    }
    double fallen = from.behind() - now.behind();
    return now.behind() > 0 && fallen > 0
        ? (long) Math.ceil(now.behind() / fallen * seconds(from, now))
        : -1;
  }

  /** From where on there has only been less to do. */
  private Sample lastPeak() {
    Iterator<Sample> backwards = samples.descendingIterator();
    Sample peak = backwards.next();
    while (backwards.hasNext()) {
      Sample earlier = backwards.next();
      if (earlier.behind() < peak.behind()) {
        break;
      }
      peak = earlier;
    }
    return peak;
  }

  private static double seconds(Sample from, Sample to) {
    return (to.nanos() - from.nanos()) / 1e9;
  }
}
