package io.kinesisagent.backends.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinesisagent.backends.TestPlugins;
import io.kinesisagent.backends.aws.Connection;
import io.kinesisagent.backends.aws.ConnectionSettings;
import io.kinesisagent.backends.aws.Place;
import io.kinesisagent.backends.aws.ServiceKeys;
import io.kinesisagent.backends.wire.Destination;
import io.kinesisagent.spi.InvalidSettingException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.regions.Region;

class ServiceEndpointsTest {
  private String before;

  @BeforeEach
  void nameARegionForTheChain() {
    before = System.setProperty("aws.region", "ap-south-1");
  }

  @AfterEach
  void restore() {
    if (before == null) {
      System.clearProperty("aws.region");
    } else {
      System.setProperty("aws.region", before);
    }
  }

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

  @ParameterizedTest
  @CsvSource({
    // endpoint, region, FIPS, dualstack, where requests go, the region they are signed for
    "kinesis.eu-west-2.amazonaws.com,, false, false, kinesis.eu-west-2.amazonaws.com, eu-west-2",
    ", eu-west-3, false, false, kinesis.eu-west-3.amazonaws.com, eu-west-3",
    "kinesis.eu-west-2.amazonaws.com, eu-west-3, false, false, kinesis.eu-west-2.amazonaws.com, eu-west-3",
    ",, false, false, kinesis.ap-south-1.amazonaws.com, ap-south-1",
    "proxy.example.com:4567,, false, false, proxy.example.com:4567, ap-south-1",
    "vpce-0a1b-x1y2.kinesis.eu-north-1.vpce.amazonaws.com,, false, false, vpce-0a1b-x1y2.kinesis.eu-north-1.vpce.amazonaws.com, eu-north-1",
    "kinesis.vpc.example.com, eu-north-1, false, false, kinesis.vpc.example.com, eu-north-1",
    "kinesis.eu-central-1.api.aws,, false, false, kinesis.eu-central-1.api.aws, eu-central-1",
    ", eu-central-1, false, true, kinesis.eu-central-1.api.aws, eu-central-1",
    "kinesis-fips.us-east-2.amazonaws.com,, false, false, kinesis-fips.us-east-2.amazonaws.com, us-east-2",
    ", us-east-2, true, false, kinesis-fips.us-east-2.amazonaws.com, us-east-2",
    ", us-east-2, true, true, kinesis-fips.us-east-2.api.aws, us-east-2",
    "kinesis.us-east-1.amazonaws.com,, true, true, kinesis.us-east-1.amazonaws.com, us-east-1",
    "kinesis.cn-north-1.amazonaws.com.cn,, false, false, kinesis.cn-north-1.amazonaws.com.cn, cn-north-1",
    ", cn-northwest-1, false, false, kinesis.cn-northwest-1.amazonaws.com.cn, cn-northwest-1",
    ", cn-north-1, false, true, kinesis.cn-north-1.api.amazonwebservices.com.cn, cn-north-1",
    "kinesis.us-gov-east-1.amazonaws.com,, false, false, kinesis.us-gov-east-1.amazonaws.com, us-gov-east-1",
    ", us-gov-west-1, false, false, kinesis.us-gov-west-1.amazonaws.com, us-gov-west-1",
    ", us-gov-west-1, true, false, kinesis.us-gov-west-1.amazonaws.com, us-gov-west-1",
  })
  void theKeysOfTheConfigurationSelectEndpointAndSigningRegion(
      String endpoint, String region, boolean fips, boolean dualstack, String host, String signed)
      throws InvalidSettingException {
    Map<String, Object> values = new HashMap<>();
    values.put("awsAccessKeyId", "key");
    values.put("awsSecretAccessKey", "zZ-secret-access-key-of-the-tests");
    values.put("aws.useFips", fips);
    values.put("aws.useDualstack", dualstack);
    values.put("kinesis.endpoint", endpoint == null ? "" : endpoint);
    values.put("kinesis.region", region == null ? "" : region);
    try (Connection connection =
        Connection.open(
            ConnectionSettings.read(
                ServiceKeys.KINESIS,
                TestPlugins.settings(ConnectionSettings.keys(ServiceKeys.KINESIS), values),
                "agent",
                Map.of()))) {
      assertThat(ServiceEndpoints.kinesis(new Destination("s")).at(connection))
          .hasToString("https://" + host);
      assertThat(connection.region()).isEqualTo(Region.of(signed));
    }
  }

  private static Place place(boolean fips, boolean dualstack) {
    return new Place("kinesis", Optional.empty(), Optional.empty(), fips, dualstack);
  }
}
