package io.kinesisagent.tests.tailing;

import static io.kinesisagent.tests.tailing.LogFile.lines;
import static org.assertj.core.api.Assertions.assertThat;

import io.kinesisagent.agent.flow.Oversize;
import io.kinesisagent.agent.flow.RecordOptions;
import io.kinesisagent.spi.Processor;
import io.kinesisagent.spi.RecordView;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoint files that are torn or corrupt, and ends of all kinds. */
class StateHazardsTest {
  /** More than there is memory for at once. */
  private static final int PIECES = 2_000;

  @TempDir Path folder;
  private SteppedAgent agent;
  private LogFile file;

  @BeforeEach
  void start() {
    agent = new SteppedAgent(folder, SteppedFlow.of("app*")).start();
    file = new LogFile(agent.logs(), "app.log").append(lines("a", 0, 10));
    assertThat(agent.takeSent()).hasSize(10);
  }

  @AfterEach
  void close() {
    file.close();
    agent.close();
  }

  @Test
  void aTornCheckpointIsIgnored() throws IOException {
    file.append(lines("a", 10, 20));
    assertThat(agent.takeSent()).hasSize(10);
    agent.kill();
    byte[] whole = Files.readAllBytes(agent.checkpoints());
    Files.write(agent.checkpoints(), Arrays.copyOf(whole, whole.length - 30));
    agent.start();
    // The checkpoint before the torn one: some of the last lines come again, and nothing else.
    assertThat(lines("a", 10, 20)).containsAll(agent.takeSent());
    assertThat(agent.alarms()).isEmpty();
    file.append("on\n");
    assertThat(agent.takeSent()).containsExactly("on\n");
  }

  @Test
  void aCorruptCheckpointFileIsKeptAsideAndSaidAndThePreviousOneUsed() throws IOException {
    agent.stop();
    agent.start();
    agent.work();
    agent.stop();
    byte[] damaged = "\0\0\0 no checkpoint \u00ff\n".repeat(20).getBytes(StandardCharsets.UTF_8);
    Files.write(agent.checkpoints(), damaged, StandardOpenOption.TRUNCATE_EXISTING);
    file.append(lines("a", 10, 20));
    agent.start();
    assertThat(agent.takeSent()).containsExactlyElementsOf(lines("a", 10, 20));
    assertThat(agent.alarms()).singleElement().asString().contains("was damaged", ".corrupt");
    assertThat(Files.readAllBytes(Path.of(agent.checkpoints() + ".corrupt"))).isEqualTo(damaged);
  }

  @Test
  void killNineRepeatsOnlyWhatWasInFlight() {
    agent.destination().fallSilent();
    file.append(lines("a", 10, 20));
    assertThat(agent.takeSent()).containsExactlyElementsOf(lines("a", 10, 20));
    agent.kill();
    file.append(lines("a", 20, 30));
    agent.destination().answer();
    agent.start();
    assertThat(agent.takeSent()).containsExactlyElementsOf(lines("a", 10, 30));
  }

  @Test
  void sigtermSendsWhatIsBufferedAndACleanRestartRepeatsNothing() {
    file.append(lines("a", 10, 20));
    agent.work(Duration.ofMillis(150));
    assertThat(agent.destination().take()).as("what is sent before the stop").isEmpty();
    agent.stop();
    assertThat(agent.destination().take()).containsExactlyElementsOf(lines("a", 10, 20));
    file.append(lines("a", 20, 30));
    agent.start();
    assertThat(agent.takeSent()).containsExactlyElementsOf(lines("a", 20, 30));
  }

  @Test
  void sigtermWithinWhatBecameOfARecordSendsTheRestOfItAndNoOther() {
    Processor multiplies =
        (in, out) -> {
          for (int i = 0; i < PIECES; i++) {
            out.begin().append(piece(in, i), 0, SteppedFlow.MAX_RECORD_BYTES);
            out.commit();
          }
        };
    agent.close();
    agent =
        new SteppedAgent(
                folder.resolve("other"),
                SteppedFlow.of("app*")
                    .with(
                        new RecordOptions(
                            List.of(), List.of(multiplies), null, Oversize.TRUNCATE, "\n")))
            .start();
    try (LogFile big = new LogFile(agent.logs(), "app.log")) {
      agent.destination().fallSilent();
      big.append("1\n").append("2\n");
      int before = agent.takeSent().size();
      assertThat(before).isBetween(1, PIECES - 1);
      agent.destination().answer();
      agent.stop();
      assertThat(before + agent.destination().take().size()).isEqualTo(PIECES);
      agent.start();
      assertThat(agent.takeSent()).hasSize(PIECES).allMatch(record -> record.startsWith("2"));
    }
  }

  private static byte[] piece(RecordView in, int number) {
    byte[] piece = new byte[SteppedFlow.MAX_RECORD_BYTES];
    System.arraycopy(in.array(), in.offset(), piece, 0, 1);
    piece[1] = (byte) number;
    return piece;
  }
}
