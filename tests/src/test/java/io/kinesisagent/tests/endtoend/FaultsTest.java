package io.kinesisagent.tests.endtoend;

import static io.kinesisagent.tests.support.LedgerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kinesisagent.tests.support.AgentProcess;
import io.kinesisagent.tests.support.Answer;
import io.kinesisagent.tests.support.Faults;
import io.kinesisagent.tests.support.Scene;
import java.nio.file.Path;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaultsTest {
  @TempDir Path folder;

  @Test
  void failedRecordsFailedRequestsAndCutConnectionsLoseNothing() {
    try (Scene scene = quicklyRetrying(31)) {
      scene.server().faults(new Faults(0.2, 0.1, 0.05, 5, 0));
      scene.writer().write(30_000);
      AgentProcess agent = scene.start();
      scene.awaitDelivered(agent);
      System.out.printf(
          "%d requests, %d failures, %d repeats%n",
          scene.server().requests(), scene.server().failures(), scene.account().repeated());

      agent.terminateCleanly();
      assertThat(scene.account()).lostNothing().repeatedAtMost(scene.server().acceptedAndCut());
      assertThat(scene.server().failures()).isGreaterThan(5_000);
    }
  }

  @Test
  void failedRecordsAloneAreRepeatedByNobody() {
    try (Scene scene = quicklyRetrying(32)) {
      scene.server().faults(new Faults(0.2, 0.1, 0, 0, 0));
      scene.writer().write(20_000);
      AgentProcess agent = scene.start();
      scene.awaitDelivered(agent);

      agent.terminateCleanly();
      assertThat(scene.account()).lostNothing().repeatedNothing();
    }
  }

  @Test
  void aThrottledStreamIsWaitedForAndLosesNothing() {
    try (Scene scene = quicklyRetrying(33)) {
      scene.server().faults(new Faults(0, 0, 0, 0, 2_000));
      scene.writer().write(12_000);
      AgentProcess agent = scene.start();
      scene.awaitDelivered(agent);

      agent.terminateCleanly();
      assertThat(scene.account()).lostNothing().repeatedNothing();
      // A sender that asks again and again would have been refused many times over.
      assertThat(scene.server().failures()).isLessThan(60_000);
    }
  }

  @Test
  void anEndpointThatIsAwayIsWaitedForAndCaughtUpWith() {
    try (Scene scene = quicklyRetrying(34)) {
      scene
          .server()
          .answerNext(
              Collections.nCopies(
                      40, new Answer.Refuse(503, "ServiceUnavailable", "away for the test"))
                  .toArray(Answer[]::new));
      scene.writer().write(10_000);
      AgentProcess agent = scene.start();
      scene.awaitDelivered(agent);

      agent.terminateCleanly();
      assertThat(scene.account()).lostNothing().repeatedNothing();
    }
  }

  @Test
  void aStopWhileTheEndpointIsAwayLeavesTheRestToTheNextStart() {
    try (Scene scene = quicklyRetrying(35)) {
      ObjectNode settings = quick(scene.settings("app*")).put("shutdownTimeoutMillis", 1000);
      scene.workspace().configure(settings);
      scene.writer().write(5_000);
      AgentProcess first = scene.start();
      scene.awaitDelivered(first);
      scene.server().faults(new Faults(0, 1, 0, 0, 0));
      long requests = scene.server().requests();
      scene.writer().write(5_000);
      first.until(
          "it tries to send", Scene.PATIENCE, () -> scene.server().requests() > requests + 3);
      first.terminateCleanly();

      scene.server().faults(Faults.NONE);
      AgentProcess second = scene.start();
      scene.awaitDelivered(second);
      second.terminateCleanly();
      assertThat(scene.account()).lostNothing().repeatedNothing();
    }
  }

  private Scene quicklyRetrying(long seed) {
    Scene scene = new Scene(folder, seed);
    scene.workspace().configure(quick(scene.settings("app*")));
    return scene;
  }

  private static ObjectNode quick(ObjectNode settings) {
    ((ObjectNode) settings.at("/flows/0"))
        .put("retryInitialBackoffMillis", 20)
        .put("retryMaxBackoffMillis", 500);
    return settings;
  }
}
