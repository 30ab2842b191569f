package io.kinesisagent.agent.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinesisagent.agent.tail.SampleTail;
import io.kinesisagent.agent.tail.Tail;
import io.kinesisagent.spi.BatchLimits;
import org.junit.jupiter.api.Test;

class BatcherTest {
  private static final int MEMORY = 100_000;

  private final Tail tail = SampleTail.of("/logs/one.log");
  private final MemoryBudget budget = new MemoryBudget(MEMORY, 0);
  private final MemoryBudget.Share memory = budget.share(0);
  private final Batcher batcher =
      new Batcher(new BatchLimits(1000, 1 << 20, 1 << 20, 0), 1 << 20, memory, "flow", "host");

  @Test
  void aRecordOfExactlyWhatThereIsHasRoom() {
    assertThat(add(MEMORY)).isEqualTo(Batcher.Added.YES);
    assertThat(memory.held()).isEqualTo(MEMORY);
  }

  @Test
  void aRecordOfMoreThanThereIsHasNone() {
    assertThat(add(MEMORY + 1)).isEqualTo(Batcher.Added.NO_MEMORY);
    assertThat(memory.held()).isZero();
  }

  @Test
  void whereTheUsualIsMoreThanThereIsABatchStillHoldsSomeRecords() {
    budget.share(0).take(MEMORY - 40_000);
    for (int records = 0; records < 32; records++) {
      assertThat(add(1000)).isEqualTo(Batcher.Added.YES);
    }
    assertThat(add(1000)).isEqualTo(Batcher.Added.FULL);
  }

  @Test
  void whatIsToComeBackIsWaitedForRatherThanSendingLittleAtATime() {
    memory.take(MEMORY - 40_000);
    assertThat(add(1000)).isEqualTo(Batcher.Added.NO_MEMORY);
  }

  @Test
  void aRecordWithoutBytesNeedsNoMemory() {
    budget.share(0).take(MEMORY);
    assertThat(add(0)).isEqualTo(Batcher.Added.YES);
    assertThat(add(1)).isEqualTo(Batcher.Added.FULL);
  }

  @Test
  void aBatchIsFullBeforeItsRecordsBecomeTooManyByBeingJoined() {
    Batcher joining =
        new Batcher(new BatchLimits(1000, 1 << 20, 1 << 20, 1, 10, 2), 1 << 20, memory, "", "");
    for (int batch = 0; batch < 2; batch++) {
      for (int length : new int[] {4, 4, 100}) {
        assertThat(add(joining, length)).isEqualTo(Batcher.Added.YES);
      }
      assertThat(add(joining, 1)).isEqualTo(Batcher.Added.FULL);
      joining.release(joining.seal());
      for (int length : new int[] {8, 1, 3}) {
        assertThat(add(joining, length)).isEqualTo(Batcher.Added.YES);
      }
      assertThat(add(joining, 4)).isEqualTo(Batcher.Added.FULL);
      assertThat(add(joining, 3)).isEqualTo(Batcher.Added.YES);
      joining.release(joining.seal());
    }
  }

  private Batcher.Added add(int length) {
    return add(batcher, length);
  }

  private Batcher.Added add(Batcher batcher, int length) {
    return batcher.add(tail, new byte[length], 0, length, 0, 0);
  }
}
