package io.kinesisagent.tests.endtoend;

import static io.kinesisagent.tests.support.LedgerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kinesisagent.tests.support.AgentProcess;
import io.kinesisagent.tests.support.Deliveries;
import io.kinesisagent.tests.support.FakeKinesis;
import io.kinesisagent.tests.support.Ledger;
import io.kinesisagent.tests.support.Lines;
import io.kinesisagent.tests.support.LogWriter;
import io.kinesisagent.tests.support.Scene;
import io.kinesisagent.tests.support.Tls;
import io.kinesisagent.tests.support.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeliveryTest {
  @TempDir Path folder;

  @Test
  void aHundredThousandLinesArriveByteForByteAndOnce() {
    try (Scene scene = new Scene(folder, 1)) {
      scene.writer().write(60_000);
      AgentProcess agent = scene.start();
      scene.awaitArrivals(agent, 1);
      scene.writer().write(40_000);
      scene.awaitDelivered(agent);

      agent.terminateCleanly();
      assertThat(scene.account()).lostNothing().repeatedNothing();
    }
  }

  @Test
  void theFileDestinationHoldsEveryLineOnce() {
    Workspace workspace = new Workspace(folder);
    Lines lines = new Lines('f', 2);
    workspace.configure(workspace.toFiles("app*"));
    Deliveries deliveries = new Deliveries(workspace.delivered());
    try (LogWriter writer = new LogWriter(workspace.logs(), lines);
        AgentProcess agent = AgentProcess.start(workspace)) {
      writer.write(50_000);
      long bytes = workspace.logs().resolve("app.log").toFile().length();
      agent.until(
          bytes + " bytes are delivered", Scene.PATIENCE, () -> deliveries.bytes() >= bytes);

      agent.terminateCleanly();
      Ledger ledger = new Ledger(lines);
      deliveries.enter(ledger);
      assertThat(ledger.account(lines, writer.written())).lostNothing().repeatedNothing();
    }
  }

  @Test
  void stoppingAndStartingUnderLoadLosesAndRepeatsNothing() {
    try (Scene scene = new Scene(folder, 3)) {
      for (int run = 0; run < 4; run++) {
        scene.writer().write(10_000);
        AgentProcess agent = scene.start();
        scene.awaitArrivals(agent, scene.writer().written() - 9_000);
        scene.writer().write(1_000);
        agent.terminateCleanly();
      }
      scene.writer().write(1_000);
      AgentProcess agent = scene.start();
      scene.awaitDelivered(agent);

      agent.terminateCleanly();
      assertThat(scene.account()).lostNothing().repeatedNothing();
    }
  }

  @Test
  void aStopSendsWhatIsBuffered() {
    try (Scene scene = new Scene(folder, 4, new Lines('a', 4, 10))) {
      ObjectNode settings = scene.settings("app*");
      ((ObjectNode) settings.at("/flows/0")).put("maxBufferAgeMillis", 900_000);
      scene.workspace().configure(settings);
      // One full batch is sent at once; the rest of the same read waits for its age.
      scene.writer().write(600);
      AgentProcess agent = scene.start();
      scene.awaitArrivals(agent, 500);
      assertThat(scene.ledger().distinct()).isEqualTo(500);

      agent.terminateCleanly();
      assertThat(scene.account()).lostNothing().repeatedNothing();
    }
  }

  @Test
  void deliversOverTls() throws Exception {
    Tls tls = new Tls(folder);
    Lines lines = new Lines('t', 5);
    Ledger ledger = new Ledger(lines);
    Workspace workspace = new Workspace(folder);
    try (FakeKinesis server = new FakeKinesis(5, ledger, tls.context());
        LogWriter writer = new LogWriter(workspace.logs(), lines)) {
      workspace.configure(workspace.toKinesis(server.endpoint(), "app*", "stream"));
      try (AgentProcess agent =
          AgentProcess.start(workspace, Map.of("JVM_ARGS", tls.trustOptions()))) {
        writer.write(20_000);
        agent.until("all lines arrive", Scene.PATIENCE, () -> ledger.distinct() == 20_000);

        agent.terminateCleanly();
        assertThat(ledger.account(lines, 20_000)).lostNothing().repeatedNothing();
      }
    }
  }

  @Test
  void aBadConfigurationEndsTheStartWithTheProblemNamed() throws Exception {
    Workspace workspace = new Workspace(folder);
    Files.writeString(workspace.configuration(), "{\"flows\": []}");
    try (AgentProcess agent = AgentProcess.start(workspace)) {
      assertThat(agent.exitStatus()).isEqualTo(78);
      assertThat(agent.log()).contains("agent.json", "flows").doesNotContain("\tat ");
    }
  }
}
