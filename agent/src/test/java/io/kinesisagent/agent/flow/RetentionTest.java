package io.kinesisagent.agent.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinesisagent.agent.checkpoint.Checkpoint;
import io.kinesisagent.agent.files.FileKey;
import io.kinesisagent.agent.frame.LineFramer;
import io.kinesisagent.agent.tail.Fingerprint;
import io.kinesisagent.agent.tail.KnownTail;
import io.kinesisagent.agent.tail.Position;
import io.kinesisagent.agent.tail.TailOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The flow of the fixture keeps what it knows of files that are gone for a week. */
class RetentionTest {
  private static final long DAY = TimeUnit.DAYS.toNanos(1);

  @TempDir Path folder;
  private FlowFixture flow;

  @BeforeEach
  void flow() {
    TailOptions tail = new TailOptions(0, null, 1000, false, -1, 10);
    flow = new FlowFixture(folder, 1000, new LineFramer(), tail, RecordOptions.plain());
  }

  @Test
  void yearsOfRotationsLeaveAWeekOfThemInMemoryAndInTheCheckpointFile() throws IOException {
    Path away = Files.createDirectory(folder.resolve("away"));
    for (int day = 0; day < 400; day++) {
      flow.append("day " + day + "\n");
      assertThat(flow.takeSent()).containsExactly("day " + day + "\n");
      // Out of the pattern, and still there: no inode is used again.
      Files.move(flow.file(), away.resolve("app.log." + day));
      flow.pass(2 * TailOptions.GRACE_NANOS);
      flow.pass(DAY);
      assertThat(flow.generations()).isLessThanOrEqualTo(9);
      assertThat(living()).isLessThanOrEqualTo(9);
    }
    assertThat(flow.generations()).isGreaterThanOrEqualTo(7);
  }

  @Test
  void aFileThatIsThereIsNeverForgottenAndItsCheckpointStaysYoung() {
    flow.append("a line\n");
    assertThat(flow.takeSent()).hasSize(1);
    for (int days = 0; days < 30; days++) {
      flow.pass(DAY);
    }
    assertThat(flow.generations()).isEqualTo(1);
    Checkpoint newest = flow.kept.get(flow.kept.size() - 1);
    assertThat(newest.forgotten()).isFalse();
    assertThat(flow.epochMillis() - newest.epochMillis()).isLessThan(TimeUnit.DAYS.toMillis(1));
    flow.append("another\n");
    assertThat(flow.takeSent()).containsExactly("another\n");
  }

  @Test
  void whatAnEarlierRunSawLastLongAgoIsForgottenAtTheStart() {
    flow.restore(generation(1), 8 * DAY);
    flow.restore(generation(2), 6 * DAY);
    flow.work();
    assertThat(flow.generations()).isEqualTo(1);
    assertThat(flow.kept).filteredOn(Checkpoint::forgotten).hasSize(1);
    flow.pass(2 * DAY);
    assertThat(flow.generations()).isZero();
  }

  @Test
  void theOldestOfVeryManyAreForgottenBeforeTheirTime() {
    int more = 50;
    for (int i = 1; i <= Retention.MOST_GONE + more; i++) {
      flow.restore(generation(i), DAY - i);
    }
    flow.work();
    assertThat(flow.generations()).isEqualTo(Retention.MOST_GONE);
    assertThat(flow.kept)
        .filteredOn(Checkpoint::forgotten)
        .extracting(checkpoint -> checkpoint.tail().generation())
        .hasSize(more)
        .allMatch(generation -> generation <= more);
  }

  /** How many checkpoints a store would hold. */
  private int living() {
    Set<Long> living = new HashSet<>();
    for (Checkpoint checkpoint : flow.kept) {
      if (checkpoint.forgotten()) {
        living.remove(checkpoint.tail().generation());
      } else {
        living.add(checkpoint.tail().generation());
      }
    }
    return living.size();
  }

  private KnownTail generation(long number) {
    return new KnownTail(
        number,
        folder.resolve("app.log." + number),
        new FileKey(1, number),
        new Fingerprint(1024, number),
        0,
        new Position(2000, 0, 0),
        2000,
        true,
        number,
        List.of());
  }
}
