package io.kinesisagent.agent.app;

import io.kinesisagent.agent.metrics.FlowMetrics;
import io.kinesisagent.agent.tail.Account;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * What a flow was like at one moment. Immutable.
 *
 * @param destination its name in metrics
 * @param state in a word: starting, shipping, waiting (for memory), stopping or failing
 * @param files generations that are not at rest, those most behind first; not all where many are
 * @param lag how far it is behind
 * @param rates over the last seconds
 * @param lastError what went wrong last, or null
 * @param account the sum of the books of all generations since the flow's task was last made
 * @param load what of the flow is under way
 * @param counts what was counted by name since the start
 */
record FlowStatus(
    String flow,
    String destination,
    String state,
    List<FileStatus> files,
    Lag lag,
    Rates rates,
    LastError lastError,
    Books account,
    Load load,
    Counts counts) {
  /**
   * How far a flow is behind.
   *
   * @param files generations that are not at rest
   * @param filesBehind of those, the ones with something that has not settled
   * @param bytes source bytes that are known to be there and have not settled, whether read or not
   * @param bytesUnread of those, the ones that were not read yet
   * @param bytesOfFilesBehind the size of the files behind, to tell progress by
   * @param seconds how long ago the first of the bytes behind was appended
   */
  record Lag(
      int files,
      int filesBehind,
      long bytes,
      long bytesUnread,
      long bytesOfFilesBehind,
      long seconds) {}

  /**
   * Averages over the last seconds.
   *
   * @param bytesReadPerSecond source bytes
   * @param recordsSentPerSecond records that the destination took
   * @param bytesSentPerSecond the bytes of those
   * @param secondsLeft until nothing is behind, at this pace; -1 where nothing is, or no end is in
   *     sight
   */
  record Rates(
      double bytesReadPerSecond,
      double recordsSentPerSecond,
      double bytesSentPerSecond,
      long secondsLeft) {
    static final Rates NONE = new Rates(0, 0, 0, -1);
  }

  /**
   * What went wrong last.
   *
   * @param sinceEpochMillis when this kind of error began without a quiet minute in between
   */
  record LastError(String message, long epochMillis, long sinceEpochMillis) {}

  /**
   * What is under way.
   *
   * @param batches that have not settled
   * @param memoryBytes held by batches
   * @param restarts how often the flow had to be made anew after a failure
   */
  record Load(int batches, long memoryBytes, long restarts) {}

  /**
   * What was counted by name.
   *
   * @param errors records that an attempt to send failed for, by the destination's code
   * @param events what the engine and the processors counted
   */
  record Counts(Map<String, Long> errors, Map<String, Long> events) {
    static final Counts NONE = new Counts(Map.of(), Map.of());

    static Counts of(FlowMetrics metrics) {
      return new Counts(sums(metrics.errors()), sums(metrics.named()));
    }

    private static Map<String, Long> sums(Map<String, LongAdder> adders) {
      Map<String, Long> sums = new TreeMap<>();
      adders.forEach((name, adder) -> sums.put(name, adder.sum()));
      return sums;
    }
  }

  /** An {@link Account} at one moment. */
  record Books(
      long bytesRead,
      long bytesInRecords,
      long bytesSkipped,
      long recordsRead,
      long delivered,
      long dropped,
      long deadLettered,
      long inFlight,
      long gapBytes) {
    static Books of(Account account) {
      return new Books(
          account.bytesRead(),
          account.recordBytes(),
          account.skippedBytes(),
          account.recordsRead(),
          account.delivered(),
          account.dropped(),
          account.deadLettered(),
          account.inFlight(),
          account.gapBytes());
    }
  }

  static FlowStatus starting(String flow, String destination) {
    return new FlowStatus(
        flow,
        destination,
        "starting",
        List.of(),
        new Lag(0, 0, 0, 0, 0, 0),
        Rates.NONE,
        null,
        Books.of(new Account()),
        new Load(0, 0, 0),
        Counts.NONE);
  }

  /** About how many records are behind: those in flight, and what is unread at their length. */
  long recordsBehind() {
    double unread =
        account.recordsRead() == 0
            ? 0
            : (double) lag.bytesUnread() / account.bytesRead() * account.recordsRead();
    return Math.round(unread) + account.inFlight();
  }

  /** Whether the flow has been started and goes on, if only when there is memory again. */
  boolean ready() {
    return state.equals("shipping") || state.equals("waiting");
  }

  /** The same in another state, with its newest error. */
  FlowStatus in(String newState, LastError newError, long restarts) {
    return new FlowStatus(
        flow,
        destination,
        newState,
        files,
        lag,
        "failing".equals(newState) ? Rates.NONE : rates,
        newError,
        account,
        new Load(load.batches(), load.memoryBytes(), restarts),
        counts);
  }
}
