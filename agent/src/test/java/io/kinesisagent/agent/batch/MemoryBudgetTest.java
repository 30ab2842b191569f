package io.kinesisagent.agent.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MemoryBudgetTest {
  private final MemoryBudget budget = new MemoryBudget(100);
  private final MemoryBudget.Share greedy = budget.share(20);
  private final MemoryBudget.Share modest = budget.share(20);

  @Test
  void aFlowThatTakesEverythingLeavesTheOthersTheirShare() {
    assertThat(greedy.acquire(80)).isTrue();
    assertThat(greedy.acquire(1)).isFalse();
    assertThat(modest.acquire(20)).isTrue();
    assertThat(modest.acquire(1)).isFalse();
  }

  @Test
  void whatIsReleasedCanBeTakenAgain() {
    greedy.acquire(80);
    greedy.release(30);
    assertThat(modest.acquire(50)).isTrue();
    assertThat(modest.acquire(1)).isFalse();
    modest.release(50);
    assertThat(greedy.acquire(30)).isTrue();
  }

  @Test
  void aShareThatIsClosedGivesBackAllThatItHeld() {
    greedy.acquire(70);
    greedy.close();
    assertThat(modest.acquire(100)).isTrue();
  }

  @Test
  void moreThanWasTakenCannotBeReleased() {
    greedy.acquire(5);
    assertThatThrownBy(() -> greedy.release(6)).isInstanceOf(IllegalStateException.class);
  }
}
