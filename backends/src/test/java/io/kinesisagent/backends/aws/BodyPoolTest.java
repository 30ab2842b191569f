package io.kinesisagent.backends.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinesisagent.spi.MutableBytes;
import org.junit.jupiter.api.Test;

class BodyPoolTest {
  private static final int SHORT_BYTES = 100_000;
  private static final int LONG_BYTES = 5 << 20;
  private final BodyPool pool = BodyPool.ofHeap();

  @Test
  void handsOutAgainWhatWasGivenBackLast() {
    MutableBytes first = pool.take(SHORT_BYTES);
    MutableBytes second = pool.take(SHORT_BYTES);
    pool.give(first, SHORT_BYTES);
    pool.give(second, SHORT_BYTES);
    assertThat(pool.take(SHORT_BYTES)).isSameAs(second);
  }

  @Test
  void keepsNoLongBodyForShortRequests() {
    pool.give(pool.take(LONG_BYTES), LONG_BYTES);
    assertThat(pool.take(SHORT_BYTES).array()).hasSizeLessThan(2 * SHORT_BYTES);
  }

  @Test
  void keepsLongBodiesForLongRequestsWithinItsBound() {
    BodyPool bounded = new BodyPool(8L * LONG_BYTES);
    MutableBytes first = bounded.take(LONG_BYTES);
    MutableBytes second = bounded.take(LONG_BYTES);
    bounded.give(first, LONG_BYTES);
    bounded.give(second, LONG_BYTES);
    assertThat(bounded.take(LONG_BYTES)).as("a quarter of the bound is kept").isSameAs(first);
    assertThat(bounded.take(LONG_BYTES)).isNotSameAs(second);
  }
}
