package io.kinesisagent.backends.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

class RequestSignerTest {
  private static final AwsCredentialsIdentity EXAMPLE =
      AwsCredentialsIdentity.create("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");

  private final RequestSigner signer = new RequestSigner("us-east-1", "service");

  /** The requests and signatures of the AWS Signature Version 4 test suite. */
  @Test
  void publishedRequestsGetTheirPublishedSignatures() {
    SortedMap<String, String> headers = new TreeMap<>();
    headers.put("host", "example.amazonaws.com");
    headers.put("x-amz-date", "20150830T123600Z");
    assertThat(signer.series(EXAMPLE, "/", headers).authorization(hash("")))
        .isEqualTo(
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request,"
                + " SignedHeaders=host;x-amz-date,"
                + " Signature=5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b");

    headers.put("content-type", "application/x-www-form-urlencoded");
    assertThat(signer.series(EXAMPLE, "/", headers).authorization(hash("Param1=value1")))
        .endsWith(
            "SignedHeaders=content-type;host;x-amz-date,"
                + " Signature=ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a");
  }

  @Test
  void aTimeIsWrittenInBasicFormOfUtc() {
    assertThat(RequestSigner.time(Instant.parse("2015-08-30T12:36:00.987Z").getEpochSecond()))
        .isEqualTo("20150830T123600Z");
  }

  @Property(tries = 200)
  void theSdksSignerAgrees(
      @ForAll @Size(max = 300) byte[] body,
      @ForAll @LongRange(min = 0, max = 4_000_000_000_000L) long epochMillis,
      @ForAll boolean otherSecret) {
    AwsCredentialsIdentity identity =
        otherSecret ? AwsCredentialsIdentity.create("AKIDOTHER", "other") : EXAMPLE;
    SdkHttpRequest request =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.POST)
            .uri(URI.create("https://kinesis.eu-west-1.amazonaws.com/"))
            .putHeader("Content-Type", "application/x-amz-cbor-1.1")
            .putHeader("X-Amz-Target", "Kinesis_20131202.PutRecords")
            .build();
    String expected =
        AwsV4HttpSigner.create()
            .sign(
                sign ->
                    sign.identity(identity)
                        .request(request)
                        .payload(() -> new ByteArrayInputStream(body))
                        .putProperty(AwsV4HttpSigner.REGION_NAME, "us-east-1")
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "service")
                        .putProperty(
                            HttpSigner.SIGNING_CLOCK,
                            Clock.fixed(Instant.ofEpochMilli(epochMillis), ZoneOffset.UTC)))
            .request()
            .firstMatchingHeader("Authorization")
            .orElseThrow();
    SortedMap<String, String> headers = new TreeMap<>();
    headers.put("content-type", "application/x-amz-cbor-1.1");
    headers.put("host", "kinesis.eu-west-1.amazonaws.com");
    headers.put("x-amz-content-sha256", RequestSigner.hash(body, body.length));
    headers.put("x-amz-date", RequestSigner.time(epochMillis / 1000));
    headers.put("x-amz-target", "Kinesis_20131202.PutRecords");
    RequestSigner.Series series = signer.series(identity, "/", headers);
    String bodyHash = RequestSigner.hash(body, body.length);
    assertThat(series.authorization(bodyHash)).isEqualTo(expected);
    assertThat(series.authorization(bodyHash)).as("of the next request").isEqualTo(expected);
  }

  private static String hash(String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return RequestSigner.hash(bytes, bytes.length);
  }
}
