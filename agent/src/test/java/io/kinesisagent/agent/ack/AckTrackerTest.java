package io.kinesisagent.agent.ack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AckTrackerTest {
  private final AckTracker<Long> tracker = new AckTracker<>(0L);

  @Test
  void theWatermarkDoesNotPassAGap() {
    long first = tracker.track(10L);
    long second = tracker.track(20L);
    assertThat(tracker.settle(second)).isFalse();
    assertThat(tracker.watermark()).isEqualTo(0);
    assertThat(tracker.settle(first)).isTrue();
    assertThat(tracker.watermark()).isEqualTo(20);
    assertThat(tracker.outstanding()).isZero();
  }

  @Test
  void aTicketSettlesOnce() {
    long ticket = tracker.track(10L);
    tracker.settle(ticket);
    assertThatThrownBy(() -> tracker.settle(ticket)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> tracker.settle(99)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void inAnyOrderTheWatermarkIsTheEndOfTheSettledPrefix() {
    Random random = new Random(7);
    List<Long> open = new ArrayList<>();
    boolean[] settled = new boolean[2000];
    int tracked = 0;
    while (tracked < settled.length || !open.isEmpty()) {
      if (tracked < settled.length && (open.isEmpty() || random.nextBoolean())) {
        open.add(tracker.track((long) ++tracked));
      } else {
        Collections.shuffle(open, random);
        long ticket = open.remove(0);
        settled[(int) ticket] = true;
        tracker.settle(ticket);
      }
      int prefix = 0;
      while (prefix < tracked && settled[prefix]) {
        prefix++;
      }
      assertThat(tracker.watermark()).isEqualTo(prefix);
    }
  }
}
