package io.kinesisagent.tests.operations;

import static io.kinesisagent.tests.support.LedgerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kinesisagent.tests.support.AgentProcess;
import io.kinesisagent.tests.support.Command;
import io.kinesisagent.tests.support.Scene;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReloadTest {
  @TempDir Path folder;

  /** Where SIGHUP is ignored, as under nohup, every program that is started ignores it, too. */
  @BeforeAll
  static void whereSighupReachesPrograms() throws IOException {
    boolean ignored =
        Files.readAllLines(Path.of("/proc/self/status")).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 1) != 0);
    if (ignored) {
      System.out.println("SKIPPED: SIGHUP is ignored here (nohup?), so nothing can be reloaded");
    }
    Assumptions.assumeFalse(ignored, "SIGHUP is ignored here");
  }

  @Test
  void aFlowThatChangesUnderLoadLosesAndRepeatsNothing() {
    try (Scene scene = new Scene(folder, 61)) {
      AgentProcess agent = scene.start();
      scene.writer().write(1_000);
      scene.awaitDelivered(agent);
      for (int age = 1100; age < 1500; age += 100) {
        scene.writer().writeFor(300, 5_000);
        ObjectNode settings = scene.settings("app*");
        ((ObjectNode) settings.at("/flows/0")).put("maxBufferAgeMillis", age);
        scene.workspace().configure(settings);
        agent.reload();
        assertThat(agent.log()).contains("is changed");
      }
      scene.writer().write(1_000);
      scene.awaitDelivered(agent);

      agent.terminateCleanly();
      assertThat(scene.account()).lostNothing().repeatedNothing();
    }
  }

  @Test
  void aFlowThatDoesNotChangeKeepsItsOpenBatchWhileOthersComeAndGo() {
    try (Scene scene = new Scene(folder, 62)) {
      ObjectNode settings = scene.settings("app*");
      ((ObjectNode) settings.at("/flows/0")).put("maxBufferAgeMillis", 900_000);
      scene.workspace().configure(settings);
      AgentProcess agent = scene.start();
      scene.writer().write(600);
      scene.awaitArrivals(agent, 500);

      ObjectNode more = settings.deepCopy();
      scene.workspace().addFlow(more, "other*").put("kinesisStream", "other");
      scene.workspace().configure(more);
      agent.reload();
      assertThat(agent.log()).contains("reloaded: 2 flows run");
      scene.workspace().configure(settings);
      agent.reload();
      assertThat(agent.log()).contains("is removed").doesNotContain("is changed");
      // A flow that was begun anew would have sent what it had buffered.
      assertThat(scene.ledger().distinct()).isEqualTo(500);

      agent.terminateCleanly();
      assertThat(scene.account()).lostNothing().repeatedNothing();
    }
  }

  @Test
  void aBadFileChangesNothingAndIsSaid() throws IOException {
    try (Scene scene = new Scene(folder, 63)) {
      AgentProcess agent = scene.start();
      scene.writer().write(1_000);
      scene.awaitDelivered(agent);
      ObjectNode bad = scene.settings("app*");
      ((ObjectNode) bad.at("/flows/0")).remove("filePattern");
      scene.workspace().configure(bad);
      agent.reload();
      assertThat(agent.log()).contains("filePattern", "nothing is changed");
      assertThat(statusOf(scene))
          .contains("RELOAD REFUSED at ", "lacks the required key filePattern");
      scene.writer().write(1_000);
      scene.awaitDelivered(agent);

      agent.terminateCleanly();
      assertThat(scene.account()).lostNothing().repeatedNothing();
    }
  }

  @Test
  void aRefusalIsShownUntilAConfigurationIsTakenUp() throws IOException {
    try (Scene scene = new Scene(folder, 66)) {
      AgentProcess agent = scene.start();
      scene.writer().write(10);
      scene.awaitDelivered(agent);
      ObjectNode settings = scene.settings("app*");
      settings.put("maxOpenFiles", 1).put("maxConnections", 0);
      scene.workspace().configure(settings);
      agent.reload();
      assertThat(statusOf(scene)).contains("$.maxOpenFiles", "(and 1 more error)");
      scene.workspace().configure(scene.settings("app*"));
      agent.reload();
      assertThat(statusOf(scene)).doesNotContain("REFUSED");
      agent.terminateCleanly();
    }
  }

  /** Its lines run on, since they are broken where 80 columns end. */
  private static String statusOf(Scene scene) {
    Command status = Command.run(scene.workspace(), "status");
    assertThat(status.exit()).as(status.err()).isZero();
    return status.out().replaceAll("\\s+", " ");
  }

  @Test
  void aFlowThatGoesElsewhereDrainsAndTheNewOneBeginsWithWhatIsWrittenLater() {
    try (Scene scene = new Scene(folder, 64)) {
      ObjectNode settings = scene.settings("app*");
      ((ObjectNode) settings.at("/flows/0")).put("maxBufferAgeMillis", 900_000);
      scene.workspace().configure(settings);
      AgentProcess agent = scene.start();
      scene.writer().write(600);
      scene.awaitArrivals(agent, 500);

      ((ObjectNode) settings.at("/flows/0"))
          .put("kinesisStream", "another")
          .put("maxBufferAgeMillis", 1000)
          .remove("initialPosition");
      scene.workspace().configure(settings);
      agent.reload();
      // What the removed flow had buffered is sent before it ends.
      assertThat(scene.ledger().distinct()).isEqualTo(600);
      String begun = "another:" + scene.workspace().logs().resolve("app*") + ": 1 file matches";
      agent.until("the new flow looks", Scene.PATIENCE, () -> agent.log().contains(begun));
      scene.writer().write(400);
      scene.awaitDelivered(agent);

      agent.terminateCleanly();
      assertThat(scene.account()).lostNothing().repeatedNothing();
    }
  }

  @Test
  void aFlowThatIsTakenOutAndPutBackGoesOnWhereItWas() {
    try (Scene scene = new Scene(folder, 65)) {
      ObjectNode both = scene.settings("app*");
      scene.workspace().addFlow(both, "other*").put("kinesisStream", "other");
      ObjectNode other = both.deepCopy();
      other.withArray("flows").remove(0);
      scene.workspace().configure(both);
      AgentProcess agent = scene.start();
      scene.writer().write(1_000);
      scene.awaitDelivered(agent);
      scene.workspace().configure(other);
      agent.reload();
      scene.writer().write(1_000);
      scene.workspace().configure(both);
      agent.reload();
      scene.writer().write(1_000);
      scene.awaitDelivered(agent);

      agent.terminateCleanly();
      assertThat(scene.account()).lostNothing().repeatedNothing();
    }
  }
}
