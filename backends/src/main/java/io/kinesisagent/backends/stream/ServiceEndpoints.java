package io.kinesisagent.backends.stream;

import io.kinesisagent.backends.aws.Connection;
import io.kinesisagent.backends.aws.Place;
import io.kinesisagent.backends.wire.Destination;
import java.net.URI;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.firehose.endpoints.FirehoseEndpointParams;
import software.amazon.awssdk.services.firehose.endpoints.FirehoseEndpointProvider;
import software.amazon.awssdk.services.kinesis.endpoints.KinesisEndpointParams;
import software.amazon.awssdk.services.kinesis.endpoints.KinesisEndpointProvider;

/** Where a service is in a region, by the SDK's own rules. */
@FunctionalInterface
interface ServiceEndpoints {
  /** The endpoint in a region, of the kind that the place asks for. */
  URI of(Region region, Place place);

  /** The endpoint that a connection's requests go to; may block to find the region. */
  default URI at(Connection connection) {
    Place place = connection.settings().place();
    return place.endpoint().orElseGet(() -> of(connection.region(), place));
  }

  /** Of Kinesis: a stream named by its ARN has its account's own. */
  static ServiceEndpoints kinesis(Destination stream) {
    return (region, place) -> {
      KinesisEndpointParams.Builder params =
          KinesisEndpointParams.builder()
              .region(region)
              .useFips(place.fips())
              .useDualStack(place.dualstack())
              .operationType("data");
      if (stream.isArn()) {
        params.streamArn(stream.text());
      }
      return KinesisEndpointProvider.defaultProvider()
          .resolveEndpoint(params.build())
          .join()
          .endpointUrl()
          .toUri();
    };
  }

  /** Of Firehose. */
  static ServiceEndpoints firehose() {
    return (region, place) ->
        FirehoseEndpointProvider.defaultProvider()
            .resolveEndpoint(
                FirehoseEndpointParams.builder()
                    .region(region)
                    .useFips(place.fips())
                    .useDualStack(place.dualstack())
                    .build())
            .join()
            .endpointUrl()
            .toUri();
  }
}
