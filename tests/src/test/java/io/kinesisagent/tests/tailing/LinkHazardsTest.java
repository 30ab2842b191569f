package io.kinesisagent.tests.tailing;

import static io.kinesisagent.tests.tailing.LogFile.lines;
import static org.assertj.core.api.Assertions.assertThat;

import io.kinesisagent.agent.discover.DirectoryWatcher;
import io.kinesisagent.tests.support.Await;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Names that are links to files elsewhere, with the kernel's events: what happens there is heard of
 * at once, and does not wait for the next look at everything.
 */
class LinkHazardsTest {
  private static final Duration LONG_AT_REST = Duration.ofSeconds(25);

  /** Of the agent's clock: well below the time after which everything is looked at anyway. */
  private static final Duration SOON = Duration.ofSeconds(4);

  @TempDir Path folder;
  private Path data;
  private DirectoryWatcher watcher;
  private SteppedAgent agent;

  @BeforeEach
  void start() throws IOException {
    data = Files.createDirectory(folder.resolve("data"));
    watcher = new DirectoryWatcher(FileSystems.getDefault(), s -> {});
    agent = new SteppedAgent(folder, SteppedFlow.of("*.log"));
    agent.hearing(watcher.subscribe(() -> {}));
  }

  @AfterEach
  void close() throws IOException {
    agent.close();
    watcher.close();
  }

  private void link(String name, Path target) throws IOException {
    Path made = Files.createSymbolicLink(folder.resolve("made"), target);
    Files.move(made, agent.logs().resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Works until all of {@code expected} has come, and not for long by the agent's own clock. */
  private void takeSoon(List<String> expected) {
    List<String> sent = new ArrayList<>();
    long until = agent.nanoTime() + SOON.toNanos();
    Await.until(
        "the kernel's events bring what was written",
        Duration.ofSeconds(30),
        () -> {
          sent.addAll(agent.work(Duration.ofMillis(20)).destination().take());
          return sent.size() >= expected.size() || agent.nanoTime() > until;
        },
        () -> sent + " of " + expected);
    assertThat(sent).containsExactlyElementsOf(expected);
  }

  @Test
  void aFileThatALinkLeadsToIsWrittenToAfterALongRest() throws IOException {
    LogFile file = new LogFile(data, "0").append(lines("a", 0, 2));
    link("app.log", file.path());
    assertThat(agent.start().takeSent()).hasSize(2);
    agent.work(LONG_AT_REST);

    file.append(lines("b", 0, 2));

    takeSoon(lines("b", 0, 2));
    file.close();
  }

  @Test
  void aFileThatALinkLeadsToIsRotated() throws IOException {
    LogFile file = new LogFile(data, "0").append(lines("a", 0, 2));
    link("app.log", file.path());
    assertThat(agent.start().takeSent()).hasSize(2);
    agent.work(LONG_AT_REST);
    for (String name : List.of("b", "c")) {
      Files.move(file.path(), data.resolve("0.1"), StandardCopyOption.REPLACE_EXISTING);
      file.close();
      file = new LogFile(data, "0").append(lines(name, 0, 2));
      takeSoon(lines(name, 0, 2));
      agent.work(LONG_AT_REST);
    }
    file.close();
  }

  @Test
  void aLinkOnTheWayIsRetargeted() throws IOException {
    Path first = new LogFile(data, "0").append(lines("a", 0, 2)).path();
    Path second = new LogFile(data, "1").append(lines("b", 0, 2)).path();
    Path pods = Files.createDirectory(folder.resolve("pods"));
    Path onTheWay = Files.createSymbolicLink(pods.resolve("current"), first);
    link("app.log", onTheWay);
    assertThat(agent.start().takeSent()).hasSize(2);
    agent.work(LONG_AT_REST);

    Path made = Files.createSymbolicLink(pods.resolve("made"), second);
    Files.move(made, onTheWay, StandardCopyOption.ATOMIC_MOVE);

    takeSoon(lines("b", 0, 2));
  }

  @Test
  void whatALinkLeadsToIsMadeLater() throws IOException {
    link("app.log", data.resolve("below/0"));
    assertThat(agent.start().takeSent()).isEmpty();
    agent.work(LONG_AT_REST);
    Path below = Files.createDirectory(data.resolve("below"));
    agent.work(Duration.ofSeconds(1));

    new LogFile(below, "0").append(lines("a", 0, 2)).close();

    takeSoon(lines("a", 0, 2));
  }

  @Test
  void aLinkThatVanishesWhileItIsLookedAtIsNotTakenForUnreadable() throws IOException {
    LogFile file = new LogFile(data, "0").append(lines("a", 0, 2));
    link("app.log", file.path());
    agent.on(new VanishingLinks());

    assertThat(agent.start().takeSent()).containsExactlyElementsOf(lines("a", 0, 2));
    assertThat(agent.said().times("unreadable")).isZero();
    file.close();
  }

  @Test
  void othersInTheFolderThatALinkLeadsToAreNobodysConcern() throws IOException {
    LogFile file = new LogFile(data, "0").append(lines("a", 0, 2));
    link("app.log", file.path());
    CountedFiles counted = new CountedFiles();
    agent.on(counted);
    assertThat(agent.start().takeSent()).hasSize(2);
    agent.work(LONG_AT_REST);
    counted.forget();

    for (int number = 0; number < 50; number++) {
      new LogFile(data, "other." + number).append("x\n").close();
      agent.work(Duration.ofMillis(20));
    }

    assertThat(counted.listings()).isZero();
    assertThat(agent.destination().take()).isEmpty();
    file.close();
  }
}
