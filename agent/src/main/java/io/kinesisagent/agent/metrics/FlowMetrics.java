package io.kinesisagent.agent.metrics;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** The counters of one flow, since the start of the agent. Safe for use by several threads. */
public final class FlowMetrics {
  private final LongAdder recordsSent = new LongAdder();
  private final LongAdder bytesSent = new LongAdder();
  private final LongAdder recordSendAttempts = new LongAdder();
  private final LongAdder recordSendErrors = new LongAdder();
  private final LongAdder serviceErrors = new LongAdder();
  private final LongAdder recordsDropped = new LongAdder();
  private final LongAdder recordsDeadLettered = new LongAdder();
  private final LongAdder gapBytes = new LongAdder();
  private volatile long consecutiveErrors;
  private final Map<String, StatisticSet> statistics = new ConcurrentHashMap<>();
  private final LatencyHistogram latency = new LatencyHistogram();
  private final Map<String, LongAdder> errors = new ConcurrentHashMap<>();
  private final Map<String, LongAdder> named = new ConcurrentHashMap<>();

  /** Records that the destination took. */
  public LongAdder recordsSent() {
    return recordsSent;
  }

  /** Bytes of those records. */
  public LongAdder bytesSent() {
    return bytesSent;
  }

  /** Records sent, each as often as it was. */
  public LongAdder recordSendAttempts() {
    return recordSendAttempts;
  }

  /** Records that an attempt failed for. */
  public LongAdder recordSendErrors() {
    return recordSendErrors;
  }

  /** Requests that failed as a whole, throttling aside. */
  public LongAdder serviceErrors() {
    return serviceErrors;
  }

  /** How often the destination has failed since it last took something. */
  public long consecutiveErrors() {
    return consecutiveErrors;
  }

  /** Sets how often it has. */
  public void consecutiveErrors(long count) {
    consecutiveErrors = count;
  }

  /** Records dropped by rule. */
  public LongAdder recordsDropped() {
    return recordsDropped;
  }

  /** Records written to the dead letters. */
  public LongAdder recordsDeadLettered() {
    return recordsDeadLettered;
  }

  /** Bytes known to have been destroyed before they could be read. */
  public LongAdder gapBytes() {
    return gapBytes;
  }

  /** What is published of one quantity, by the quantity's published name. */
  public StatisticSet statistic(String name) {
    return statistics.computeIfAbsent(name, k -> new StatisticSet());
  }

  /** How long records took from being appended to their file to the acknowledgement. */
  public LatencyHistogram latency() {
    return latency;
  }

  /** Failures by the destination's name of the error. */
  public LongAdder errors(String code) {
    return errors.computeIfAbsent(code, k -> new LongAdder());
  }

  /** A counter by its name, such as those of processors. */
  public LongAdder named(String name) {
    return named.computeIfAbsent(name, k -> new LongAdder());
  }

  /** All failures by name. */
  public Map<String, LongAdder> errors() {
    return Map.copyOf(errors);
  }

  /** All counters that have a name of their own. */
  public Map<String, LongAdder> named() {
    return Map.copyOf(named);
  }
}
