package io.kinesisagent.backends.server;

import java.math.BigInteger;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

/** Makes streams on a server and reads them back, with the SDK's own client. */
public final class KinesisStreams implements AutoCloseable {
  private final KinesisClient client;

  public KinesisStreams(URI endpoint) {
    client =
        KinesisClient.builder()
            .httpClient(ApacheHttpClient.create())
            .endpointOverride(endpoint)
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("reader", "secret")))
            .build();
  }

  /** Makes a stream and waits for it to be active. */
  public void create(String stream, int shards) {
    client.createStream(request -> request.streamName(stream).shardCount(shards));
    awaitActive(stream);
  }

  /** Splits a shard into halves and waits for the stream to be active. */
  public void split(String stream, Shard shard) {
    BigInteger low = new BigInteger(shard.hashKeyRange().startingHashKey());
    BigInteger high = new BigInteger(shard.hashKeyRange().endingHashKey());
    BigInteger middle = low.add(high).shiftRight(1);
    client.splitShard(
        request ->
            request
                .streamName(stream)
                .shardToSplit(shard.shardId())
                .newStartingHashKey(middle.toString()));
    awaitActive(stream);
  }

  /** Makes one shard of two neighbours and waits for the stream to be active. */
  public void merge(String stream, Shard shard, Shard neighbour) {
    client.mergeShards(
        request ->
            request
                .streamName(stream)
                .shardToMerge(shard.shardId())
                .adjacentShardToMerge(neighbour.shardId()));
    awaitActive(stream);
  }

  private void awaitActive(String stream) {
    while (client
            .describeStreamSummary(request -> request.streamName(stream))
            .streamDescriptionSummary()
            .streamStatus()
        != StreamStatus.ACTIVE) {
      Thread.onSpinWait();
    }
  }

  public List<Shard> shards(String stream) {
    return client.listShards(request -> request.streamName(stream)).shards();
  }

  /** Puts one record. */
  public void put(String stream, String partitionKey, byte[] data) {
    client.putRecord(
        request ->
            request
                .streamName(stream)
                .partitionKey(partitionKey)
                .data(SdkBytes.fromByteArray(data)));
  }

  /** Every record of every shard, each shard's in order. */
  public List<Record> read(String stream) {
    List<Record> all = new ArrayList<>();
    for (Shard shard : shards(stream)) {
      all.addAll(read(stream, shard.shardId()));
    }
    return all;
  }

  /** Every record of a shard, in order. */
  public List<Record> read(String stream, String shard) {
    List<Record> all = new ArrayList<>();
    String iterator =
        client
            .getShardIterator(
                request ->
                    request
                        .streamName(stream)
                        .shardId(shard)
                        .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
            .shardIterator();
    while (iterator != null) {
      String from = iterator;
      GetRecordsResponse response = client.getRecords(request -> request.shardIterator(from));
      all.addAll(response.records());
      iterator = response.records().isEmpty() ? null : response.nextShardIterator();
    }
    return all;
  }

  @Override
  public void close() {
    client.close();
  }
}
