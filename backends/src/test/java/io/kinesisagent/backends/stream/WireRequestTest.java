package io.kinesisagent.backends.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinesisagent.backends.TestBatch;
import io.kinesisagent.backends.TestPlugins;
import io.kinesisagent.backends.server.CannedServer;
import io.kinesisagent.backends.server.FakeService;
import io.kinesisagent.backends.server.PutReplies;
import io.kinesisagent.spi.Backend;
import io.kinesisagent.spi.Disposition;
import io.kinesisagent.spi.InvalidSettingException;
import io.kinesisagent.spi.SendResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What only our own requests do. */
class WireRequestTest {
  private static final DateTimeFormatter AMZ_DATE =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmssX").withZone(ZoneOffset.UTC);

  private final List<Backend> opened = new ArrayList<>();
  private FakeService service;

  @BeforeEach
  void start() throws IOException {
    service = FakeService.start();
  }

  @AfterEach
  void stop() {
    opened.forEach(Backend::close);
    service.close();
  }

  @Test
  void aClockThatIsOffIsCorrectedFromTheServicesDate() throws Exception {
    Instant serviceTime = Instant.now().plus(Duration.ofHours(3));
    String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(serviceTime.atZone(ZoneOffset.UTC));
    try (CannedServer canned = CannedServer.start()) {
      canned.answer(
          "HTTP/1.1 400 Bad Request\r\nDate: " + date,
          "{\"__type\":\"InvalidSignatureException\",\"message\":\"Signature expired:"
              + " 20260101T000000Z is now earlier than 20260101T030000Z\"}");
      canned.answer("HTTP/1.1 200 OK", "{\"FailedPutCount\":0}");
      Backend backend = open(Map.of("firehose.endpoint", canned.endpoint().toString()));
      SendResult refused = send(backend);
      assertThat(((SendResult.Failed) refused).failure().disposition())
          .isEqualTo(Disposition.RETRY);
      assertThat(send(backend)).isEqualTo(SendResult.DELIVERED);
      String signed =
          canned
              .requests()
              .get(1)
              .lines()
              .filter(line -> line.startsWith("x-amz-date: "))
              .findFirst()
              .orElseThrow()
              .substring(12);
      assertThat(Duration.between(serviceTime, Instant.from(AMZ_DATE.parse(signed))).abs())
          .isLessThan(Duration.ofMinutes(2));
    }
  }

  @Test
  void aWrongSignatureForAnotherReasonBlocks() throws Exception {
    service.next(
        request ->
            PutReplies.error(
                request, 400, "InvalidSignatureException", "The request signature does not match"));
    SendResult refused = send(open(Map.of()));
    assertThat(((SendResult.Failed) refused).failure().disposition())
        .isEqualTo(Disposition.BLOCKED);
  }

  @Test
  void aSessionTokenIsSentAndSigned() throws Exception {
    send(open(Map.of("awsSessionToken", "token-of-the-test")));
    var headers = service.requests().get(0).headers();
    assertThat(headers.getFirst("X-Amz-Security-Token")).isEqualTo("token-of-the-test");
    assertThat(headers.getFirst("Authorization")).contains(";x-amz-security-token;");
  }

  @Test
  void aCompressedAnswerIsReadWhereAskedFor() throws Exception {
    service.next(
        request ->
            new FakeService.Reply(
                200,
                Map.of("Content-Encoding", "gzip", "Content-Type", "application/x-amz-json-1.1"),
                gzip("{\"FailedPutCount\":1,\"RequestResponses\":[{\"ErrorCode\":\"X\"}]}")));
    assertThat(send(open(Map.of("useHttpGzip", true)))).isInstanceOf(SendResult.Partial.class);
    assertThat(service.requests().get(0).headers().getFirst("Accept-Encoding")).isEqualTo("gzip");
    send(open(Map.of("useHttpGzip", false)));
    assertThat(service.requests().get(1).headers().getFirst("Accept-Encoding")).isNull();
  }

  @Test
  void entriesBeforeTheCountAreRead() throws Exception {
    String entries = "\"RequestResponses\":[{\"ErrorCode\":\"InternalFailure\"}]";
    for (String body :
        List.of(
            "{" + entries + ",\"FailedPutCount\":1}",
            "{\"Encrypted\":false," + entries + "}",
            "{\"new\":{\"a\":[1,2]}," + entries + "}")) {
      reply(body);
      assertThat(send(open(Map.of()))).as(body).isInstanceOf(SendResult.Partial.class);
    }
  }

  @Test
  void aMalformedAnswerIsARetry() throws Exception {
    String failed = "\"RequestResponses\":[{\"ErrorCode\":\"InternalFailure\"}]";
    for (String body :
        List.of(
            "[]",
            "{\"FailedPutCount\":1",
            "nonsense",
            "{}",
            "{\"x\":}",
            "{\"FailedPutCount\":1,\"RequestResponses\":[{}]}",
            "{\"FailedPutCount\":2," + failed + "}",
            "{" + failed + ",\"FailedPutCount\":0}")) {
      reply(body);
      SendResult result = send(open(Map.of()));
      assertThat(((SendResult.Failed) result).failure().code())
          .as(body)
          .isEqualTo("MalformedReply");
    }
  }

  @Test
  void flowsWithTheSameSettingsShareAConnection() throws Exception {
    for (int i = 0; i < 20; i++) {
      send(open(Map.of()));
    }
    assertThat(service.requests()).hasSize(20);
    assertThat(service.connections()).isEqualTo(1);
    send(open(Map.of("awsSessionToken", "other")));
    assertThat(service.connections()).isEqualTo(2);
  }

  @Test
  void anAnswerOfFailureLeavesTheConnectionUsable() throws Exception {
    Backend backend = open(Map.of());
    for (int i = 0; i < 5; i++) {
      service.next(
          request -> PutReplies.error(request, 500, "InternalFailure", "x".repeat(200_000)));
      send(backend);
    }
    assertThat(service.connections()).isEqualTo(1);
  }

  @Test
  void anAttemptThatCrawlsEndsInTheEnd() throws Exception {
    service.next(
        request -> FakeService.Reply.crawling("{\"FailedPutCount\":0,\"RequestResponses\":["));
    Backend impatient = open(Map.of("socketTimeoutMillis", 250L, "connectionTimeoutMillis", 200L));
    SendResult result = send(impatient);
    assertThat(result).isEqualTo(SendResult.DELIVERED);
    service.next(request -> FakeService.Reply.crawling(" "));
    result = send(impatient);
    assertThat(((SendResult.Failed) result).failure().code()).isEqualTo("AttemptTimeout");
  }

  private void reply(String json) {
    service.next(
        request -> new FakeService.Reply(200, Map.of(), json.getBytes(StandardCharsets.UTF_8)));
  }

  private static byte[] gzip(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private Backend open(Map<String, Object> settings) throws InvalidSettingException {
    Map<String, Object> all = new HashMap<>();
    all.put("firehose.endpoint", service.endpoint().toString());
    all.put("firehose.region", "us-east-1");
    all.put("awsAccessKeyId", "key");
    all.put("awsSecretAccessKey", "zZ-secret-access-key-of-the-tests");
    all.putAll(settings);
    Backend made = TestPlugins.create("firehose", Map.of("stream", "s"), all);
    opened.add(made);
    return made;
  }

  private static SendResult send(Backend backend) throws Exception {
    return backend.send(TestBatch.ofLines("a\n")).toCompletableFuture().get(60, TimeUnit.SECONDS);
  }
}
