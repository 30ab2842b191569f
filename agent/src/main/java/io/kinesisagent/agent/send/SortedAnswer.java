package io.kinesisagent.agent.send;

import io.kinesisagent.spi.Disposition;
import io.kinesisagent.spi.Failure;
import io.kinesisagent.spi.RecordCursor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** The records of a request that was taken in part, by what becomes of them. */
final class SortedAnswer {
  private final Map<Failure, Integer> failures = new LinkedHashMap<>();
  private final Map<Integer, Failure> rejected = new LinkedHashMap<>();
  private final int[] delivered;
  private final int[] again;
  private long deliveredBytes;
  private int throttled;
  private int untried;
  private Failure last;

  /**
   * Sorts them.
   *
   * @param failed what failed, by its index in the delivery
   */
  SortedAnswer(Delivery delivery, Map<Integer, Failure> failed) {
    int[] arrived = new int[delivery.size()];
    int[] unsent = new int[failed.size()];
    int arrivedCount = 0;
    int unsentCount = 0;
    RecordCursor cursor = new RecordCursor();
    for (int i = 0; i < delivery.size(); i++) {
      Failure failure = failed.get(i);
      if (failure == null) {
        delivery.read(i, cursor);
        deliveredBytes += cursor.length();
        arrived[arrivedCount++] = i;
      } else if (failure.disposition() == Disposition.REJECTED) {
        rejected.put(i, failure);
      } else {
        unsent[unsentCount++] = i;
        count(failure);
      }
    }
    delivered = Arrays.copyOf(arrived, arrivedCount);
    again = Arrays.copyOf(unsent, unsentCount);
  }

  private void count(Failure failure) {
    if (failure.disposition() == Disposition.UNTRIED) {
      untried++;
      return;
    }
    last = failure;
    throttled += failure.disposition() == Disposition.THROTTLED ? 1 : 0;
    failures.merge(failure, 1, Integer::sum);
  }

  /** The indexes of those that arrived. */
  int[] delivered() {
    return delivered;
  }

  long deliveredBytes() {
    return deliveredBytes;
  }

  /** The indexes of those to be sent again, tried or not. */
  int[] again() {
    return again;
  }

  /** Those that can never be delivered, by their indexes, and why. */
  Map<Integer, Failure> rejected() {
    return rejected;
  }

  /** The reasons why some are sent again, and of how many. */
  Map<Failure, Integer> failures() {
    return failures;
  }

  /** The last of those reasons; null where none of them was tried. */
  Failure last() {
    return last;
  }

  int throttled() {
    return throttled;
  }

  int untried() {
    return untried;
  }
}
