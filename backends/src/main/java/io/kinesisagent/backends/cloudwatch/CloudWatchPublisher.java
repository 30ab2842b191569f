package io.kinesisagent.backends.cloudwatch;

import io.kinesisagent.backends.aws.Connection;
import io.kinesisagent.backends.aws.Identity;
import io.kinesisagent.backends.aws.SdkClients;
import io.kinesisagent.spi.Failure;
import io.kinesisagent.spi.Measurement;
import io.kinesisagent.spi.MetricsPublisher;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClientBuilder;
import software.amazon.awssdk.services.cloudwatch.endpoints.CloudWatchEndpointParams;
import software.amazon.awssdk.services.cloudwatch.endpoints.CloudWatchEndpointProvider;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.cloudwatch.model.StandardUnit;

/**
 * Publishes measurements with PutMetricData, one attempt a call, on the connection's threads. Safe
 * for use by several threads.
 */
final class CloudWatchPublisher implements MetricsPublisher {
  /** PutMetricData takes up to 1000 data points and 1 MB; ours are small. */
  private static final int MAX_PER_CALL = 500;

  private final Connection connection;
  private final String namespace;
  private final Optional<InstanceName> instance;
  private final long periodMillis;
  private final int maxQueued;
  private CloudWatchClient client;

  /**
   * A publisher over a connection, which it closes.
   *
   * @param instance finds the value of the dimension Instance; empty for no such dimension
   */
  CloudWatchPublisher(
      Connection connection,
      String namespace,
      Optional<InstanceName> instance,
      long periodMillis,
      int maxQueued) {
    this.connection = connection;
    this.namespace = namespace;
    this.instance = instance;
    this.periodMillis = periodMillis;
    this.maxQueued = maxQueued;
  }

  @Override
  public long periodMillis() {
    return periodMillis;
  }

  @Override
  public int maxQueued() {
    return maxQueued;
  }

  @Override
  public int maxPerCall() {
    return MAX_PER_CALL;
  }

  @Override
  public CompletionStage<Optional<Failure>> publish(List<Measurement> measurements) {
    List<Measurement> copy = List.copyOf(measurements);
    return CompletableFuture.supplyAsync(() -> put(copy), connection.threads());
  }

  private Optional<Failure> put(List<Measurement> measurements) {
    if (connection.identity() instanceof Identity.Unknown unknown) {
      return Optional.of(unknown.failure());
    }
    try {
      List<MetricDatum> data = measurements.stream().map(this::datum).toList();
      client().putMetricData(request -> request.namespace(namespace).metricData(data));
      return Optional.empty();
    } catch (SdkException e) {
      return Optional.of(SdkClients.failure(e, connection, endpoint()));
    }
  }

  private MetricDatum datum(Measurement measurement) {
    List<Dimension> dimensions = new ArrayList<>(2);
    dimensions.add(dimension("Destination", measurement.destination()));
    instance.ifPresent(name -> dimensions.add(dimension("Instance", name.find())));
    Measurement.Values values = measurement.values();
    return MetricDatum.builder()
        .metricName(measurement.name())
        .dimensions(dimensions)
        .timestamp(Instant.ofEpochMilli(measurement.epochMillis()))
        .unit(
            switch (measurement.unit()) {
              case COUNT -> StandardUnit.COUNT;
              case BYTES -> StandardUnit.BYTES;
            })
        .statisticValues(
            set ->
                set.sampleCount((double) values.samples())
                    .sum(values.sum())
                    .minimum(values.minimum())
                    .maximum(values.maximum()))
        .build();
  }

  private static Dimension dimension(String name, String value) {
    return Dimension.builder().name(name).value(value).build();
  }

  private synchronized CloudWatchClient client() {
    if (client == null) {
      CloudWatchClientBuilder builder = CloudWatchClient.builder();
      SdkClients.configure(builder, connection, endpoint());
      client = builder.build();
    }
    return client;
  }

  private URI endpoint() {
    var place = connection.settings().place();
    return place
        .endpoint()
        .orElseGet(
            () ->
                CloudWatchEndpointProvider.defaultProvider()
                    .resolveEndpoint(
                        CloudWatchEndpointParams.builder()
                            .region(connection.region())
                            .useFips(place.fips())
                            .useDualStack(place.dualstack())
                            .build())
                    .join()
                    .endpointUrl()
                    .toUri());
  }

  @Override
  public synchronized void close() {
    if (client != null) {
      client.close();
    }
    connection.close();
  }
}
