package io.kinesisagent.agent.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Drives the window against a destination that does some requests at once and lets others wait. */
class SendWindowTest {
  private static final long SERVICE_NANOS = 10_000_000;
  private static final int MOST = 24;

  private final SplittableRandom random = new SplittableRandom(1);

  /**
   * Sends some requests, each as early as the window lets it; gives how large it was in the end.
   */
  private int after(int requests, SendWindow window, int atOnce) {
    long[] freeAt = new long[atOnce];
    Deque<long[]> inFlight = new ArrayDeque<>();
    long now = 0;
    int largest = 0;
    for (int done = 0; done < requests; ) {
      while (inFlight.size() < window.size()) {
        int worker = 0;
        for (int i = 1; i < atOnce; i++) {
          worker = freeAt[i] < freeAt[worker] ? i : worker;
        }
        long service = SERVICE_NANOS * (90 + random.nextInt(20)) / 100;
        freeAt[worker] = Math.max(now, freeAt[worker]) + service;
        inFlight.add(new long[] {now, freeAt[worker]});
      }
      long[] next = inFlight.poll();
      now = Math.max(now, next[1]);
      window.answered(now - next[0]);
      done++;
      largest = done > requests * 3 / 4 ? Math.max(largest, window.size()) : 0;
    }
    return largest;
  }

  @Test
  void aDestinationThatDoesAllAtOnceGetsAllThatIsAllowed() {
    assertThat(after(5_000, new SendWindow(MOST), 100)).isEqualTo(MOST);
  }

  @Test
  void aDestinationThatDoesFewAtOnceGetsFew() {
    assertThat(after(20_000, new SendWindow(MOST), 2)).isBetween(2, 8);
  }

  @Test
  void theWindowIsAtLeastWhatTheDestinationDoesAtOnce() {
    assertThat(after(20_000, new SendWindow(MOST), 10)).isBetween(10, 20);
  }

  @Test
  void itFollowsADestinationThatBecomesNarrowerAndWiderAgain() {
    SendWindow window = new SendWindow(MOST);

    assertThat(after(5_000, window, 100)).isEqualTo(MOST);
    assertThat(after(30_000, window, 2)).isBetween(2, 8);
    assertThat(after(30_000, window, 100)).isEqualTo(MOST);
  }

  @Test
  void aDestinationThatDoesAllAtOnceGetsItSoon() {
    assertThat(after(600, new SendWindow(MOST), 100)).isGreaterThanOrEqualTo(16);
  }

  @Test
  void aWindowWithoutABoundTakesNoMoreMemoryThanItIsLarge() {
    SendWindow window = new SendWindow(Integer.MAX_VALUE);

    for (int request = 0; request < 200_000; request++) {
      window.answered(SERVICE_NANOS);
    }

    assertThat(window.size()).isGreaterThan(1_000);
  }

  @Test
  void aProcessThatWarmsUpGetsNoMoreAlthoughEachRoundIsFaster() {
    SendWindow window = new SendWindow(MOST);
    int largest = 0;

    for (int request = 0; request < 3_000; request++) {
      // Done two at once, by a host that does each in a tenth of the time in the end.
      double cold = 1 + 9 * Math.exp(-request / 200.0);
      window.answered(Math.round(window.size() / 2.0 * cold * SERVICE_NANOS));
      largest = Math.max(largest, window.size());
    }

    assertThat(largest).isEqualTo(8);
  }

  @Test
  void latenciesThatTellNothingLetTheWindowBe() {
    SendWindow window = new SendWindow(MOST);
    int halved = 0;

    for (int request = 0; request < 20_000; request++) {
      window.answered((1L << (request / 16 % 5)) * SERVICE_NANOS);
      halved += window.size() < 8 ? 1 : 0;
    }

    assertThat(window.size()).isLessThanOrEqualTo(MOST);
    assertThat(halved).isLessThan(20_000 / 5);
  }

  @Test
  void oneAtATimeStaysOneAtATime() {
    SendWindow window = new SendWindow(1);

    assertThat(window.size()).isEqualTo(1);
    assertThat(after(5_000, window, 100)).isEqualTo(1);
  }
}
