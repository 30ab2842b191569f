package io.kinesisagent.backends.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinesisagent.backends.aws.Place;
import io.kinesisagent.backends.wire.Destination;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.regions.Region;

class ServiceEndpointsTest {
  @ParameterizedTest
  @CsvSource({
    "us-east-1, false, false, kinesis.us-east-1.amazonaws.com, firehose.us-east-1.amazonaws.com",
    "us-east-1, true, false, kinesis-fips.us-east-1.amazonaws.com, firehose-fips.us-east-1.amazonaws.com",
    "eu-west-1, false, true, kinesis.eu-west-1.api.aws, firehose.eu-west-1.api.aws",
    "us-west-2, true, true, kinesis-fips.us-west-2.api.aws, firehose-fips.us-west-2.api.aws",
    "cn-north-1, false, false, kinesis.cn-north-1.amazonaws.com.cn, firehose.cn-north-1.amazonaws.com.cn",
    "us-gov-west-1, false, false, kinesis.us-gov-west-1.amazonaws.com, firehose.us-gov-west-1.amazonaws.com",
    "us-gov-west-1, true, false, kinesis.us-gov-west-1.amazonaws.com, firehose-fips.us-gov-west-1.amazonaws.com",
    "us-iso-east-1, false, false, kinesis.us-iso-east-1.c2s.ic.gov, firehose.us-iso-east-1.c2s.ic.gov",
  })
  void aRegionSelectsTheEndpoint(
      String region, boolean fips, boolean dualstack, String kinesis, String firehose) {
    Place place = place(fips, dualstack);
    assertThat(ServiceEndpoints.kinesis(new Destination("s")).of(Region.of(region), place))
        .hasToString("https://" + kinesis);
    assertThat(ServiceEndpoints.firehose().of(Region.of(region), place))
        .hasToString("https://" + firehose);
  }

  @Test
  void aStreamByItsArnHasItsAccountsEndpoint() {
    Destination stream = new Destination("arn:aws:kinesis:us-east-1:123456789012:stream/s");
    assertThat(ServiceEndpoints.kinesis(stream).of(Region.US_EAST_1, place(false, false)))
        .hasToString("https://123456789012.data-kinesis.us-east-1.amazonaws.com");
  }

  private static Place place(boolean fips, boolean dualstack) {
    return new Place("kinesis", Optional.empty(), Optional.empty(), fips, dualstack);
  }
}
