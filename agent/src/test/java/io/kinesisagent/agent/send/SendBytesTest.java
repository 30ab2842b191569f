package io.kinesisagent.agent.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SendBytesTest {
  private static final long MIB = 1 << 20;

  private final SendBytes bytes = new SendBytes(8 * MIB);

  private void answers(int count, long millis) {
    for (int i = 0; i < count; i++) {
      bytes.answered(TimeUnit.MILLISECONDS.toNanos(millis));
    }
  }

  @Test
  void aQuarterIsInFlightAtFirstAndHalfAsMuchWaits() {
    assertThat(bytes.inFlight()).isEqualTo(2 * MIB);
    assertThat(bytes.waiting()).isEqualTo(MIB);
  }

  @Test
  void soManyAreInFlightAsShip125MibASecondAtTheLatencyThatRequestsHave() {
    answers(16, 40);

    assertThat(bytes.inFlight()).isEqualTo(5 * MIB);
    assertThat(bytes.waiting()).isEqualTo(5 * MIB / 2);
  }

  @Test
  void lateAnswersGetTheMostAndEarlyOnesAQuarter() {
    answers(16, 5_000);
    assertThat(bytes.inFlight()).isEqualTo(8 * MIB);

    answers(16, 1);
    assertThat(bytes.inFlight()).isEqualTo(2 * MIB);
  }

  @Test
  void whatOneRequestMetWithTellsNothing() {
    answers(15, 5_000);
    answers(1, 10);
    answers(15, 5_000);

    assertThat(bytes.inFlight()).isEqualTo(2 * MIB);
  }

  @Test
  void theLeastBoundStillLetsOneRequestBegin() {
    SendBytes least = new SendBytes(1);

    assertThat(least.inFlight()).isEqualTo(1);
    assertThat(least.waiting()).isEqualTo(1);
  }
}
