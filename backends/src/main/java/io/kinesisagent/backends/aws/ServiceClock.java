package io.kinesisagent.backends.aws;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * The time that requests are signed with: this host's, corrected by what a service said when it
 * refused a signature for its time. Safe for use by several threads.
 */
public final class ServiceClock {
  private static final System.Logger LOG = System.getLogger(ServiceClock.class.getName());

  /** Services accept some minutes; a smaller change is not worth a word. */
  private static final long WORTH_SAYING_MILLIS = Duration.ofMinutes(1).toMillis();

  private final LongSupplier epochMillis;
  private final AtomicLong offsetMillis = new AtomicLong();

  ServiceClock(LongSupplier epochMillis) {
    this.epochMillis = epochMillis;
  }

  /** The time to sign with, in milliseconds since 1970 UTC. */
  public long epochMillis() {
    return epochMillis.getAsLong() + offsetMillis.get();
  }

  /**
   * Takes the service's time for right.
   *
   * @param date the header {@code Date} of its answer
   */
  public void correct(String date) {
    long serviceMillis;
    try {
      serviceMillis =
          ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
              .toInstant()
              .toEpochMilli();
    } catch (DateTimeException e) {
      LOG.log(System.Logger.Level.DEBUG, "the service''s date \"{0}\" is none", date);
      return;
    }
    long offset = serviceMillis - epochMillis.getAsLong();
    long before = offsetMillis.getAndSet(offset);
    if (Math.abs(offset - before) > WORTH_SAYING_MILLIS) {
      LOG.log(
          System.Logger.Level.WARNING,
          "this host''s clock is off by {0} s: the service refused a signature for its time; requests"
              + " are signed with the service''s time from now on",
          Long.toString(-offset / 1000));
    }
  }
}
