package io.kinesisagent.tests.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.KinesisException;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;

/** Holds the fake against the SDK's own client. */
class FakeKinesisTest {
  private final List<String> accepted = new CopyOnWriteArrayList<>();
  private final FakeKinesis server =
      new FakeKinesis(
          1,
          (stream, key, data) ->
              accepted.add(stream + "/" + key + "/" + new String(data, StandardCharsets.UTF_8)));

  @AfterEach
  void stop() {
    System.clearProperty(SdkSystemSetting.CBOR_ENABLED.property());
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "false"})
  void takesWhatTheSdkSendsInCborAndInJson(String cbor) {
    System.setProperty(SdkSystemSetting.CBOR_ENABLED.property(), cbor);
    try (KinesisClient client = client()) {
      PutRecordsResponse response = put(client, 3);

      assertThat(response.failedRecordCount()).isZero();
      assertThat(response.records()).hasSize(3).allMatch(entry -> entry.sequenceNumber() != null);
      assertThat(accepted).containsExactly("s/k0/line 0\n", "s/k1/line 1\n", "s/k2/line 2\n");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "false"})
  void refusesRecordsByIndexAsScripted(String cbor) {
    System.setProperty(SdkSystemSetting.CBOR_ENABLED.property(), cbor);
    server.answerNext(new Answer.Accept(Map.of(1, "InternalFailure")));
    try (KinesisClient client = client()) {
      PutRecordsResponse response = put(client, 3);

      assertThat(response.failedRecordCount()).isEqualTo(1);
      assertThat(response.records().get(1).errorCode()).isEqualTo("InternalFailure");
      assertThat(accepted).containsExactly("s/k0/line 0\n", "s/k2/line 2\n");
      assertThat(server.failures()).isEqualTo(1);
    }
  }

  @Test
  void refusesRequestsAsScriptedAndTheClientReadsTheReason() {
    server.answerNext(new Answer.Refuse(400, "ResourceNotFoundException", "no such stream"));
    try (KinesisClient client = client()) {
      assertThatThrownBy(() -> put(client, 1))
          .isInstanceOfSatisfying(
              KinesisException.class,
              e -> {
                assertThat(e.statusCode()).isEqualTo(400);
                assertThat(e.awsErrorDetails().errorCode()).isEqualTo("ResourceNotFoundException");
              });
    }
    assertThat(accepted).isEmpty();
  }

  @Test
  void cutsTheConnectionWithAndWithoutAccepting() {
    server.answerNext(new Answer.AcceptAndCut(), new Answer.Cut());
    try (KinesisClient client = client()) {
      assertThatThrownBy(() -> put(client, 1)).isInstanceOf(SdkClientException.class);
      assertThatThrownBy(() -> put(client, 1)).isInstanceOf(SdkClientException.class);
    }
    assertThat(accepted).hasSize(1);
  }

  @Test
  void failsAboutThePartThatIsAskedFor() {
    server.faults(new Faults(0.2, 0, 0, 0, 0));
    try (KinesisClient client = client()) {
      int failed = 0;
      for (int i = 0; i < 20; i++) {
        failed += put(client, 500).failedRecordCount();
      }
      assertThat(failed).isBetween(1800, 2200);
      assertThat(accepted).hasSize(10_000 - failed);
    }
  }

  @Test
  void throttlesAboveARateAndOnlyForThatSecond() {
    server.faults(new Faults(0, 0, 0, 0, 100));
    try (KinesisClient client = client()) {
      assertThat(put(client, 500).failedRecordCount()).isGreaterThanOrEqualTo(300);
      Await.until(
          "a later second takes records again",
          Duration.ofSeconds(5),
          () -> put(client, 1).failedRecordCount() == 0);
    }
  }

  private KinesisClient client() {
    return KinesisClient.builder()
        .endpointOverride(server.endpoint())
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDEXAMPLE", "x")))
        .overrideConfiguration(
            settings -> settings.retryStrategy(DefaultRetryStrategy.doNotRetry()))
        .build();
  }

  private static PutRecordsResponse put(KinesisClient client, int records) {
    List<PutRecordsRequestEntry> entries =
        IntStream.range(0, records)
            .mapToObj(
                i ->
                    PutRecordsRequestEntry.builder()
                        .partitionKey("k" + i)
                        .data(SdkBytes.fromUtf8String("line " + i + "\n"))
                        .build())
            .toList();
    return client.putRecords(request -> request.streamName("s").records(entries));
  }
}
