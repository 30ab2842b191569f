package io.kinesisagent.agent.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinesisagent.agent.tail.SampleTail;
import io.kinesisagent.agent.tail.Tail;
import io.kinesisagent.spi.BatchLimits;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PackedBatchTest {
  private final Tail one = SampleTail.of("/logs/one.log");
  private final Tail other = SampleTail.of("/logs/other.log");
  private final MemoryBudget.Share memory = new MemoryBudget(1L << 30, 1 << 20).share(1 << 20);
  private final Batcher batcher =
      new Batcher(new BatchLimits(100_000, 1 << 20, 1 << 16, 0), 1 << 20, memory, "flow", "host");

  @Test
  void recordsAreWholeLinesWhereEachEndsWithANewline() {
    assertThat(batch("one\n", "\n").wholeLines()).isTrue();
  }

  @Test
  void aRecordWithoutANewlineIsSeenWhereverItStands() {
    assertThat(batch("one", "two\n").wholeLines()).isFalse();
    assertThat(batch("one\n", "two", "three\n").wholeLines()).isFalse();
    assertThat(batch("one\n", "two").wholeLines()).isFalse();
    assertThat(batch("one\n", "").wholeLines()).isFalse();
  }

  @Test
  void aBatchThatIsUsedAgainForgetsWhatItHeld() {
    PackedBatch first = batch("one");
    batcher.release(first);
    PackedBatch second = batch("two\n");
    assertThat(second).isSameAs(first);
    assertThat(second.wholeLines()).isTrue();
  }

  @Test
  void theArrayThatABatchHasOutgrownIsNotKept() {
    add(one, "one\n");
    while (memory.held() == 64 * 1024) {
      add(one, "more\n");
    }
    assertThat(memory.held()).isEqualTo(96 * 1024);
    assertThat(memory.take(64 * 1024)).as("one that nobody had before").containsOnly(0);
  }

  @Test
  void recordsAreOfTheFileTheyCameFromAlsoWhereFilesTakeTurns() {
    for (int time = 0; time < 2; time++) {
      add(one, "a\n");
      add(other, "b\n");
      add(one, "c\n");
      add(one, "d\n");
      PackedBatch batch = batcher.seal();
      assertThat(batch.spans()).extracting(PackedBatch.Span::tail).containsExactly(one, other);
      assertThat(batch.spans()).extracting(PackedBatch.Span::records).containsExactly(3, 1);
      assertThat(batch.tail(1)).isSameAs(other);
      assertThat(batch.tail(2)).isSameAs(one);
      batch.settleSpans();
      batcher.release(batch);
    }
  }

  private PackedBatch batch(String... records) {
    for (String record : records) {
      add(one, record);
    }
    return batcher.seal();
  }

  private void add(Tail tail, String record) {
    byte[] bytes = record.getBytes(StandardCharsets.US_ASCII);
    SampleTail.read(tail, bytes.length);
    long offset = tail.position().offset() - bytes.length;
    assertThat(batcher.add(tail, bytes, 0, bytes.length, offset, 0)).isEqualTo(Batcher.Added.YES);
  }
}
