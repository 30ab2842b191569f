package io.kinesisagent.agent.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A sample a second. */
class PaceTest {
  private final Pace pace = new Pace();
  private long seconds;
  private long read;

  private FlowStatus.Rates after(long bytes, long behind) {
    seconds++;
    read += bytes;
    return pace.at(new Pace.Sample(seconds * 1_000_000_000L, read, read / 10, 2 * read, behind));
  }

  @Test
  void aSteadyFallTellsTheTimeLeft() {
    assertThat(after(0, 1000)).isEqualTo(FlowStatus.Rates.NONE);
    FlowStatus.Rates rates = after(100, 900);
    assertThat(rates).isEqualTo(new FlowStatus.Rates(100, 10, 200, 9));
    assertThat(after(100, 800).secondsLeft()).isEqualTo(8);
  }

  @Test
  void aBacklogThatHasJustAppearedIsTakenByThePaceSince() {
    for (int i = 0; i < 9; i++) {
      after(0, 0);
    }
    assertThat(after(0, 1000).secondsLeft()).isEqualTo(-1);
    assertThat(after(100, 900).secondsLeft()).isEqualTo(9);
    assertThat(after(300, 600).secondsLeft()).isEqualTo(3);
  }

  @Test
  void whatGrowsOrStandsIsNotCaughtUpWith() {
    after(100, 100);
    assertThat(after(100, 200).secondsLeft()).isEqualTo(-1);
    assertThat(after(100, 200).secondsLeft()).isEqualTo(-1);
    assertThat(after(100, 300).secondsLeft()).isEqualTo(-1);
    assertThat(after(100, 0).secondsLeft()).isEqualTo(-1);
  }
}
