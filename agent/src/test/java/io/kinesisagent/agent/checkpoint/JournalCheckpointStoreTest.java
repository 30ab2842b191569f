package io.kinesisagent.agent.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinesisagent.agent.files.FileKey;
import io.kinesisagent.agent.files.NioStateFile;
import io.kinesisagent.agent.tail.Fingerprint;
import io.kinesisagent.agent.tail.KnownTail;
import io.kinesisagent.agent.tail.Position;
import io.kinesisagent.agent.tail.Rungs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalCheckpointStoreTest {
  @TempDir private Path directory;
  private Path file;
  private final List<String> alarms = new ArrayList<>();

  @BeforeEach
  void inItsOwnDirectory() {
    file = directory.resolve("state/checkpoints");
  }

  private JournalCheckpointStore open() throws IOException {
    return new JournalCheckpointStore(new NioStateFile(file), alarms::add);
  }

  private static Checkpoint at(long generation, long offset) {
    Position position = new Position(offset, 77, -5);
    KnownTail tail =
        new KnownTail(
            generation,
            Path.of("/logs/a \"quoted\".log"),
            new FileKey(0xfd00, 42),
            new Fingerprint(1024, Long.MIN_VALUE),
            0,
            position,
            offset + 1,
            true,
            true,
            -9,
            List.of(new Rungs.Rung(2, -1), new Rungs.Rung(8, 6)));
    return new Checkpoint("flow", tail, false, 1_700_000_000_000L);
  }

  @Test
  void whatWasSavedIsLoadedAgainAndTheLastOfAGenerationCounts() throws IOException {
    try (JournalCheckpointStore store = open()) {
      store.started("flow", 5);
      store.save(List.of(at(1, 10), at(2, 20)));
      store.save(List.of(at(1, 30)));
    }
    try (JournalCheckpointStore again = open()) {
      assertThat(again.load("flow")).containsExactlyInAnyOrder(at(1, 30), at(2, 20));
      assertThat(again.load("other")).isEmpty();
      assertThat(again.knows("flow")).isTrue();
      assertThat(again.knows("other")).isFalse();
    }
    assertThat(alarms).isEmpty();
  }

  @Test
  void whenAFlowWasStartedFirstIsKept() throws IOException {
    try (JournalCheckpointStore store = open()) {
      store.started("flow", 1_700_000_000_000L);
    }
    for (int i = 0; i < 2; i++) {
      open().close();
      assertThat(Files.readString(file)).contains("\"started\":\"2023-11-14T22:13:20Z\"");
    }
  }

  @Test
  void aForgottenGenerationIsGone() throws IOException {
    try (JournalCheckpointStore store = open()) {
      store.save(List.of(at(1, 10)));
      store.save(List.of(new Checkpoint("flow", at(1, 10).tail(), true, 0)));
    }
    try (JournalCheckpointStore again = open()) {
      assertThat(again.load("flow")).isEmpty();
    }
  }

  @Test
  void aTornLastLineIsIgnored() throws IOException {
    try (JournalCheckpointStore store = open()) {
      store.save(List.of(at(1, 10)));
    }
    Files.writeString(file, "{\"flow\":\"flow\",\"gener", StandardOpenOption.APPEND);
    try (JournalCheckpointStore again = open()) {
      assertThat(again.load("flow")).containsExactly(at(1, 10));
      again.save(List.of(at(1, 20)));
    }
    try (JournalCheckpointStore again = open()) {
      assertThat(again.load("flow")).containsExactly(at(1, 20));
    }
    assertThat(alarms).isEmpty();
  }

  @Test
  void aCorruptFileIsKeptAsideAndThePreviousOneIsUsed() throws IOException {
    try (JournalCheckpointStore store = open()) {
      store.save(List.of(at(1, 10)));
    }
    try (JournalCheckpointStore compacts = open()) {
      assertThat(compacts.load("flow")).hasSize(1);
    }
    Files.writeString(file, "garbage\nmore garbage\n");
    try (JournalCheckpointStore again = open()) {
      assertThat(again.load("flow")).containsExactly(at(1, 10));
    }
    assertThat(alarms).hasSize(1).first().asString().contains(".corrupt");
    assertThat(directory.resolve("state/checkpoints.corrupt"))
        .hasContent("garbage\nmore garbage\n");
  }

  @Test
  void theFileIsWrittenAnewWhenItHasOutgrownWhatIsAlive() throws IOException {
    try (JournalCheckpointStore store = open()) {
      for (int i = 0; i < 5000; i++) {
        store.save(List.of(at(1, i)));
      }
      assertThat(Files.size(file)).isLessThan(300 * 1024);
      assertThat(store.load("flow")).containsExactly(at(1, 4999));
    }
  }

  @Test
  void aFlowThatIsNotUsedForLongIsForgottenAndOthersAreNot() throws IOException {
    long moved = at(1, 10).epochMillis();
    try (JournalCheckpointStore store = open()) {
      store.started("flow", 5);
      store.started("without checkpoints", 5);
      store.save(List.of(at(1, 10)));
      assertThat(store.forgetUnused(List.of("flow"), moved + 1)).isEmpty();
      assertThat(store.forgetUnused(List.of("other"), moved)).isEmpty();
      assertThat(store.load("flow")).hasSize(1);
      assertThat(store.forgetUnused(List.of("other"), moved + 1)).containsExactly("flow");
    }
    try (JournalCheckpointStore again = open()) {
      assertThat(again.all()).isEmpty();
      assertThat(again.flows()).containsExactly("without checkpoints");
    }
  }
}
