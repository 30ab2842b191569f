package io.kinesisagent.agent.send;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinesisagent.spi.Disposition;
import io.kinesisagent.spi.Failure;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The largest values that the keys may have. */
class RecoveryTest {
  private static final Failure FAILURE = new Failure(Disposition.RETRY, "Away", "away");

  private final SplittableRandom random = new SplittableRandom(1);

  @Test
  void successesDoNotPassTheLargestNumberOfRequests() {
    Recovery recovery = new Recovery(Integer.MAX_VALUE, new Backoff(1, 1, random));
    recovery.succeeded();
    assertThat(recovery.mostInFlight()).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void theLongestWaitIsATimeToCome() {
    Recovery recovery = new Recovery(1, new Backoff(Long.MAX_VALUE, Long.MAX_VALUE, random));
    long now = TimeUnit.DAYS.toNanos(365);
    for (int failure = 0; failure < 50; failure++) {
      recovery.failed(FAILURE, now);
      assertThat(recovery.resumeNanos() - now).isGreaterThanOrEqualTo(0);
      assertThat(recovery.allowedNanos(now)).isEqualTo(Math.max(now, recovery.resumeNanos()));
      recovery.succeeded();
    }
  }
}
