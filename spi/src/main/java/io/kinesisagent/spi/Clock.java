package io.kinesisagent.spi;

/** The time, as the agent lets everybody see it, so that tests can own it. */
public interface Clock {
  /** A time that only goes forward, in nanoseconds from no particular origin. */
  long nanoTime();

  /** The wall clock, in milliseconds since 1970 UTC; it may jump. For time stamps only. */
  long epochMillis();

  /** The machine's own clocks. */
  static Clock system() {
    return SystemClock.INSTANCE;
  }
}
