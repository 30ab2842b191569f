package io.kinesisagent.backends.stream;

import io.kinesisagent.backends.aws.Connection;
import io.kinesisagent.backends.aws.SdkClients;
import io.kinesisagent.backends.wire.Destination;
import io.kinesisagent.backends.wire.PutClient;
import io.kinesisagent.backends.wire.WireBatch;
import io.kinesisagent.spi.SendResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.KinesisClientBuilder;
import software.amazon.awssdk.services.kinesis.model.DescribeStreamSummaryRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.StreamDescriptionSummary;

/** Puts records with the SDK's own Kinesis client: the plain way, against which ours is held. */
final class SdkKinesis implements PutClient {
  private final Destination stream;
  private final SdkCalls<KinesisClient> calls;

  SdkKinesis(Connection connection, Destination stream) {
    this.stream = stream;
    calls =
        new SdkCalls<>(
            connection, ServiceEndpoints.kinesis(stream), () -> client(connection, stream));
  }

  private static KinesisClient client(Connection connection, Destination stream) {
    KinesisClientBuilder builder = KinesisClient.builder();
    SdkClients.configure(builder, connection, ServiceEndpoints.kinesis(stream).at(connection));
    return builder.build();
  }

  /** What a stream is at the moment, such as {@code ACTIVE}; null where that is not told. */
  static String state(Connection connection, Destination stream) {
    DescribeStreamSummaryRequest.Builder request = DescribeStreamSummaryRequest.builder();
    if (stream.isArn()) {
      request.streamARN(stream.text());
    } else {
      request.streamName(stream.text());
    }
    try (KinesisClient client = client(connection, stream)) {
      StreamDescriptionSummary summary =
          client.describeStreamSummary(request.build()).streamDescriptionSummary();
      return summary == null ? null : summary.streamStatusAsString();
    }
  }

  @Override
  public SendResult put(WireBatch batch) {
    return calls.call(
        batch.size(),
        client -> {
          PutRecordsResponse response = client.putRecords(request(batch));
          if (response.failedRecordCount() != null && response.failedRecordCount() == 0) {
            return List.of();
          }
          return response.records().stream()
              .map(entry -> new SdkCalls.Entry(entry.errorCode(), entry.errorMessage()))
              .toList();
        });
  }

  private PutRecordsRequest request(WireBatch batch) {
    List<PutRecordsRequestEntry> entries = new ArrayList<>(batch.size());
    byte[] key = new byte[WireBatch.MAX_KEY_BYTES];
    for (int i = 0; i < batch.size(); i++) {
      int keyBytes = batch.key(i, key, 0);
      entries.add(
          PutRecordsRequestEntry.builder()
              .data(SdkCalls.data(batch, i))
              .partitionKey(new String(key, 0, keyBytes, StandardCharsets.UTF_8))
              .build());
    }
    PutRecordsRequest.Builder request = PutRecordsRequest.builder().records(entries);
    return (stream.isArn() ? request.streamARN(stream.text()) : request.streamName(stream.text()))
        .build();
  }

  @Override
  public void close() {
    calls.close();
  }
}
