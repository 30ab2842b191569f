package io.kinesisagent.tests.tailing;

import static io.kinesisagent.tests.tailing.LogFile.lines;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be looked at, for a while or for good, beside what can. */
class UnreadableHazardsTest {
  /** A trouble that stays is waited for this long before anything is said of what is missing. */
  private static final Duration WAITED = Duration.ofSeconds(70);

  @TempDir Path folder;
  private final BarredFiles files = new BarredFiles();
  private SteppedAgent agent;

  @AfterEach
  void close() {
    agent.close();
  }

  private SteppedAgent agent(SteppedFlow flow) {
    agent = new SteppedAgent(folder, flow).on(files);
    return agent;
  }

  /** A link to itself: looking at it fails, whoever looks. */
  private void circle() throws IOException {
    Files.createSymbolicLink(agent.logs().resolve("app.log.link"), Path.of("app.log.link"));
  }

  @Test
  void aFolderThatCannotBeListedHoldsUpNoOther() throws IOException {
    agent(SteppedFlow.of("*/app.log").beginningAtTheEnd());
    Path web = Files.createDirectory(agent.logs().resolve("web"));
    files.bar(Files.createDirectory(agent.logs().resolve("private")));
    LogFile old = new LogFile(web, "app.log").append(lines("before the start", 0, 3));
    agent.start().work();

    Path made = Files.createDirectory(agent.logs().resolve("made later"));
    LogFile later = new LogFile(made, "app.log").append(lines("b", 0, 3));
    old.append(lines("a", 0, 2));

    List<String> expected = new ArrayList<>(lines("a", 0, 2));
    expected.addAll(lines("b", 0, 3));
    assertThat(agent.takeSent()).containsExactlyInAnyOrderElementsOf(expected);
    old.close();
    later.close();
  }

  @Test
  void aFolderThatCannotBeListedIsSaidOnce() throws IOException {
    agent(SteppedFlow.of("*/app.log"));
    files.bar(Files.createDirectory(agent.logs().resolve("private")));

    agent.start().work(WAITED);

    assertThat(agent.said().reasons("unreadable")).containsExactly("permission denied");
  }

  @Test
  void manyPathsThatCannotBeLookedAtAreSaidInFewWords() throws IOException {
    agent(SteppedFlow.of("*/app.log"));
    for (int number = 0; number < 20; number++) {
      files.bar(Files.createDirectory(agent.logs().resolve("private " + number)));
    }

    agent.start().work();

    assertThat(agent.said().reasons("unreadable"))
        .hasSize(4)
        .last()
        .isEqualTo("permission denied, and 16 more paths");
  }

  @Test
  void whatIsBelowAFolderThatOpensLaterIsReadFromItsStart() throws IOException {
    agent(SteppedFlow.of("*/app.log").beginningAtTheEnd());
    Path barred = Files.createDirectory(agent.logs().resolve("private"));
    files.bar(barred);
    agent.start().work(Duration.ofSeconds(20));
    new LogFile(barred, "app.log").append(lines("a", 0, 3)).close();
    agent.work();

    files.allow(barred);

    assertThat(agent.takeSent()).containsExactlyElementsOf(lines("a", 0, 3));
  }

  @Test
  void aFailureOfTheFirstLookThatPassesMakesNoOldFileNew() throws IOException {
    agent(SteppedFlow.of("app.log").beginningAtTheEnd());
    LogFile file = new LogFile(agent.logs(), "app.log").append(lines("before", 0, 3));
    files.bar(agent.logs());
    agent.start().work(Duration.ofSeconds(2));

    files.allow(agent.logs());
    agent.work();
    file.append("after\n");

    assertThat(agent.takeSent()).containsExactly("after\n");
    file.close();
  }

  @Test
  void whatIsAppendedToAFileThatCannotBeReadYetIsNotPassedOver() throws IOException {
    agent(SteppedFlow.of("app.log*").beginningAtTheEnd());
    LogFile file = new LogFile(agent.logs(), "app.log.secret").append(lines("before", 0, 3));
    files.bar(file.path());
    agent.start().work();
    file.append(lines("after", 0, 3));
    agent.work();

    files.allow(file.path());
    agent.work(Duration.ofSeconds(20));

    assertThat(agent.takeSent()).containsExactlyElementsOf(lines("after", 0, 3));
    file.close();
  }

  @Test
  void aFileThatCannotBeReadForLongMayBeAnotherByThenAndIsReadFromItsStart() throws IOException {
    agent(SteppedFlow.of("app.log*").beginningAtTheEnd());
    LogFile file = new LogFile(agent.logs(), "app.log.secret").append(lines("before", 0, 3));
    files.bar(file.path());
    agent.start().work(Duration.ofSeconds(20));
    file.truncate();
    file.append(lines("after it was cut", 0, 30));
    agent.work();

    files.allow(file.path());
    agent.work(Duration.ofSeconds(20));

    assertThat(agent.takeSent()).containsExactlyElementsOf(lines("after it was cut", 0, 30));
    file.close();
  }

  @Test
  void aFileThatCannotBeReadAtTheFirstStartMakesNoLaterOneBeginAtItsEnd() throws IOException {
    agent(SteppedFlow.of("app.log*").beginningAtTheEnd());
    LogFile secret = new LogFile(agent.logs(), "app.log.secret").append(lines("before", 0, 3));
    files.bar(secret.path());
    agent.start().work(Duration.ofSeconds(20));
    agent.stop();
    LogFile later = new LogFile(agent.logs(), "app.log").append(lines("a", 0, 2));

    agent.start();

    assertThat(agent.takeSent()).containsExactlyElementsOf(lines("a", 0, 2));
    secret.close();
    later.close();
  }

  @Test
  void aFileCutBeforeItCouldBeReadIsReadFromItsStart() throws IOException {
    agent(SteppedFlow.of("app.log*").beginningAtTheEnd());
    LogFile file = new LogFile(agent.logs(), "app.log.secret").append(lines("before", 0, 30));
    files.bar(file.path());
    agent.start().work();
    file.truncate();
    file.append(lines("after", 0, 3));
    agent.work();

    files.allow(file.path());
    agent.work(Duration.ofSeconds(20));

    assertThat(agent.takeSent()).containsExactlyElementsOf(lines("after", 0, 3));
    file.close();
  }

  @Test
  void aLinkToItselfHoldsUpNoFileWhoseIdentityChanged() throws IOException {
    agent(SteppedFlow.of("app.log*"));
    circle();
    LogFile file = new LogFile(agent.logs(), "app.log").append(lines("a", 0, 300));
    assertThat(agent.start().takeSent()).hasSize(300);
    agent.stop();
    file.append(lines("b", 0, 5)).close();
    Path copy = folder.resolve("copy");
    Files.copy(file.path(), copy);
    Files.move(file.path(), folder.resolve("kept"));
    Files.move(copy, file.path(), StandardCopyOption.ATOMIC_MOVE);

    agent.start().work(WAITED);

    assertThat(agent.takeSent()).containsExactlyElementsOf(lines("b", 0, 5));
  }

  @Test
  void aLinkToItselfHidesNoGap() throws IOException {
    agent(SteppedFlow.of("app.log*"));
    circle();
    LogFile file = new LogFile(agent.logs(), "app.log").append("whole\nhalf");
    assertThat(agent.start().takeSent()).containsExactly("whole\n");
    agent.stop();
    file.delete();
    file.close();

    agent.start().work(WAITED);

    assertThat(agent.said().gapBytes()).isEqualTo("half".length());
  }

  @Test
  void whatIsBelowAFolderThatCannotBeListedIsNotTakenForMissing() throws IOException {
    agent(SteppedFlow.of("*/app.log"));
    Path service = Files.createDirectory(agent.logs().resolve("service"));
    LogFile file = new LogFile(service, "app.log").append("whole\nhalf");
    assertThat(agent.start().takeSent()).containsExactly("whole\n");
    agent.stop();
    files.bar(service);
    agent.start().work(WAITED);
    assertThat(agent.said().gapBytes()).isZero();

    files.allow(service);
    file.append(" a line\n");

    assertThat(agent.work(WAITED).destination().take()).containsExactly("half a line\n");
    file.close();
  }

  @Test
  void aLinkToItselfMakesNobodyLookAgainAndAgain() throws IOException {
    CountedFiles counted = new CountedFiles();
    agent = new SteppedAgent(folder, SteppedFlow.of("app.log*")).on(counted);
    circle();
    LogFile file = new LogFile(agent.logs(), "app.log").append(lines("a", 0, 300));
    assertThat(agent.start().takeSent()).hasSize(300);
    agent.work(WAITED);
    counted.forget();

    file.truncate();
    agent.work(Duration.ofSeconds(20));

    // As often as without events anyway, and a few times for what was cut.
    assertThat(counted.listings()).isLessThan(30);
    file.close();
  }

  @Test
  void aLinkToAFolderThatItLiesInLeadsNowhere() throws IOException {
    CountedFiles counted = new CountedFiles();
    agent = new SteppedAgent(folder, SteppedFlow.of("**/app.log")).on(counted);
    Path inner = Files.createDirectory(agent.logs().resolve("x"));
    Files.createSymbolicLink(agent.logs().resolve("self"), Path.of("."));
    Files.createSymbolicLink(agent.logs().resolve("too"), Path.of("."));
    Files.createSymbolicLink(inner.resolve("back"), Path.of(".."));
    new LogFile(inner, "app.log").append(lines("a", 0, 3)).close();

    assertThat(agent.start().takeSent()).containsExactlyElementsOf(lines("a", 0, 3));
    assertThat(agent.tail("app.log").path()).isEqualTo(inner.resolve("app.log"));
    agent.work();
    counted.forget();
    agent.work(Duration.ofSeconds(5));
    assertThat(counted.listings()).isLessThanOrEqualTo(2 * 6);
    assertThat(agent.said().times("unreadable")).isZero();
  }
}
