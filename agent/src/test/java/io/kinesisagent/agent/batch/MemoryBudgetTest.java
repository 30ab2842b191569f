package io.kinesisagent.agent.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MemoryBudgetTest {
  private final MemoryBudget budget = new MemoryBudget(100, 50);
  private final MemoryBudget.Share greedy = budget.share(20);
  private final MemoryBudget.Share modest = budget.share(20);

  @Test
  void aFlowThatTakesEverythingLeavesTheOthersTheirShare() {
    assertThat(greedy.take(70)).hasSize(70);
    assertThat(greedy.take(1)).isNull();
    assertThat(modest.take(20)).hasSize(20);
    assertThat(modest.take(1)).isNull();
  }

  @Test
  void aFlowThatStartsLateHasItsShare() {
    greedy.take(70);
    MemoryBudget.Share late = budget.share(10);
    assertThat(late.take(10)).hasSize(10);
    assertThat(late.take(1)).isNull();
  }

  @Test
  void aFlowThatIsMadeAnewKeepsItsShareAndHoldsNothing() {
    modest.take(50);
    modest.clear();
    assertThat(modest.held()).isZero();
    assertThat(greedy.take(70)).hasSize(70);
    assertThat(modest.take(20)).hasSize(20);
    assertThat(modest.take(1)).isNull();
  }

  @Test
  void whatIsHeldBeyondAShareThatWasMadeSmallerIsOfWhatIsCommon() {
    greedy.take(40);
    greedy.reserve(5);
    modest.reserve(5);
    assertThat(modest.take(21)).isNull();
    assertThat(modest.take(20)).hasSize(20);
    assertThat(budget.share(40).take(40)).hasSize(40);
    assertThat(budget.heldBytes()).isEqualTo(100);
  }

  @Test
  void aBoundThatIsRaisedHasMoreOfBoth() {
    greedy.take(70);
    budget.raise(30, 10);
    assertThat(budget.totalBytes()).isEqualTo(140);
    assertThat(greedy.take(31)).isNull();
    assertThat(greedy.take(30)).hasSize(30);
    assertThat(budget.share(30).take(20)).hasSize(20);
  }

  @Test
  void whatIsGivenBackCanBeTakenAgain() {
    greedy.take(40);
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
    assertThat(modest.take(70)).hasSize(70);
    assertThat(budget.share(30).take(30)).hasSize(30);
  }

  @Test
  void moreThanWasTakenCannotBeGivenBack() {
    greedy.take(5);
    assertThatThrownBy(() -> greedy.giveBack(new byte[6]))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void anArrayIsUsedAgainByAnyFlow() {
    MemoryBudget roomy = new MemoryBudget(800, 0);
    MemoryBudget.Share one = roomy.share(0);
    MemoryBudget.Share other = roomy.share(0);
    byte[] array = one.take(10);
    one.giveBack(array);
    assertThat(other.take(11)).isNotSameAs(array);
    assertThat(other.take(10)).isSameAs(array);
    assertThat(other.take(10)).isNotSameAs(array);
  }

  @Test
  void whatIsDiscardedCanBeTakenAgainButIsNotKept() {
    byte[] array = greedy.take(10);
    greedy.discard(array);
    assertThat(greedy.held()).isZero();
    assertThat(greedy.take(10)).isNotSameAs(array);
  }

  @Test
  void sparesAreBoundedAndThoseUnusedForLongestGo() {
    MemoryBudget.Share share = new MemoryBudget(800, 0).share(0);
    byte[] first = share.take(60);
    byte[] second = share.take(70);
    share.giveBack(first);
    share.giveBack(second);
    assertThat(share.take(60)).as("100 are kept").isNotSameAs(first);
    assertThat(share.take(70)).isSameAs(second);
    byte[] large = share.take(101);
    share.giveBack(large);
    assertThat(share.take(101)).as("above the bound").isNotSameAs(large);
  }
}
