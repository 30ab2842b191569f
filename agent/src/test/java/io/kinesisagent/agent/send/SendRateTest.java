package io.kinesisagent.agent.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Drives the rate in steps of a millisecond, with requests of up to 500, answered at once. */
class SendRateTest {
  private static final int RECORDS = 500;
  private static final int MOST_PER_SECOND = 50_000;

  private final SendRate rate = new SendRate();
  private final SplittableRandom random = new SplittableRandom(1);
  private long millis = 1_000_000;
  private long offered;
  private long accepted;

  @Test
  void whatIsNeverThrottledIsNeverHeldBack() {
    run(10, request -> request);

    assertThat(accepted).isEqualTo(10 * MOST_PER_SECOND);
  }

  @Test
  void aDestinationWithALimitIsUsedToItAndSeldomRefuses() {
    Limit limit = new Limit(2_000);
    run(30, limit::accept);
    offered = 0;
    accepted = 0;
    run(60, limit::accept);

    assertThat(accepted).isGreaterThan(60 * 2_000 * 95 / 100);
    assertThat(offered - accepted).isLessThan(accepted / 10);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.02, 0.05, 0.08, 0.1, 0.15, 0.2, 0.3, 0.5, 0.7, 0.85})
  void refusalsThatDoNotDependOnTheRateDoNotBringItDown(double share) {
    run(60, refusing(share));
    accepted = 0;
    run(60, refusing(share));

    assertThat(accepted / 60.0).isGreaterThan(0.6 * MOST_PER_SECOND * (1 - share));
  }

  @Test
  void aFewRefusalsHoldNothingBack() {
    run(10, refusing(0.04));

    assertThat(accepted / 10.0).isGreaterThan(0.9 * MOST_PER_SECOND);
  }

  @Test
  void aFlowThatGrowsIsNotHeldToALimitOfWhichAFewRefusalsAreLeft() {
    run(10, new Limit(100)::accept);
    assertThat(accepted).isLessThan(1_100);
    run(60, refusing(0.04));
    accepted = 0;
    run(10, refusing(0.04));

    assertThat(accepted / 10.0).isGreaterThan(0.9 * MOST_PER_SECOND);
  }

  @Test
  void aRaiseThatNothingMadeUseOfDoesNotHideALimit() {
    run(10, new Limit(1_000)::accept);
    trickle(40, refusing(0.04));
    assertThat(rate.mostRecords()).isGreaterThan(100);
    trickle(5, refusing(0.5));

    assertThat(rate.mostRecords()).isLessThan(50);
  }

  /** Offers 500 records a second. */
  private void trickle(int seconds, IntUnaryOperator destination) {
    for (int i = 0; i < seconds * 100; i++) {
      millis += 10;
      offer(5, destination);
    }
  }

  @Test
  void aLimitThatIsLoweredIsFollowedAndOneThatIsLiftedIsFoundOut() {
    Limit limit = new Limit(10_000);
    run(30, limit::accept);
    limit.perSecond = 1_000;
    run(20, limit::accept);
    offered = 0;
    accepted = 0;
    run(30, limit::accept);
    assertThat(accepted).isGreaterThan(30 * 1_000 * 95 / 100);
    assertThat(offered - accepted).isLessThan(accepted / 10);

    limit.perSecond = Integer.MAX_VALUE;
    run(40, limit::accept);
    accepted = 0;
    run(5, limit::accept);
    assertThat(accepted / 5).isGreaterThan(20_000);
  }

  @Test
  void anOutageOfTheWholeServiceIsOverWithinSecondsOfItsEnd() {
    run(5, request -> request);
    for (int i = 0; i < 600; i++) {
      rate.refused(RECORDS, TimeUnit.MILLISECONDS.toNanos(millis));
      millis += 500;
      assertThat(rate.allowedNanos(now()) - now())
          .isLessThanOrEqualTo(TimeUnit.SECONDS.toNanos(10));
    }
    run(40, request -> request);
    accepted = 0;
    run(5, request -> request);

    assertThat(accepted / 5).isGreaterThan(20_000);
  }

  private void run(int seconds, IntUnaryOperator destination) {
    for (int i = 0; i < seconds * 1000; i++) {
      millis++;
      if (i % (1000 * RECORDS / MOST_PER_SECOND) == 0) {
        offer(RECORDS, destination);
      }
    }
  }

  private void offer(int most, IntUnaryOperator destination) {
    if (!rate.allows(now())) {
      return;
    }
    int records = Math.min(most, rate.mostRecords());
    rate.sent(records, now());
    int taken = destination.applyAsInt(records);
    offered += records;
    accepted += taken;
    rate.answered(taken, records - taken, now());
  }

  /** Refuses a share, whatever the rate. */
  private IntUnaryOperator refusing(double share) {
    return records -> {
      int taken = 0;
      for (int i = 0; i < records; i++) {
        taken += random.nextDouble() < share ? 0 : 1;
      }
      return taken;
    };
  }

  private long now() {
    return TimeUnit.MILLISECONDS.toNanos(millis);
  }

  /** Accepts so many a second of its own clock and refuses the rest. */
  private final class Limit {
    private int perSecond;
    private long second;
    private int used;

    private Limit(int perSecond) {
      this.perSecond = perSecond;
    }

    private int accept(int records) {
      long current = (millis + 300) / 1000;
      if (current != second) {
        second = current;
        used = 0;
      }
      int taken = Math.min(records, perSecond - used);
      used += taken;
      return taken;
    }
  }
}
