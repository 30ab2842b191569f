package io.kinesisagent.agent.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kinesisagent.spi.Disposition;
import io.kinesisagent.spi.Failure;
import io.kinesisagent.spi.SendResult;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Steps a sender through every kind of outcome. */
class SenderTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final Failure SLOW = new Failure(Disposition.THROTTLED, "Throttled", "slow");
  private static final Failure INTERNAL = new Failure(Disposition.RETRY, "InternalFailure", "no");
  private static final Failure DENIED = new Failure(Disposition.BLOCKED, "AccessDenied", "no");
  private static final Failure INVALID = new Failure(Disposition.REJECTED, "Validation", "bad");
  private static final Failure HELD = new Failure(Disposition.UNTRIED, "Untried", "waits");

  @Test
  void onlyFailedRecordsAreSentAgainAndTheBatchSettlesWhenAllHave() {
    SendingFixture fixture = new SendingFixture(10);
    fixture.destination =
        records ->
            records.size() == 4
                ? new SendResult.Partial(Map.of(1, SLOW, 3, INTERNAL))
                : SendResult.DELIVERED;
    fixture.submit("a", "b", "c", "d");
    fixture.run(TimeUnit.MILLISECONDS.toNanos(10));
    assertThat(fixture.watermark()).isZero();
    assertThat(fixture.delivered).isEqualTo(2);

    fixture.run(SECOND);
    assertThat(fixture.requests).containsExactly(List.of("a", "b", "c", "d"), List.of("b", "d"));
    assertThat(fixture.failedByCode)
        .containsOnly(Map.entry("Throttled", 1L), Map.entry("InternalFailure", 1L));
    assertThat(fixture.delivered).isEqualTo(4);
    assertThat(fixture.watermark()).isEqualTo(4);
    assertThat(fixture.sender.idle()).isTrue();
  }

  @Test
  void onceItIsFullItWantsNoBatchesBeforeHalfOfWhatWaitsIsGone() {
    SendingFixture fixture = new SendingFixture(8);
    int submitted = 0;
    while (!fixture.sender.full()) {
      fixture.submit("x");
      submitted++;
    }
    assertThat(submitted).isGreaterThan(40);
    fixture.step();
    assertThat(fixture.sender.full()).isFalse();
    while (!fixture.sender.wantsBatches()) {
      assertThat(submitted - fixture.requests.size()).isGreaterThan(submitted / 2);
      fixture.advance(fixture.latencyNanos);
      fixture.step();
    }
    assertThat(submitted - fixture.requests.size()).isBetween(submitted / 2 - 8, submitted / 2);
  }

  @Test
  void onceTooManyBytesWaitItWantsNoBatchesBeforeHalfOfThemAreGone() {
    SendingFixture fixture = new SendingFixture(2, 64 * 1000, new Permits(24), 1);
    while (!fixture.sender.full()) {
      fixture.submit("x".repeat(1000));
    }
    fixture.step();
    assertThat(fixture.sender.full()).as("6,000 of 8,000 wait").isFalse();
    assertThat(fixture.sender.wantsBatches()).isFalse();
    fixture.advance(fixture.latencyNanos);
    fixture.step();
    assertThat(fixture.sender.wantsBatches()).as("4,000 wait").isTrue();
  }

  @Test
  void noFurtherRequestIsBegunWithEnoughBytesInFlight() {
    SendingFixture fixture = new SendingFixture(10, 4 * 1000, new Permits(24), 1);
    for (int i = 0; i < 4; i++) {
      fixture.submit("x".repeat(600));
    }
    fixture.step();
    assertThat(fixture.sender.inFlight()).as("600 and 600 of a quarter of 4,000").isEqualTo(2);
    assertThat(fixture.sender.dueNanos(fixture.nanoTime())).isEqualTo(Long.MAX_VALUE);

    fixture.run(SECOND);
    assertThat(fixture.delivered).isEqualTo(4);
    assertThat(fixture.sender.inFlight()).isZero();
  }

  @Test
  void whereAnswersAreLateMoreBytesAreInFlight() {
    SendingFixture fixture = new SendingFixture(10, 4 * 1000, new Permits(24), 1);
    fixture.latencyNanos = SECOND;
    for (int i = 0; i < 16; i++) {
      fixture.submit("x".repeat(600));
    }
    fixture.run(60 * SECOND);
    for (int i = 0; i < 10; i++) {
      fixture.submit("x".repeat(600));
    }
    fixture.step();
    assertThat(fixture.sender.inFlight()).as("7 of 600 are the first above 4,000").isEqualTo(7);
  }

  @Test
  void aBatchAboveTheBoundOnBytesIsSentByItself() {
    SendingFixture fixture = new SendingFixture(10, 4 * 1000, new Permits(24), 1);
    fixture.submit("x".repeat(5000));
    fixture.submit("y".repeat(5000));
    fixture.step();
    assertThat(fixture.sender.inFlight()).isEqualTo(1);
    fixture.run(SECOND);
    assertThat(fixture.delivered).isEqualTo(2);
  }

  @Test
  void withEnoughBytesWaitingNoBatchIsWanted() {
    SendingFixture fixture = new SendingFixture(10, 4 * 1000, new Permits(24), 1);
    fixture.submit("x".repeat(300));
    assertThat(fixture.sender.full()).isFalse();
    fixture.submit("x".repeat(300));
    assertThat(fixture.sender.full()).as("600 wait, half of a quarter of 4,000 may").isTrue();
    fixture.step();
    assertThat(fixture.sender.full()).as("both are in flight").isFalse();
  }

  @Test
  void bytesInFlightAndWaitingAreCountedThroughFailuresAndHalving() {
    SendingFixture fixture = new SendingFixture(10, 4 * 1000, new Permits(24), 1);
    int[] calls = {0};
    fixture.destination =
        records ->
            switch (calls[0]++ % 4) {
              case 0 -> new SendResult.Failed(INTERNAL);
              case 1 -> new SendResult.Partial(Map.of(0, SLOW));
              default ->
                  records.contains("bad") ? new SendResult.Failed(INVALID) : SendResult.DELIVERED;
            };
    for (int i = 0; i < 20; i++) {
      fixture.submit("x".repeat(200), "bad", "y".repeat(200), "z");
      fixture.run(30 * SECOND);
    }
    fixture.run(600 * SECOND);
    assertThat(fixture.sender.idle()).isTrue();
    fixture.submit("x".repeat(499));
    assertThat(fixture.sender.full()).as("nothing is left over of what waited").isFalse();
    fixture.submit("x".repeat(499));
    fixture.submit("x".repeat(499));
    fixture.latencyNanos = 100 * SECOND;
    fixture.step();
    assertThat(fixture.sender.inFlight()).as("nothing is left over of what was sent").isEqualTo(3);
  }

  @Test
  void aLaterBatchMovesNoWatermarkOverAnEarlierGap() {
    SendingFixture fixture = new SendingFixture(10);
    fixture.destination =
        records ->
            records.contains("a") && fixture.nanoTime() < 1005 * SECOND
                ? new SendResult.Partial(Map.of(0, INTERNAL))
                : SendResult.DELIVERED;
    fixture.submit("a", "b");
    fixture.submit("c");
    fixture.run(2 * SECOND);
    assertThat(fixture.watermark()).isZero();

    fixture.run(20 * SECOND);
    assertThat(fixture.watermark()).isEqualTo(3);
  }

  @Test
  void anErrorOfTheMachineOnABackendsThreadReachesTheFlowsAndADefectIsTriedAgain() {
    SendingFixture fixture = new SendingFixture(10);
    fixture.defect = new CompletionException(new IllegalStateException("a bug"));
    fixture.submit("a");
    fixture.run(TimeUnit.MILLISECONDS.toNanos(10));
    assertThat(fixture.failedByCode).containsKey("BackendDefect");

    fixture.defect = new CompletionException(new NoClassDefFoundError("a class"));
    assertThatThrownBy(() -> fixture.run(20 * SECOND)).isInstanceOf(NoClassDefFoundError.class);
  }

  @Test
  void aPoisonRecordIsFoundByHalvingAndLettered() {
    SendingFixture fixture = new SendingFixture(4);
    fixture.destination =
        records ->
            records.contains("poison") ? new SendResult.Failed(INVALID) : SendResult.DELIVERED;
    fixture.submit("a", "b", "c", "poison", "e", "f", "g");
    fixture.run(SECOND);

    assertThat(fixture.letters).containsExactly("poison /logs/app.log:3 Validation");
    assertThat(fixture.delivered).isEqualTo(6);
    assertThat(fixture.watermark()).isEqualTo("abcpoisonefg".length());
    assertThat(fixture.requests).hasSizeLessThanOrEqualTo(2 * 3 + 1);
  }

  @Test
  void whatIsRefusedForGoodCameBackFromEachAttemptAndIsNotSettledAsDelivered() {
    SendingFixture fixture = new SendingFixture(1);
    fixture.destination =
        records ->
            records.contains("poison") ? new SendResult.Failed(INVALID) : SendResult.DELIVERED;
    fixture.submit("a", "b", "c", "poison");
    fixture.run(SECOND);
    assertThat(fixture.rejected).as("of requests of 4, 2 and 1").isEqualTo(7);
    assertThat(fixture.failedRequests).containsOnly(INVALID).hasSize(3);
    assertThat(fixture.settledAsDelivered).isEqualTo(3);

    fixture.destination = records -> new SendResult.Partial(Map.of(0, INVALID, 1, INVALID));
    fixture.submit("d", "e", "f");
    fixture.run(SECOND);
    assertThat(fixture.rejected).isEqualTo(7 + 2);
    assertThat(fixture.failedRequests).hasSize(3);
    assertThat(fixture.settledAsDelivered).isEqualTo(3 + 1);
  }

  @Test
  void requestsThatFailTogetherAreToldOneByOneAndAreOneFailureInARow() {
    SendingFixture fixture = new SendingFixture(10);
    fixture.destination = records -> new SendResult.Failed(INTERNAL);
    for (int i = 0; i < 4; i++) {
      fixture.submit("x");
    }
    fixture.run(fixture.latencyNanos);
    assertThat(fixture.failedRequests).hasSize(4);
    assertThat(fixture.consecutive).isEqualTo(1);
  }

  @Test
  void aDiskThatIsFullHoldsTheLetterAndItsBatchButNoOther() {
    SendingFixture fixture = new SendingFixture(4);
    fixture.diskFull = true;
    fixture.destination =
        records ->
            records.contains("poison")
                ? new SendResult.Partial(Map.of(records.indexOf("poison"), INVALID))
                : SendResult.DELIVERED;
    fixture.submit("a", "poison");
    fixture.submit("b");
    fixture.run(60 * SECOND);
    assertThat(fixture.delivered).isEqualTo(2);
    assertThat(fixture.watermark()).isZero();
    assertThat(fixture.lettersFailed).isBetween(2, 100);

    fixture.diskFull = false;
    fixture.run(300 * SECOND);
    assertThat(fixture.letters).containsExactly("poison /logs/app.log:1 Validation");
    assertThat(fixture.watermark()).isEqualTo("apoisonb".length());
  }

  @Test
  void anHourOfRefusalsCostsFewAttemptsAndEndsByItself() {
    SendingFixture fixture = new SendingFixture(24);
    fixture.destination = records -> new SendResult.Failed(INTERNAL);
    for (int i = 0; i < 100; i++) {
      fixture.submit("x");
    }
    fixture.run(3600 * SECOND);
    // The mean of a wait of up to 10 s is 5 s.
    assertThat(fixture.requests).hasSizeBetween(3600 / 10, 3600 / 5 * 5 / 4 + 24);

    fixture.destination = records -> SendResult.DELIVERED;
    fixture.run(11 * SECOND);
    assertThat(fixture.watermark()).isEqualTo(100);
    assertThat(fixture.recoveries).isEqualTo(1);
  }

  @Test
  void whatSomebodyMustMendIsTriedEveryFewMinutesAndResumes() {
    SendingFixture fixture = new SendingFixture(24);
    fixture.destination = records -> new SendResult.Failed(DENIED);
    fixture.submit("x");
    fixture.run(3600 * SECOND);
    assertThat(fixture.requests).hasSizeBetween(3600 / 300, 80);
    int before = fixture.requests.size();
    fixture.run(305 * SECOND);
    assertThat(fixture.requests).hasSizeGreaterThan(before);

    fixture.destination = records -> SendResult.DELIVERED;
    fixture.run(301 * SECOND);
    assertThat(fixture.watermark()).isEqualTo(1);
  }

  @Test
  void afterAnOutageRequestsGrowInNumberOneByOne() {
    SendingFixture fixture = new SendingFixture(24);
    fixture.destination = records -> new SendResult.Failed(INTERNAL);
    for (int i = 0; i < 90; i++) {
      fixture.submit("x");
    }
    fixture.run(60 * SECOND);
    int before = fixture.requests.size();
    fixture.destination = records -> SendResult.DELIVERED;
    while (fixture.requests.size() == before) {
      fixture.run(TimeUnit.MILLISECONDS.toNanos(1));
    }
    assertThat(fixture.sender.inFlight()).isEqualTo(1);
    fixture.run(fixture.latencyNanos);
    assertThat(fixture.sender.inFlight()).isEqualTo(2);
    fixture.run(fixture.latencyNanos);
    assertThat(fixture.sender.inFlight()).isEqualTo(4);
  }

  @Test
  void oneRequestAtATimeKeepsTheOrderThroughFailures() {
    SendingFixture fixture = new SendingFixture(1);
    fixture.destination =
        records ->
            switch (fixture.requests.size()) {
              case 1 -> new SendResult.Partial(Map.of(1, SLOW, 2, HELD));
              case 2 -> new SendResult.Failed(INTERNAL);
              case 3 -> new SendResult.Partial(Map.of(1, HELD));
              default -> SendResult.DELIVERED;
            };
    fixture.submit("a", "b", "c");
    fixture.submit("d");
    fixture.run(30 * SECOND);

    assertThat(fixture.requests)
        .containsExactly(
            List.of("a", "b", "c"),
            List.of("b", "c"),
            List.of("b", "c"),
            List.of("c"),
            List.of("d"));
    assertThat(fixture.failedByCode)
        .containsOnly(Map.entry("Throttled", 1L), Map.entry("InternalFailure", 2L));
  }

  @Test
  void untriedRecordsGoAgainAtOnce() {
    SendingFixture fixture = new SendingFixture(1);
    fixture.destination =
        records ->
            records.size() == 1 ? SendResult.DELIVERED : new SendResult.Partial(untried(records));
    fixture.submit(Collections.nCopies(50, "x").toArray(String[]::new));
    fixture.run(51 * fixture.latencyNanos);
    assertThat(fixture.watermark()).isEqualTo(50);
    assertThat(fixture.failedByCode).isEmpty();
  }

  private static Map<Integer, Failure> untried(List<String> records) {
    Map<Integer, Failure> held = new java.util.HashMap<>();
    for (int i = 1; i < records.size(); i++) {
      held.put(i, HELD);
    }
    return held;
  }

  @Test
  void aFlowWhoseRequestsHangLeavesOthersTheirWay() {
    Permits permits = new Permits(24);
    SendingFixture hangs = new SendingFixture(100, permits, 1);
    SendingFixture works = new SendingFixture(100, permits, 2);
    // While it answers, it comes to have as many requests in flight as are allowed.
    for (int i = 0; i < 2_000; i++) {
      hangs.submit("x");
    }
    hangs.run(2_000 * hangs.latencyNanos);
    hangs.latencyNanos = 3600 * SECOND;
    for (int i = 0; i < 60; i++) {
      hangs.submit("x");
    }
    hangs.run(SECOND);
    assertThat(hangs.sender.inFlight()).isEqualTo(18);
    assertThat(hangs.sender.dueNanos(hangs.nanoTime())).isGreaterThan(hangs.nanoTime());

    for (int i = 0; i < 10; i++) {
      works.submit("y");
    }
    works.run(2 * works.latencyNanos);
    assertThat(works.watermark()).isEqualTo(10);

    works.close();
    hangs.run(SECOND);
    assertThat(hangs.sender.inFlight()).isEqualTo(24);
  }
}
