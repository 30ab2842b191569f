package io.kinesisagent.agent.tail;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AppendsTest {
  private static final long MILLI = 1_000_000;
  private static final long NONE = -1;

  /** Near the place where such clocks overflow. */
  private long start = Long.MAX_VALUE - 500 * MILLI;

  private final Appends appends = new Appends();

  @Test
  void eachByteHasTheTimeOfTheLookThatFoundIt() {
    appends.grown(10, start);
    appends.grown(30, start + 700 * MILLI);
    appends.grown(30, start + 900 * MILLI);
    assertThat(appends.atNanos(0, NONE)).isEqualTo(start);
    assertThat(appends.atNanos(9, NONE)).isEqualTo(start);
    assertThat(appends.atNanos(10, NONE)).isEqualTo(start + 700 * MILLI);
    assertThat(appends.atNanos(29, NONE)).isEqualTo(start + 700 * MILLI);
    assertThat(appends.atNanos(30, NONE)).isEqualTo(NONE);
    appends.passed(15);
    assertThat(appends.marks()).isEqualTo(1);
    appends.passed(30);
    assertThat(appends.marks()).isZero();
    assertThat(appends.atNanos(30, NONE)).isEqualTo(NONE);
  }

  @Test
  void aLongBacklogKeepsFewMarksThatAreNeverYoungerAndHardlyOlder() {
    int looks = 100_000;
    for (int i = 0; i < looks; i++) {
      appends.grown(10L * (i + 1), start + 10L * i * MILLI);
      assertThat(appends.marks()).isBetween(1, Appends.MOST);
    }
    // The marks are as far apart everywhere, however old.
    long coarsest = 10L * looks * MILLI / (Appends.MOST / 4);
    for (int i = 0; i < looks; i++) {
      long truth = start + 10L * i * MILLI;
      assertThat(truth - appends.atNanos(10L * i, NONE)).isBetween(0L, coarsest);
      appends.passed(10L * i);
    }
  }
}
