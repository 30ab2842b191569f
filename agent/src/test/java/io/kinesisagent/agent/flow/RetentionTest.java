package io.kinesisagent.agent.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinesisagent.agent.checkpoint.Checkpoint;
import io.kinesisagent.agent.files.FileKey;
import io.kinesisagent.agent.files.FileSource;
import io.kinesisagent.agent.files.FileStat;
import io.kinesisagent.agent.files.NioFileSource;
import io.kinesisagent.agent.files.OpenFile;
import io.kinesisagent.agent.frame.LineFramer;
import io.kinesisagent.agent.send.SenderOptions;
import io.kinesisagent.agent.tail.Fingerprint;
import io.kinesisagent.agent.tail.KnownTail;
import io.kinesisagent.agent.tail.Position;
import io.kinesisagent.agent.tail.TailOptions;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
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
  void whatNobodyCanLookAtIsNotForgottenHoweverLong() {
    AtomicBoolean barred = new AtomicBoolean(true);
    FileSource files = new BarredFolder(barred);
    flow = FlowFixture.ofLines(folder, 1000, files, new SenderOptions(10, 10, 1 << 20, 0, 0));
    flow.unreadablePathsExpected = true;
    flow.restore(generation(1), 8 * DAY);
    flow.pass(30 * DAY);
    flow.pass(DAY);
    assertThat(flow.generations()).isEqualTo(1);
    barred.set(false);
    flow.pass(DAY);
    flow.pass(DAY);
    assertThat(flow.generations()).isZero();
  }

  /** A folder that may not be listed for some time. */
  private record BarredFolder(AtomicBoolean barred) implements FileSource {
    private static final FileSource FILES = new NioFileSource();

    @Override
    public List<Path> list(Path directory) throws IOException {
      if (barred.get()) {
        throw new AccessDeniedException(directory.toString());
      }
      return FILES.list(directory);
    }

    @Override
    public FileStat stat(Path path) throws IOException {
      if (barred.get()) {
        throw new AccessDeniedException(path.toString());
      }
      return FILES.stat(path);
    }

    @Override
    public OpenFile open(Path path) throws IOException {
      return FILES.open(path);
    }
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
        false,
        number,
        List.of());
  }
}
