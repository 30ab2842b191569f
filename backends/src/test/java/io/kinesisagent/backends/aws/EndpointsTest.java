package io.kinesisagent.backends.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kinesisagent.backends.TestPlugins;
import io.kinesisagent.spi.InvalidSettingException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsRegionProvider;

class EndpointsTest {
  @ParameterizedTest
  @CsvSource({
    "kinesis.us-east-1.amazonaws.com, us-east-1",
    "firehose.eu-west-3.amazonaws.com, eu-west-3",
    "monitoring.ap-southeast-2.amazonaws.com, ap-southeast-2",
    "KINESIS.US-WEST-2.AMAZONAWS.COM, us-west-2",
    "kinesis-fips.us-east-2.amazonaws.com, us-east-2",
    "kinesis.eu-central-1.api.aws, eu-central-1",
    "kinesis-fips.us-west-2.api.aws, us-west-2",
    "123456789012.data-kinesis.eu-west-1.amazonaws.com, eu-west-1",
    "vpce-0a1b2c3d-x1y2z3.kinesis.eu-north-1.vpce.amazonaws.com, eu-north-1",
    "vpce-0a1b2c3d-x1y2z3-us-east-1a.kinesis-streams.us-east-1.vpce.amazonaws.com, us-east-1",
    "kinesis.cn-north-1.amazonaws.com.cn, cn-north-1",
    "kinesis.cn-northwest-1.api.amazonwebservices.com.cn, cn-northwest-1",
    "vpce-0a1b.firehose.cn-north-1.vpce.amazonaws.com.cn, cn-north-1",
    "kinesis.us-gov-west-1.amazonaws.com, us-gov-west-1",
    "firehose-fips.us-gov-east-1.amazonaws.com, us-gov-east-1",
    "kinesis.us-iso-east-1.c2s.ic.gov, us-iso-east-1",
    "kinesis.us-isob-east-1.sc2s.sgov.gov, us-isob-east-1",
    "kinesis.eu-isoe-west-1.cloud.adc-e.uk, eu-isoe-west-1",
    "kinesis.us-isof-south-1.csp.hci.ic.gov, us-isof-south-1",
    "kinesis.eusc-de-east-1.amazonaws.eu, eusc-de-east-1",
    "sts.amazonaws.com, us-east-1",
    "kinesis.ap-southeast-10.amazonaws.com, ap-southeast-10",
  })
  void anAwsHostTellsItsRegion(String host, String region) {
    assertThat(EndpointHosts.region(host)).contains(Region.of(region));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "localhost",
        "kinesis.us-east-1.example.com",
        "amazonaws.com.evil.org"
      })
  void anotherHostTellsNone(String host) {
    assertThat(EndpointHosts.region(host)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "kinesis.us-east-1.amazonaws.com, https://kinesis.us-east-1.amazonaws.com",
    "localhost:4567, https://localhost:4567",
    "http://127.0.0.1:4567, http://127.0.0.1:4567",
    "https://kinesis.us-east-1.amazonaws.com/, https://kinesis.us-east-1.amazonaws.com/",
  })
  void anEndpointIsAUrlOrAHost(String text, String url) {
    assertThat(EndpointHosts.parse(text)).isEqualTo(URI.create(url));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://host", "https://", "a b", "http://host:port"})
  void whatIsNeitherIsRefused(String text) {
    assertThatThrownBy(() -> place(Map.of("kinesis.endpoint", text)))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining(text);
  }

  @Test
  void anEndpointAloneGivesTheRegionOfItsName() throws Exception {
    assertThat(place(Map.of("kinesis.endpoint", "kinesis.eu-west-2.amazonaws.com")).region())
        .contains(Region.EU_WEST_2);
  }

  @Test
  void aRegionIsTakenBeforeTheEndpointsName() throws Exception {
    Place place =
        place(
            Map.of(
                "kinesis.endpoint", "kinesis.eu-west-2.amazonaws.com",
                "kinesis.region", "eu-west-3"));
    assertThat(place.region()).contains(Region.EU_WEST_3);
    assertThat(place.endpoint()).contains(URI.create("https://kinesis.eu-west-2.amazonaws.com"));
  }

  @Test
  void anEmptyEndpointIsNone() throws Exception {
    Place place = place(Map.of("kinesis.endpoint", "", "kinesis.region", "eu-west-3"));
    assertThat(place.endpoint()).isEmpty();
    assertThat(place.region()).contains(Region.EU_WEST_3);
  }

  @Test
  void anotherEndpointAloneLeavesTheRegionToTheChain() throws Exception {
    assertThat(place(Map.of("kinesis.endpoint", "http://127.0.0.1:4567")).region()).isEmpty();
  }

  @Test
  void theChainAsksInItsOrderAndSaysWhich() {
    Map<String, String> environment = new HashMap<>();
    RegionChain chain =
        new RegionChain(environment, () -> () -> Region.SA_EAST_1, () -> () -> Region.CA_CENTRAL_1);
    assertThat(chain.find())
        .isEqualTo(new RegionChain.Found(Region.SA_EAST_1, "the profile", true));
    environment.put("AWS_DEFAULT_REGION", "eu-west-1");
    assertThat(chain.find().region()).isEqualTo(Region.EU_WEST_1);
    environment.put("AWS_REGION", "eu-west-2");
    assertThat(chain.find().region()).isEqualTo(Region.EU_WEST_2);
    assertThat(chain.find().source()).contains("AWS_REGION");
  }

  @Test
  void theChainEndsWithTheInstanceAndUsEast1() {
    RegionChain onEc2 =
        new RegionChain(Map.of(), EndpointsTest::nothing, () -> () -> Region.CA_CENTRAL_1);
    assertThat(onEc2.find().region()).isEqualTo(Region.CA_CENTRAL_1);
    RegionChain elsewhere =
        new RegionChain(Map.of(), EndpointsTest::nothing, EndpointsTest::nothing);
    assertThat(elsewhere.find().region()).isEqualTo(Region.US_EAST_1);
    assertThat(elsewhere.find().source()).contains("default");
  }

  @Test
  void aProxyLeavesItsDirectHostsAlone() throws Exception {
    ProxySettings proxy =
        proxy(
                Map.of(
                    "proxy.host",
                    "proxy.example.com",
                    "proxy.nonProxyHosts",
                    List.of("*.internal|localhost", ".example.org,10.0.0.1")),
                Map.of())
            .orElseThrow();
    assertThat(proxy.endpoint()).isEqualTo(URI.create("http://proxy.example.com:3128"));
    assertThat(proxy.covers("kinesis.us-east-1.amazonaws.com")).isTrue();
    assertThat(proxy.covers("a.internal")).isFalse();
    assertThat(proxy.covers("LOCALHOST")).isFalse();
    assertThat(proxy.covers("x.example.org")).isFalse();
    assertThat(proxy.covers("10.0.0.1")).isFalse();
    assertThat(proxy.covers("10.0.0.12")).isTrue();
  }

  @Test
  void theEnvironmentsProxyIsTheDefault() throws Exception {
    Map<String, String> environment =
        Map.of("https_proxy", "http://us%65r:p%40ss@proxy:8080/", "NO_PROXY", "vpce.amazonaws.com");
    ProxySettings proxy = proxy(Map.of(), environment).orElseThrow();
    assertThat(proxy.endpoint()).isEqualTo(URI.create("http://proxy:8080"));
    assertThat(proxy.username()).isEqualTo("user");
    assertThat(proxy.password()).isEqualTo("p@ss");
    assertThat(proxy.covers("vpce-1.kinesis.us-east-1.vpce.amazonaws.com")).isFalse();
    assertThat(proxy.toString()).doesNotContain("p@ss");
    assertThat(proxy(Map.of("proxy.host", "other"), environment).orElseThrow().endpoint())
        .isEqualTo(URI.create("http://other:3128"));
    assertThat(proxy(Map.of(), Map.of())).isEmpty();
  }

  private static AwsRegionProvider nothing() {
    return () -> {
      throw SdkClientException.create("nothing here");
    };
  }

  private static Place place(Map<String, Object> values) throws InvalidSettingException {
    return Place.read(
        ServiceKeys.KINESIS,
        TestPlugins.settings(ConnectionKeys.with(ServiceKeys.KINESIS), values));
  }

  private static Optional<ProxySettings> proxy(
      Map<String, Object> values, Map<String, String> environment) throws InvalidSettingException {
    return ProxySettings.read(
        TestPlugins.settings(ConnectionKeys.with(ServiceKeys.KINESIS), values), environment);
  }
}
