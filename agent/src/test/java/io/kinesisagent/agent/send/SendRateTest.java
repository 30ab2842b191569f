package io.kinesisagent.agent.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

/** Drives the rate in steps of a millisecond, with requests of up to 500, answered at once. */
class SendRateTest {
  private static final int RECORDS = 500;
  private static final int MOST_PER_SECOND = 50_000;

  private final SendRate rate = new SendRate();
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

  @Test
  void refusalsThatDoNotDependOnTheRateDoNotBringItDown() {
    SplittableRandom random = new SplittableRandom(1);
    run(
        60,
        request -> {
          int taken = 0;
          for (int i = 0; i < request; i++) {
            taken += random.nextDouble() < 0.2 ? 0 : 1;
          }
          return taken;
        });

    assertThat(accepted / 60).isGreaterThan(10_000);
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
      if (i % (1000 * RECORDS / MOST_PER_SECOND) == 0 && rate.allows(now())) {
        int records = Math.min(RECORDS, rate.mostRecords());
        rate.sent(records, now());
        int taken = destination.applyAsInt(records);
        offered += records;
        accepted += taken;
        rate.answered(taken, records - taken, now());
      }
    }
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
