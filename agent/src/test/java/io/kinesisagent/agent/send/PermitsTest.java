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
  void aFlowWhoseRequestsHangLeavesTheOthersTheirPart() {
    List<Permits.Share> shares = shares(new Permits(24), 12);
    takeAll(shares.get(0), 0);
    for (Permits.Share other : shares.subList(1, 12)) {
      assertThat(takeAll(other, SECOND)).isEqualTo(1);
    }
  }

  @Test
  void flowsThatGetNoAnswersTakeNoOthersWayAwayHoweverManyTheyAre() {
    List<Permits.Share> shares = shares(new Permits(4), 10);
    Permits.Share healthy = shares.remove(9);
    assertThat(healthy.take(0)).isTrue();
    healthy.giveBack(true, 0);
    for (long now = SECOND; now < 60 * SECOND; now += SECOND / 10) {
      for (Permits.Share hangs : shares) {
        takeAll(hangs, now);
      }
      assertThat(takeAll(healthy, now)).isEqualTo(1);
      healthy.giveBack(true, now);
      if (now % (10 * SECOND) == 0) {
        shares.forEach(PermitsTest::timeOut);
      }
    }
  }

  private static void timeOut(Permits.Share share) {
    while (share.taken() > 0) {
      share.giveBack(false, 0);
    }
  }

  @Test
  void thoseThatGotAnswersAndHangNowHoldUpOthersUntilTheirRequestsHaveTimedOut() {
    List<Permits.Share> shares = shares(new Permits(4), 10);
    for (Permits.Share share : shares) {
      assertThat(share.take(0)).isTrue();
      share.giveBack(true, 0);
    }
    Permits.Share healthy = shares.remove(9);
    int timesOut = 0;
    for (long now = SECOND; timesOut < 20; now += 2 * SECOND) {
      for (Permits.Share hangs : shares) {
        takeAll(hangs, now);
      }
      if (healthy.take(now)) {
        break;
      }
      shares.forEach(PermitsTest::timeOut);
      timesOut++;
    }
    assertThat(timesOut).isBetween(1, 9);
  }
}
