package io.kinesisagent.backends.stream;

import io.kinesisagent.backends.aws.Connection;
import io.kinesisagent.backends.aws.SdkClients;
import io.kinesisagent.backends.wire.Destination;
import io.kinesisagent.backends.wire.PutClient;
import io.kinesisagent.backends.wire.WireBatch;
import io.kinesisagent.spi.SendResult;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.firehose.FirehoseClient;
import software.amazon.awssdk.services.firehose.FirehoseClientBuilder;
import software.amazon.awssdk.services.firehose.model.DeliveryStreamDescription;
import software.amazon.awssdk.services.firehose.model.PutRecordBatchRequest;
import software.amazon.awssdk.services.firehose.model.PutRecordBatchResponse;
import software.amazon.awssdk.services.firehose.model.Record;

/** Puts records with the SDK's own Firehose client: the plain way, against which ours is held. */
final class SdkFirehose implements PutClient {
  private final Destination stream;
  private final SdkCalls<FirehoseClient> calls;

  SdkFirehose(Connection connection, Destination stream) {
    this.stream = stream;
    calls = new SdkCalls<>(connection, ServiceEndpoints.firehose(), () -> client(connection));
  }

  private static FirehoseClient client(Connection connection) {
    FirehoseClientBuilder builder = FirehoseClient.builder();
    SdkClients.configure(builder, connection, ServiceEndpoints.firehose().at(connection));
    return builder.build();
  }

  /** What a stream is at the moment, such as {@code ACTIVE}; null where that is not told. */
  static String state(Connection connection, Destination stream) {
    try (FirehoseClient client = client(connection)) {
      DeliveryStreamDescription description =
          client
              .describeDeliveryStream(request -> request.deliveryStreamName(stream.text()))
              .deliveryStreamDescription();
      return description == null ? null : description.deliveryStreamStatusAsString();
    }
  }

  @Override
  public SendResult put(WireBatch batch) {
    return calls.call(
        batch.size(),
        client -> {
          PutRecordBatchResponse response = client.putRecordBatch(request(batch));
          if (response.failedPutCount() != null && response.failedPutCount() == 0) {
            return List.of();
          }
          return response.requestResponses().stream()
              .map(entry -> new SdkCalls.Entry(entry.errorCode(), entry.errorMessage()))
              .toList();
        });
  }

  private PutRecordBatchRequest request(WireBatch batch) {
    List<Record> records = new ArrayList<>(batch.size());
    for (int i = 0; i < batch.size(); i++) {
      records.add(Record.builder().data(SdkCalls.data(batch, i)).build());
    }
    return PutRecordBatchRequest.builder()
        .deliveryStreamName(stream.text())
        .records(records)
        .build();
  }

  @Override
  public void close() {
    calls.close();
  }
}
