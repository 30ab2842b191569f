package io.kinesisagent.tests.delivery;

import static io.kinesisagent.tests.support.LedgerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kinesisagent.tests.support.AgentProcess;
import io.kinesisagent.tests.support.Answer;
import io.kinesisagent.tests.support.Faults;
import io.kinesisagent.tests.support.Scene;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Refusals of whole requests, of single records, and of what is beside the shipping. */
class RefusalsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LINES = 3000;
  private static final int POISONED = 1234;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {"AccessDeniedException", "KMSDisabledException", "ResourceNotFoundException"})
  void whatMustBeMendedFirstIsAnErrorTriedSlowlyAndResumes(String code) {
    try (Scene scene = new Scene(folder, 61)) {
      scene.server().answerNext(refusals(3, 400, code, "not authorized to perform this"));
      scene.writer().write(LINES);
      AgentProcess agent = scene.start();
      scene.awaitDelivered(agent);
      agent.terminateCleanly();
      assertThat(errors(agent, code)).hasSize(1).first().asString().contains("kinesis:stream:");
      assertThat(scene.account()).lostNothing().repeatedNothing();
    }
  }

  @Test
  void throttlingByKmsIsWaitedForAndNeitherAnAlarmNorAnErrorOfTheService() {
    String code = "KMSThrottlingException";
    try (Scene scene = new Scene(folder, 68)) {
      scene
          .workspace()
          .configure(
              scene
                  .settings("app*")
                  .put("log.statusReportingPeriodSeconds", 1)
                  .put("log.emitInternalMetrics", true));
      scene.server().answerNext(refusals(3, 400, code, "the request was throttled by KMS"));
      scene.writer().write(LINES);
      AgentProcess agent = scene.start();
      scene.awaitDelivered(agent);
      agent.until(
          "it is counted as throttling is",
          Scene.PATIENCE,
          () ->
              agent
                  .log()
                  .lines()
                  .anyMatch(
                      line ->
                          line.contains("\"" + code + "\":")
                              && line.contains("\"service_errors\":0")));
      agent.terminateCleanly();
      assertThat(errors(agent, code)).isEmpty();
      assertThat(agent.log().lines().filter(l -> l.contains(" WARN ") && l.contains(code)))
          .hasSize(1);
      assertThat(scene.account()).lostNothing().repeatedNothing();
    }
  }

  @Test
  void anExpiredTokenIsAnErrorSaidOnceAndRetried() {
    try (Scene scene = new Scene(folder, 62)) {
      scene.server().answerNext(refusals(3, 400, "ExpiredTokenException", "it has expired"));
      scene.writer().write(LINES);
      AgentProcess agent = scene.start();
      scene.awaitDelivered(agent);
      agent.terminateCleanly();
      assertThat(errors(agent, "ExpiredTokenException")).hasSize(1);
      assertThat(scene.account()).lostNothing().repeatedNothing();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "kinesisStream, 400, ValidationException, the record is bad",
    "kinesisStream, 413, RequestEntityTooLarge, too large",
    "deliveryStream, 400, InvalidArgumentException, the record is bad"
  })
  void aPoisonRecordIsLetteredAndTheRestArrives(
      String destination, int status, String code, String message) throws IOException {
    try (Scene scene = new Scene(folder, 63)) {
      to(scene, destination);
      byte[] poison = scene.writer().lines().line(POISONED);
      scene
          .server()
          .poison(
              data -> java.util.Arrays.equals(data, poison),
              new Answer.Refuse(status, code, message));
      scene.writer().write(LINES);
      AgentProcess agent = scene.start();
      scene.awaitArrivals(agent, LINES - 1);
      agent.until("it is lettered", Scene.PATIENCE, () -> letters(scene).size() == 1);
      agent.terminateCleanly();

      JsonNode letter = letters(scene).get(0);
      assertThat(letter.path("data").binaryValue()).isEqualTo(poison);
      assertThat(letter.path("code").asText()).isEqualTo(code);
      assertThat(letter.path("detail").asText()).contains(message);
      assertThat(letter.path("flow").asText()).endsWith("/app*");
      assertThat(letter.path("file").asText()).isEqualTo(scene.writer().path().toString());
      assertThat(letter.path("offset").asLong()).isEqualTo(offset(scene, POISONED));
      assertThat(letter.path("recordId").asText()).endsWith(":" + offset(scene, POISONED));
      assertThat(errors(agent, code)).hasSize(1).first().asString().contains("dead letters");
      assertThat(scene.account().lost()).isEqualTo(1);
      assertThat(scene.account().repeated()).isZero();
      // Halving a batch of 500 costs two requests a step.
      assertThat(scene.server().requests()).isLessThan(LINES / 500 + 2 * 10 + 5);
    }
  }

  @Test
  void firehoseThatIsUnavailableForSomeRecordsGetsEachOnce() {
    try (Scene scene = new Scene(folder, 64)) {
      to(scene, "deliveryStream");
      scene.server().faults(new Faults(0.2, 0, 0, 0, 0));
      scene.writer().write(LINES);
      AgentProcess agent = scene.start();
      scene.awaitDelivered(agent);
      agent.terminateCleanly();
      assertThat(agent.log()).contains("ServiceUnavailableException");
      assertThat(scene.account()).lostNothing().repeatedNothing();
    }
  }

  @Test
  void aHostThatNoNameServerKnowsIsNamedAndWaitedFor() {
    try (Scene scene = new Scene(folder, 65)) {
      scene
          .workspace()
          .configure(
              scene.settings("app*").put("kinesis.endpoint", "https://kinesis.nowhere.invalid"));
      scene.writer().write(LINES);
      AgentProcess agent = scene.start();
      agent.until(
          "it is said",
          Scene.PATIENCE,
          () -> agent.log().contains("UnknownHostException: kinesis.nowhere.invalid"));
      agent.kill();

      scene.workspace().configure(scene.settings("app*"));
      AgentProcess again = scene.start();
      scene.awaitDelivered(again);
      again.terminateCleanly();
      assertThat(scene.account()).lostNothing().repeatedNothing();
    }
  }

  @Test
  void whatFailsBesideItNeverBlocksShipping() throws IOException {
    try (Scene scene = new Scene(folder, 66);
        ServerSocket occupied = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Path noFolder = Files.createFile(folder.resolve("no-folder"));
      ObjectNode settings = scene.settings("app*");
      settings
          .put("deadLetterDirectory", noFolder.toString())
          .put("monitoring.address", "127.0.0.1:" + occupied.getLocalPort())
          .put("cloudwatch.emitMetrics", true)
          .put("cloudwatch.endpoint", "http://127.0.0.1:1")
          .put("cloudwatch.region", "us-east-1")
          .put("cloudwatch.metricsBufferTimeMillis", 200);
      scene.workspace().configure(settings);
      byte[] poison = scene.writer().lines().line(POISONED);
      scene
          .server()
          .poison(
              data -> java.util.Arrays.equals(data, poison),
              new Answer.Refuse(400, "ValidationException", "bad"));
      scene.writer().write(LINES);
      AgentProcess agent = scene.start();
      scene.awaitArrivals(agent, LINES - 1);
      scene.writer().write(LINES);
      scene.awaitArrivals(agent, 2 * LINES - 1);
      agent.until(
          "all of it is said",
          Scene.PATIENCE,
          () ->
              Stream.of(
                      "monitoring.address 127.0.0.1",
                      "metrics cannot be published",
                      "a dead letter cannot be written")
                  .allMatch(agent.log()::contains));

      Files.delete(noFolder);
      Path letters =
          noFolder.resolve(
              "dead-letters-" + java.time.LocalDate.now(java.time.ZoneOffset.UTC) + ".jsonl");
      agent.until("the letter is written", Scene.PATIENCE, () -> Files.exists(letters));
      agent.terminateCleanly();
      assertThat(agent.log()).contains("everything that was read has been delivered");
      assertThat(scene.account().lost()).isEqualTo(1);
      assertThat(scene.account().repeated()).isZero();
    }
  }

  @Test
  void aStreamByItsArnAndARecordOfNineMebibytes() throws IOException {
    try (Scene scene = new Scene(folder, 67)) {
      ObjectNode settings = scene.settings("app*");
      scene
          .workspace()
          .addFlow(settings, "large.log")
          .put("kinesisStream", "arn:aws:kinesis:us-east-1:123456789012:stream/large")
          .put("maxRecordSizeBytes", 10 << 20)
          .put("maxBufferSizeBytes", 5 << 20);
      scene.workspace().configure(settings);
      Files.writeString(
          scene.workspace().logs().resolve("large.log"),
          "x".repeat(9 << 20) + "\nsmall\n",
          StandardOpenOption.CREATE_NEW);
      AgentProcess agent = scene.start();
      agent.until(
          "both records arrive", Scene.PATIENCE, () -> scene.server().accepted("large") == 2);
      agent.terminateCleanly();
      assertThat(scene.ledger().account(scene.writer().lines(), 0).foreign()).isEqualTo(2);
      assertThat(scene.server().largestRecordBytes()).isEqualTo((9 << 20) + 1);
    }
  }

  private void to(Scene scene, String destination) {
    ObjectNode settings = scene.settings("app*");
    ObjectNode flow = (ObjectNode) settings.at("/flows/0");
    flow.remove("kinesisStream");
    flow.put(destination, "stream");
    scene.workspace().configure(settings);
  }

  private static Answer[] refusals(int count, int status, String code, String message) {
    return Collections.nCopies(count, new Answer.Refuse(status, code, message))
        .toArray(Answer[]::new);
  }

  private static List<String> errors(AgentProcess agent, String what) {
    return agent.log().lines().filter(l -> l.contains(" ERROR ") && l.contains(what)).toList();
  }

  private static long offset(Scene scene, int line) {
    long offset = 0;
    for (int i = 0; i < line; i++) {
      offset += scene.writer().lines().line(i).length;
    }
    return offset;
  }

  private static List<JsonNode> letters(Scene scene) {
    try (Stream<Path> files = Files.walk(scene.workspace().state())) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("dead-letters-"))
          .flatMap(RefusalsTest::lines)
          .toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Stream<JsonNode> lines(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8).lines().map(RefusalsTest::json);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static JsonNode json(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
