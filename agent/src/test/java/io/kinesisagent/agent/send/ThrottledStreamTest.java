package io.kinesisagent.agent.send;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinesisagent.spi.Disposition;
import io.kinesisagent.spi.Failure;
import io.kinesisagent.spi.SendResult;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Senders before a stream that takes so many records in each second of its own clock. */
class ThrottledStreamTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final int BATCH = 500;

  private final List<SendingFixture> senders = new ArrayList<>();
  private int perSecond;
  private long phaseNanos;
  private long second;
  private int used;
  private long accepted;
  private long refused;
  private long stallNanos;
  private long stalledUntil;
  private final SplittableRandom random = new SplittableRandom(9);

  @ParameterizedTest
  @CsvSource({
    "1, 1000, 3000, 0, 0",
    "1, 1000, 3000, 250, 0",
    "1, 1000, 3000, 777, 0",
    "1, 1000, 3000, 500, 300",
    "1, 1000, 20000, 100, 200",
    "1, 5000, 20000, 300, 100",
    "1, 300, 3000, 300, 300",
    "3, 1000, 3000, 400, 100",
    "2, 2000, 10000, 600, 200"
  })
  void isUsedToItsLimitAndSeldomRefuses(
      int flows, int limit, int offered, int phaseMillis, int stallMillis) {
    stallNanos = TimeUnit.MILLISECONDS.toNanos(stallMillis);
    perSecond = limit;
    phaseNanos = TimeUnit.MILLISECONDS.toNanos(phaseMillis);
    for (int i = 0; i < flows; i++) {
      add(i);
    }
    run(60, offered);
    stalledUntil = 0;
    String figures =
        String.format(
            "%d flows, limit %d/s, offered %d/s, stalls up to %d ms: accepted %.1f/s, refused %.1f %%%n",
            flows,
            limit,
            offered,
            stallMillis,
            accepted / 60.0,
            100.0 * refused / (accepted + refused));
    System.out.print(figures);
    assertThat(accepted).as(figures).isBetween(60L * limit * 95 / 100, 60L * limit * 105 / 100);
    assertThat(refused).as(figures).isLessThan((accepted + refused) / 5);

    perSecond = Integer.MAX_VALUE;
    run(15, offered);
    long before = accepted;
    run(5, offered);
    assertThat(accepted - before)
        .as("accepted in 5 s, 15 s after the limit was lifted")
        .isGreaterThan(5L * offered * 9 / 10);
  }

  @ParameterizedTest
  @CsvSource({"3000, 0", "3000, 100", "10000, 0", "10000, 100"})
  void theFirstSecondsRefuseFewWhereverInASecondOfTheStreamTheyBegin(int offered, int stallMillis) {
    int seconds = 20;
    stallNanos = TimeUnit.MILLISECONDS.toNanos(stallMillis);
    perSecond = 1000;
    for (int phaseMillis = 0; phaseMillis < 1000; phaseMillis += 10) {
      phaseNanos = TimeUnit.MILLISECONDS.toNanos(phaseMillis);
      begin(phaseMillis);
      run(seconds, offered);
      String figures =
          String.format(
              "begun %d ms before a second of the stream's: accepted %.1f/s, refused %.1f %%",
              1000 - phaseMillis,
              accepted / (double) seconds,
              100.0 * refused / (accepted + refused));
      assertThat(accepted).as(figures).isGreaterThan(9L * seconds * perSecond / 10);
      assertThat(refused).as(figures).isLessThan((accepted + refused) / 5);
    }
  }

  private void begin(int seed) {
    senders.clear();
    add(seed);
    accepted = 0;
    refused = 0;
    used = 0;
    stalledUntil = 0;
  }

  private void add(int i) {
    SendingFixture fixture = new SendingFixture(100, new Permits(24), i);
    fixture.destination = records -> take(records.size(), fixture.nanoTime());
    senders.add(fixture);
  }

  /** All senders go on for some seconds, each offered its part. */
  private void run(int seconds, int offeredPerSecond) {
    String[] batch = Collections.nCopies(BATCH, "x").toArray(String[]::new);
    long everyNanos = SECOND * BATCH * senders.size() / offeredPerSecond;
    for (long t = 0; t < seconds * SECOND; t += TimeUnit.MILLISECONDS.toNanos(1)) {
      if (stallNanos > 0 && random.nextInt(600) == 0) {
        stalledUntil = t + random.nextLong(stallNanos);
      }
      for (SendingFixture sender : senders) {
        if (t % everyNanos < TimeUnit.MILLISECONDS.toNanos(1) && !sender.sender.full()) {
          sender.submit(batch);
        }
        // The clock goes on while the threads do not get the processor.
        if (t < stalledUntil) {
          sender.advance(TimeUnit.MILLISECONDS.toNanos(1));
        } else {
          sender.run(TimeUnit.MILLISECONDS.toNanos(1));
        }
      }
    }
  }

  private SendResult take(int records, long now) {
    long current = (now + phaseNanos) / SECOND;
    if (current != second) {
      second = current;
      used = 0;
    }
    Map<Integer, Failure> failed = new HashMap<>();
    for (int i = 0; i < records; i++) {
      if (used >= perSecond) {
        failed.put(i, new Failure(Disposition.THROTTLED, "ProvisionedThroughputExceeded", "slow"));
      } else {
        used++;
      }
    }
    accepted += records - failed.size();
    refused += failed.size();
    return failed.isEmpty() ? SendResult.DELIVERED : new SendResult.Partial(failed);
  }
}
