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
    assertThat(greedy.take(80)).hasSize(80);
    assertThat(greedy.take(1)).isNull();
    assertThat(modest.take(20)).hasSize(20);
    assertThat(modest.take(1)).isNull();
  }

  @Test
  void whatIsGivenBackCanBeTakenAgain() {
    greedy.take(50);
    byte[] array = greedy.take(30);
    greedy.giveBack(array);
    array = modest.take(50);
    assertThat(array).hasSize(50);
    assertThat(modest.take(1)).isNull();
    modest.giveBack(array);
    assertThat(greedy.take(30)).hasSize(30);
  }

  @Test
  void aShareThatIsClosedGivesBackAllThatItHeld() {
    greedy.take(70);
    greedy.close();
    assertThat(modest.take(100)).hasSize(100);
  }

  @Test
  void moreThanWasTakenCannotBeGivenBack() {
    greedy.take(5);
    assertThatThrownBy(() -> greedy.giveBack(new byte[6]))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void anArrayIsUsedAgainByAnyFlow() {
    byte[] array = greedy.take(10);
    greedy.giveBack(array);
    assertThat(modest.take(11)).isNotSameAs(array);
    assertThat(modest.take(10)).isSameAs(array);
    assertThat(modest.take(10)).isNotSameAs(array);
  }

  @Test
  void sparesAreBoundedAndThoseUnusedForLongestGo() {
    byte[] first = greedy.take(6);
    byte[] second = greedy.take(7);
    greedy.giveBack(first);
    greedy.giveBack(second);
    assertThat(modest.take(6)).as("an eighth of 100 holds one").isNotSameAs(first);
    assertThat(modest.take(7)).isSameAs(second);
    byte[] large = modest.take(13);
    modest.giveBack(large);
    assertThat(modest.take(13)).as("above the bound").isNotSameAs(large);
  }
}
