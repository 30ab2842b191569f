package io.kinesisagent.agent.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PermitsTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private static List<Permits.Share> shares(Permits permits, int count) {
    List<Permits.Share> shares = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      shares.add(permits.share());
    }
    return shares;
  }

  private static int takeAll(Permits.Share share, long now) {
    int taken = 0;
    while (share.take(now)) {
      taken++;
    }
    return taken;
  }

  @Test
  void oneFlowHasAllPermits() {
    assertThat(takeAll(new Permits(24).share(), 0)).isEqualTo(24);
  }

  @Test
  void eachFlowCanCountOnItsPartOfHalfOfThem() {
    List<Permits.Share> shares = shares(new Permits(24), 3);
    assertThat(takeAll(shares.get(0), 0)).isEqualTo(16);
    assertThat(takeAll(shares.get(1), 0)).isEqualTo(4);
    assertThat(takeAll(shares.get(2), 0)).isEqualTo(4);
  }

  @Test
  void noMoreThanThatAreInFlightWhileAnswersCome() {
    List<Permits.Share> shares = shares(new Permits(2), 5);
    assertThat(takeAll(shares.get(0), 0)).isEqualTo(1);
    assertThat(takeAll(shares.get(1), 0)).isEqualTo(1);
    assertThat(takeAll(shares.get(2), SECOND)).isZero();
    shares.get(0).giveBack(SECOND);
    assertThat(takeAll(shares.get(3), SECOND)).isEqualTo(1);
    assertThat(takeAll(shares.get(2), SECOND)).isZero();
  }

  @Test
  void flowsWhoseRequestsHangTakeNoOthersWayAwayHoweverManyTheyAre() {
    List<Permits.Share> shares = shares(new Permits(2), 5);
    Permits.Share healthy = shares.remove(4);
    shares.forEach(share -> takeAll(share, 0));
    assertThat(healthy.take(SECOND / 2)).isFalse();
    for (long now = SECOND; now < 60 * SECOND; now += SECOND / 100) {
      for (Permits.Share hangs : shares) {
        takeAll(hangs, now);
      }
      int sent = takeAll(healthy, now);
      if (now > 4 * SECOND) {
        assertThat(sent).isEqualTo(1);
      }
      for (int i = 0; i < sent; i++) {
        healthy.giveBack(now);
      }
    }
  }
}
