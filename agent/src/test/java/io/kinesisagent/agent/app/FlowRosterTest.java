package io.kinesisagent.agent.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinesisagent.agent.batch.MemoryBudget;
import io.kinesisagent.agent.checkpoint.Checkpointer;
import io.kinesisagent.agent.checkpoint.JournalCheckpointStore;
import io.kinesisagent.agent.config.AgentConfig;
import io.kinesisagent.agent.discover.ChangeSource;
import io.kinesisagent.agent.files.NioStateFile;
import io.kinesisagent.agent.lifecycle.TaskRunner;
import io.kinesisagent.spi.Clock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Flows on the program's own threads, whose destinations take nothing but for "healthy". */
@Timeout(60)
class FlowRosterTest {
  private static final long TOTAL = 1 << 20;
  private static final String MUCH = "of a line\n".repeat(300_000);

  @TempDir Path folder;

  private final Clock clock = Clock.system();
  private final KeptRecords kept = new KeptRecords();
  private NioStateFile state;
  private FlowRoster roster;

  @BeforeEach
  void start() throws IOException {
    kept.refuseAllBut("healthy");
    AgentConfig config = of("a");
    Files.createDirectories(config.checkpointFile().getParent());
    state = new NioStateFile(config.checkpointFile());
    Checkpointer checkpointer =
        new Checkpointer(new JournalCheckpointStore(state, said -> {}), clock, said -> {});
    roster =
        new FlowRoster(
            new FlowLauncher(
                config,
                clock,
                checkpointer,
                new JsonDeadLetters(config.deadLetterDirectory(), clock),
                wake -> ChangeSource.NONE),
            new FlowRunners(
                name -> new TaskRunner(name, clock, (task, e) -> {}, (task, e) -> {}), 1));
  }

  @AfterEach
  void stop() throws InterruptedException, IOException {
    roster.stop(0);
    state.close();
  }

  @Test
  void theLastOfManyFlowsHasItsShare() throws Exception {
    become("a", "b", "c", "d", "healthy");
    assertThat(kept.await()).contains("a line\n");
  }

  @Test
  void aFlowAddedByAReloadHasItsShare() throws Exception {
    become("a", "b", "c");
    awaitThatAllIsHeldButWhatIsLeftForOthers();
    become("a", "b", "c", "d", "healthy");
    assertThat(kept.await()).contains("a line\n");
  }

  @Test
  void sharesOfFlowsThatEndAreForOthers() throws Exception {
    become("a");
    for (int reload = 0; reload < 30; reload++) {
      become("a", "idle" + reload);
    }
    awaitThatAllIsHeldButWhatIsLeftForOthers();
    become("a", "healthy");
    assertThat(kept.await()).contains("a line\n");
  }

  @Test
  void aFlowThatHangsInAStepIsNotTakenAwayFromUnderItAndEndsOnceItGoesOn() throws Exception {
    kept.hang();
    become("healthy");
    kept.awaitHanging();
    become("idle");
    assertThat(roster.flows()).extracting(RunningFlow::id).hasSize(2).anyMatch(this::isHealthy);
    kept.goOn();
    become("idle");
    assertThat(roster.flows()).extracting(RunningFlow::id).hasSize(1).noneMatch(this::isHealthy);
  }

  private boolean isHealthy(String flow) {
    return flow.contains("healthy");
  }

  @Test
  void aStopThatMayTakeForEverWaitsForWhatWasRead() throws Exception {
    become("healthy");
    assertThat(kept.await()).contains("a line\n");
    assertThat(roster.stop(Long.MAX_VALUE)).isTrue();
  }

  private MemoryBudget.Share memory(int flow) {
    return roster.flows().get(flow).gear().memory();
  }

  private void awaitThatAllIsHeldButWhatIsLeftForOthers() {
    while (memory(0).budget().heldBytes() < TOTAL / 4 * 3) {
      Thread.onSpinWait();
    }
  }

  private void become(String... names) throws Exception {
    for (String name : names) {
      Path file = folder.resolve(name + ".log");
      if (Files.notExists(file)) {
        String text = name.equals("healthy") ? "a line\n" : MUCH;
        Files.writeString(file, name.startsWith("idle") ? "" : text);
      }
    }
    roster.become(of(names).flows(), 0);
  }

  private AgentConfig of(String... names) {
    String flows =
        Arrays.stream(names)
            .map(
                name ->
                    "{\"filePattern\": \""
                        + folder.resolve(name + ".log")
                        + "\", \"initialPosition\": \"START_OF_FILE\", \"maxBufferAgeMillis\": 1000, \"keep\": \""
                        + name
                        + "\"}")
            .collect(Collectors.joining(", "));
    return ConfiguredAgent.read(
            folder,
            "{\"maxMemoryBytes\": "
                + TOTAL
                + ", \"checkpointFile\": \""
                + folder.resolve("state/checkpoints")
                + "\", \"flows\": ["
                + flows
                + "]}",
            kept)
        .config();
  }
}
