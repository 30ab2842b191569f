package io.kinesisagent.backends.stream;

import io.kinesisagent.backends.server.PutRequest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.kinesis.retrieval.AggregatorUtil;
import software.amazon.kinesis.retrieval.KinesisClientRecord;

/** Aggregated deliveries, read as the Kinesis Client Library reads them. */
class KplDeliveryTest extends JoinedDeliveryContract {
  @Override
  Map<String, Object> flow() {
    return Map.of("aggregation", "KPL");
  }

  @Override
  protected List<byte[]> arrived() {
    List<KinesisClientRecord> records = new ArrayList<>();
    for (PutRequest request : service().requests()) {
      for (int i = 0; i < request.records().size(); i++) {
        records.add(
            KinesisClientRecord.builder()
                .data(ByteBuffer.wrap(request.records().get(i)))
                .partitionKey(request.keys().get(i))
                .sequenceNumber("1")
                .build());
      }
    }
    return new AggregatorUtil()
        .deaggregate(records).stream()
            .map(
                record -> {
                  byte[] bytes = new byte[record.data().remaining()];
                  record.data().get(bytes);
                  return bytes;
                })
            .toList();
  }
}
