package io.kinesisagent.backends.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinesisagent.backends.TestBatch;
import io.kinesisagent.backends.TestPlugins;
import io.kinesisagent.backends.contract.BackendContract;
import io.kinesisagent.backends.server.FakeService;
import io.kinesisagent.backends.server.PutReplies;
import io.kinesisagent.backends.server.PutRequest;
import io.kinesisagent.spi.Backend;
import io.kinesisagent.spi.BackendPlugin;
import io.kinesisagent.spi.Disposition;
import io.kinesisagent.spi.Failure;
import io.kinesisagent.spi.InvalidSettingException;
import io.kinesisagent.spi.SendResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What holds for Kinesis and Firehose alike, whatever client they use: every fault, by a script.
 */
abstract class FamilyContract extends BackendContract {
  private final List<Backend> opened = new ArrayList<>();
  private FakeService service;
  private Backend backend;

  /** Makes the backends. */
  abstract BackendPlugin plugin();

  /** The plugin's name. */
  final String type() {
    return plugin().name();
  }

  /** Settings of the flow and of the agent that the test adds. */
  Map<String, Object> more() {
    return Map.of();
  }

  @BeforeEach
  void start() throws IOException {
    service = FakeService.start();
  }

  @AfterEach
  void stop() {
    opened.forEach(Backend::close);
    service.close();
  }

  final FakeService service() {
    return service;
  }

  @Override
  protected final Backend backend() throws InvalidSettingException {
    if (backend == null) {
      backend = open(Map.of());
    }
    return backend;
  }

  @Override
  protected List<byte[]> arrived() throws Exception {
    return service.taken();
  }

  final Backend open(Map<String, Object> settings) throws InvalidSettingException {
    Map<String, Object> all = new HashMap<>();
    all.put(type() + ".endpoint", service.endpoint().toString());
    all.put(type() + ".region", "eu-west-1");
    all.put("awsAccessKeyId", "AKIDEXAMPLE");
    all.put("awsSecretAccessKey", "secret-of-the-test");
    all.put("socketTimeoutMillis", 2000L);
    all.putAll(more());
    all.putAll(settings);
    Backend made = TestPlugins.create(plugin(), Map.of("stream", "test-stream"), all);
    opened.add(made);
    return made;
  }

  @Test
  void theRequestNamesStreamOperationAndSigner() throws Exception {
    send(backend(), TestBatch.ofLines("a\n"));
    var request = service.requests().get(0);
    assertThat(request.stream()).isEqualTo("test-stream");
    assertThat(request.target())
        .isEqualTo(
            type().equals("kinesis")
                ? "Kinesis_20131202.PutRecords"
                : "Firehose_20150804.PutRecordBatch");
    assertThat(request.headers().getFirst("Authorization"))
        .startsWith("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/")
        .contains("/eu-west-1/" + type() + "/aws4_request");
    assertThat(request.headers().getFirst("User-Agent")).isEqualTo("aws-kinesis-agent/test");
  }

  @Test
  void theUserAgentIsPrefixedOrReplaced() throws Exception {
    send(open(Map.of("userAgent", "shop/1")), TestBatch.ofLines("a\n"));
    send(open(Map.of("userAgentOverride", "only-this")), TestBatch.ofLines("a\n"));
    assertThat(service.requests())
        .extracting(request -> request.headers().getFirst("User-Agent"))
        .containsExactly("shop/1 aws-kinesis-agent/test", "only-this");
  }

  @Test
  void failedRecordsAreNamedByTheirIndexes() throws Exception {
    service.next(
        request ->
            PutReplies.partial(
                request,
                Map.of(
                    1, "ProvisionedThroughputExceededException",
                    3, "InternalFailure",
                    4, "SomethingNobodyKnows")));
    SendResult result = send(backend(), TestBatch.numbered("line ", 5));
    Map<Integer, Failure> failed = ((SendResult.Partial) result).failed();
    assertThat(failed).containsOnlyKeys(1, 3, 4);
    assertThat(failed.get(1).disposition()).isEqualTo(Disposition.THROTTLED);
    assertThat(failed.get(1).code()).isEqualTo("ProvisionedThroughputExceededException");
    assertThat(failed.get(1).detail()).contains("why 1 failed");
    assertThat(failed.get(3).disposition()).isEqualTo(Disposition.RETRY);
    assertThat(failed.get(4).disposition()).isEqualTo(Disposition.RETRY);
  }

  @ParameterizedTest
  @CsvSource({
    "400, ProvisionedThroughputExceededException, Rate exceeded, THROTTLED",
    "400, LimitExceededException, Rate exceeded, THROTTLED",
    "400, ThrottlingException, Rate exceeded, THROTTLED",
    "400, KMSThrottlingException, Rate exceeded, THROTTLED",
    "503, ServiceUnavailableException, Slow down., THROTTLED",
    "500, InternalFailure, oops, RETRY",
    "500, InternalServerError, oops, RETRY",
    "503, SomethingElse, oops, RETRY",
    "400, ExpiredTokenException, The security token included in the request is expired, RETRY",
    "400, RequestExpired, too late, RETRY",
    "400, AccessDeniedException, not authorized, BLOCKED",
    "400, UnrecognizedClientException, The security token is invalid, BLOCKED",
    "403, MissingAuthenticationTokenException, none, BLOCKED",
    "400, KMSDisabledException, disabled, BLOCKED",
    "400, KMSAccessDeniedException, denied, BLOCKED",
    "400, KMSInvalidStateException, pending deletion, BLOCKED",
    "400, KMSNotFoundException, none, BLOCKED",
    "400, KMSOptInRequired, none, BLOCKED",
    "400, ResourceNotFoundException, Stream test-stream not found, BLOCKED",
    "400, InvalidSourceException, only from Kinesis, BLOCKED",
    "400, CodeOfTheFutureException, who knows, BLOCKED",
    "400, ValidationException, 1 validation error: Value at 'records.1.member', REJECTED",
    "400, ValidationException, Value at 'streamName' failed to satisfy constraint, BLOCKED",
    "400, InvalidArgumentException, a record is not right, REJECTED",
    "400, InvalidArgumentException, This operation is not permitted on KinesisStreamAsSource"
        + " delivery stream type., BLOCKED",
    "400, SerializationException, bad, REJECTED",
    "413, RequestEntityTooLargeException, too large, REJECTED",
  })
  void anErrorOfTheRequestAsksForWhatMendsIt(
      int status, String code, String message, Disposition disposition) throws Exception {
    service.next(request -> PutReplies.error(request, status, code, message));
    assertThat(send(backend(), TestBatch.ofLines("a\n")))
        .isInstanceOfSatisfying(
            SendResult.Failed.class,
            failed -> {
              assertThat(failed.failure().code()).isEqualTo(code);
              assertThat(failed.failure().disposition()).isEqualTo(disposition);
              assertThat(failed.failure().detail()).contains(message);
            });
    assertThat(service.requests()).as("one attempt").hasSize(1);
  }

  @Test
  void anAnswerThatNoServiceGaveIsARetry() throws Exception {
    for (int status : List.of(400, 502)) {
      service.next(
          request ->
              new FakeService.Reply(
                  status,
                  Map.of("Content-Type", "text/html"),
                  "<html>no</html>".getBytes(StandardCharsets.UTF_8)));
      assertFailure(Disposition.RETRY, TestBatch.ofLines("a\n"));
    }
  }

  @Test
  void aCutConnectionIsARetry() throws Exception {
    service.next(request -> FakeService.Reply.CUT);
    Failure failure = assertFailure(Disposition.RETRY, TestBatch.ofLines("a\n"));
    assertThat(failure.detail()).contains(service.endpoint().toString());
    assertThat(service.requests()).as("one attempt").hasSize(1);
  }

  @Test
  void aSilentServiceIsARetryAfterTheTimeout() throws Exception {
    CountDownLatch answered = new CountDownLatch(1);
    service.next(
        request -> {
          try {
            answered.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return FakeService.Reply.CUT;
        });
    Backend impatient = open(Map.of("socketTimeoutMillis", 200L));
    SendResult result = send(impatient, TestBatch.ofLines("a\n"));
    answered.countDown();
    assertThat(((SendResult.Failed) result).failure().disposition()).isEqualTo(Disposition.RETRY);
    assertThat(((SendResult.Failed) result).failure().code()).contains("Timeout");
  }

  @Test
  void anAnswerForAnotherNumberOfRecordsIsARetry() throws Exception {
    service.next(
        request ->
            PutReplies.partial(
                new PutRequest(
                    request.headers(),
                    request.target(),
                    request.stream(),
                    request.records().subList(0, 1),
                    request.keys()),
                Map.of(0, "InternalFailure")));
    assertThat(assertFailure(Disposition.RETRY, TestBatch.ofLines("a\n", "b\n")).code())
        .isEqualTo("MalformedReply");
  }

  @Test
  void aBatchAtEveryLimitIsTaken() throws Exception {
    var limits = backend().limits();
    int each = limits.maxBytes() / limits.maxRecords() - limits.perRecordOverhead();
    assertDelivered(
        TestBatch.of(
            IntStream.range(0, limits.maxRecords()).mapToObj(i -> new byte[each]).toList()));
  }

  final Failure assertFailure(Disposition disposition, TestBatch batch) throws Exception {
    SendResult result = send(backend(), batch);
    assertThat(result).isInstanceOf(SendResult.Failed.class);
    Failure failure = ((SendResult.Failed) result).failure();
    assertThat(failure.disposition()).as(failure.toString()).isEqualTo(disposition);
    return failure;
  }
}
