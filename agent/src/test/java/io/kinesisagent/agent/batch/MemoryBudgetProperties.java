package io.kinesisagent.agent.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class MemoryBudgetProperties {
  private static final int TOTAL = 1000;

  private static final class Held {
    private final MemoryBudget.Share by;
    private final byte[] array;

    private Held(MemoryBudget.Share by, byte[] array) {
      this.by = by;
      this.array = array;
    }
  }

  @Property
  void nothingBringsTheSumBeyondTheBoundAndInTheEndAllIsThereAgain(
      @ForAll long seed, @ForAll @IntRange(max = TOTAL) int reservable) {
    Random random = new Random(seed);
    MemoryBudget budget = new MemoryBudget(TOTAL, reservable);
    List<MemoryBudget.Share> shares = new ArrayList<>();
    List<Held> held = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      if (shares.isEmpty() || random.nextInt(10) == 0) {
        shares.add(budget.share(random.nextInt(300)));
      }
      MemoryBudget.Share share = shares.get(random.nextInt(shares.size()));
      switch (random.nextInt(6)) {
        case 0 -> share.reserve(random.nextInt(300));
        case 1 -> {
          shares.remove(share);
          share.close();
          held.removeIf(array -> array.by == share);
        }
        case 2 -> {
          share.clear();
          held.removeIf(array -> array.by == share);
        }
        case 3 -> {
          if (!held.isEmpty()) {
            Held array = held.remove(random.nextInt(held.size()));
            array.by.giveBack(array.array);
          }
        }
        default -> {
          byte[] array = share.take(random.nextInt(400));
          if (array != null) {
            held.add(new Held(share, array));
          }
        }
      }
      long sum = held.stream().mapToLong(array -> array.array.length).sum();
      assertThat(budget.heldBytes()).isEqualTo(sum).isLessThanOrEqualTo(TOTAL);
    }
    shares.forEach(MemoryBudget.Share::close);
    assertThat(budget.share(reservable).take(TOTAL)).hasSize(TOTAL);
  }

  @Property
  void aShareCanAlwaysBeTakenWholeWhereNoneWasMadeSmaller(@ForAll long seed) {
    Random random = new Random(seed);
    MemoryBudget budget = new MemoryBudget(TOTAL, 500);
    for (int flows = 0; flows < 5; flows++) {
      MemoryBudget.Share share = budget.share(100);
      assertThat(share.take(100)).hasSize(100);
      while (share.take(1 + random.nextInt(50)) != null) {
        assertThat(budget.heldBytes()).isLessThanOrEqualTo(TOTAL);
      }
    }
  }
}
