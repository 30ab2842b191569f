package io.kinesisagent.tests.simulation;

import io.kinesisagent.spi.Clock;

/** A clock that stands until it is moved. The wall clock may be stepped, in either direction. */
final class SimClock implements Clock {
  private long nanos = 1_000_000_000L;
  private long wallOffsetMillis = 1_700_000_000_000L;

  @Override
  public long nanoTime() {
    return nanos;
  }

  @Override
  public long epochMillis() {
    return nanos / 1_000_000 + wallOffsetMillis;
  }

  void advance(long byNanos) {
    nanos += byNanos;
  }

  void stepWall(long byMillis) {
    wallOffsetMillis += byMillis;
  }
}
