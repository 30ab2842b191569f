package io.kinesisagent.backends.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.Headers;
import io.kinesisagent.backends.LogCapture;
import io.kinesisagent.backends.TestBatch;
import io.kinesisagent.backends.TestPlugins;
import io.kinesisagent.backends.server.CannedServer;
import io.kinesisagent.backends.server.FakeService;
import io.kinesisagent.backends.server.PutReplies;
import io.kinesisagent.spi.Backend;
import io.kinesisagent.spi.Disposition;
import io.kinesisagent.spi.Failure;
import io.kinesisagent.spi.InvalidSettingException;
import io.kinesisagent.spi.SendResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where credentials come from, seen in the requests that they sign. */
class CredentialSourcesTest {
  private static final String SECRET = "zZ-secret-access-key-of-the-tests";
  private static final String TOKEN = "zZ-session-token-of-the-tests";

  private final Map<String, String> before = new HashMap<>();
  private final LogCapture log = LogCapture.of("io.kinesisagent");
  @TempDir Path temporary;
  private FakeService service;
  private CannedServer other;

  @BeforeEach
  void start() throws IOException {
    service = FakeService.start();
    other = CannedServer.start();
    // Nothing of the machine that the tests run on may give credentials.
    property("aws.disableEc2Metadata", "true");
    property("aws.sharedCredentialsFile", temporary.resolve("credentials").toString());
    property("aws.configFile", temporary.resolve("config").toString());
    property("aws.region", "us-east-1");
  }

  @AfterEach
  void stop() throws IOException {
    before.forEach(
        (name, value) -> {
          if (value == null) {
            System.clearProperty(name);
          } else {
            System.setProperty(name, value);
          }
        });
    service.close();
    other.close();
    log.close();
    assertThat(log.text()).as("secrets in the log").doesNotContain(SECRET).doesNotContain(TOKEN);
  }

  @Test
  void keysOfTheConfigurationComeBeforeTheDefaultChain() throws Exception {
    property("aws.accessKeyId", "AKIDPROPERTY");
    property("aws.secretAccessKey", SECRET);
    assertSignedBy("AKIDCONFIG", keys());
    assertThat(log.lines("INFO"))
        .containsOnlyOnce("firehose: credentials come from awsAccessKeyId of the configuration");
  }

  @Test
  void systemProperties() throws Exception {
    property("aws.accessKeyId", "AKIDPROPERTY");
    property("aws.secretAccessKey", SECRET);
    assertSignedBy("AKIDPROPERTY", Map.of());
    assertThat(log.lines("INFO"))
        .anyMatch(line -> line.contains("the default chain (system properties)"));
  }

  @Test
  void environmentVariablesOfTheProcess() throws Exception {
    ProcessBuilder child = sendOnce();
    child.environment().put("AWS_ACCESS_KEY_ID", "AKIDENVIRONMENT");
    child.environment().put("AWS_SECRET_ACCESS_KEY", SECRET);
    child.environment().put("AWS_SESSION_TOKEN", TOKEN);
    child.environment().put("AWS_REGION", "eu-north-1");
    Process process = child.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    assertThat(signer(0)).isEqualTo("AKIDENVIRONMENT");
    assertThat(lastToken()).isEqualTo(TOKEN);
    assertThat(service.requests().get(0).headers().getFirst("Authorization"))
        .contains("/eu-north-1/firehose/");
    assertThat(said)
        .contains("the default chain (environment variables)")
        .contains("the region is eu-north-1, from the environment variable AWS_REGION")
        .doesNotContain(SECRET)
        .doesNotContain(TOKEN);
  }

  @Test
  void aProfile() throws Exception {
    Files.writeString(
        temporary.resolve("credentials"),
        "[agent]\naws_access_key_id=AKIDPROFILE\naws_secret_access_key=" + SECRET + "\n");
    property("aws.profile", "agent");
    assertSignedBy("AKIDPROFILE", Map.of());
    assertSaid("profile");
  }

  @Test
  void aProcessOfAProfileIsAskedAgainWhenItsKeysExpire() throws Exception {
    Path script = temporary.resolve("keys.sh");
    Path count = temporary.resolve("count");
    Files.writeString(
        script,
        "echo x >> "
            + count
            + "\nn=$(wc -l < "
            + count
            + ")\necho \"{\\\"Version\\\":1,\\\"AccessKeyId\\\":\\\"AKIDPROCESS$n\\\","
            + "\\\"SecretAccessKey\\\":\\\""
            + SECRET
            + "\\\"}\"\n");
    Files.writeString(
        temporary.resolve("config"), "[default]\ncredential_process = sh " + script + "\n");
    try (Backend backend = open(Map.of())) {
      send(backend);
      assertThat(signer(0)).isEqualTo("AKIDPROCESS1");
      send(backend);
      assertThat(signer(1)).isEqualTo("AKIDPROCESS1");
      service.next(
          request ->
              PutReplies.error(request, 400, "ExpiredTokenException", "the token is expired"));
      assertThat(failure(send(backend)).disposition()).isEqualTo(Disposition.RETRY);
      assertThat(send(backend)).isEqualTo(SendResult.DELIVERED);
      assertThat(signer(3)).isEqualTo("AKIDPROCESS2");
    }
  }

  @Test
  void aProfileOfSingleSignOnWithItsCachedToken() throws Exception {
    String start = "https://example.awsapps.com/start";
    Path cache = Files.createDirectories(temporary.resolve(".aws/sso/cache"));
    Files.writeString(
        cache.resolve(sha1(start) + ".json"),
        "{\"accessToken\":\""
            + TOKEN
            + "\",\"expiresAt\":\""
            + Instant.now().plusSeconds(3600)
            + "\",\"region\":\"eu-west-1\",\"startUrl\":\""
            + start
            + "\"}");
    Path config =
        Files.writeString(
            temporary.resolve("config"),
            "[profile agent]\nsso_start_url = "
                + start
                + "\nsso_region = eu-west-1\nsso_account_id = 123456789012\nsso_role_name = shipper\n");
    other.answer(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json",
        "{\"roleCredentials\":{\"accessKeyId\":\"AKIDSSO\",\"secretAccessKey\":\""
            + SECRET
            + "\",\"sessionToken\":\""
            + TOKEN
            + "\",\"expiration\":"
            + Instant.now().plusSeconds(3600).toEpochMilli()
            + "}}");
    ProcessBuilder child = sendOnce();
    child.environment().put("HOME", temporary.toString());
    child.environment().put("AWS_CONFIG_FILE", config.toString());
    child.environment().put("AWS_PROFILE", "agent");
    child.environment().put("AWS_REGION", "eu-north-1");
    child.environment().put("AWS_EC2_METADATA_DISABLED", "true");
    child.environment().put("AWS_ENDPOINT_URL_SSO", other.endpoint().toString());
    Process process = child.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    assertThat(signer(0)).isEqualTo("AKIDSSO");
    assertThat(lastToken()).isEqualTo(TOKEN);
    assertThat(other.requests().get(0))
        .startsWith("GET /federation/credentials?")
        .contains("role_name=shipper", "account_id=123456789012")
        .containsIgnoringCase("x-amz-sso_bearer_token: " + TOKEN);
    assertThat(said)
        .contains("the default chain (profile")
        .doesNotContain(SECRET)
        .doesNotContain(TOKEN);
  }

  private ProcessBuilder sendOnce() {
    return new ProcessBuilder(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-cp",
        System.getProperty("java.class.path"),
        SendOnce.class.getName(),
        service.endpoint().toString());
  }

  private static String sha1(String text) throws NoSuchAlgorithmException {
    return HexFormat.of()
        .formatHex(
            MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void aContainerWithItsToken() throws Exception {
    Path token = temporary.resolve("token");
    Files.writeString(token, "container-token");
    property("aws.containerCredentialsFullUri", other.endpoint() + "/creds");
    property("aws.containerAuthorizationTokenFile", token.toString());
    other.answer("HTTP/1.1 200 OK", temporaryKeys("AKIDCONTAINER"));
    assertSignedBy("AKIDCONTAINER", Map.of());
    assertSaid("container");
    assertThat(lastToken()).isEqualTo(TOKEN);
    assertThat(other.requests().get(0))
        .startsWith("GET /creds ")
        .contains("Authorization: container-token");
  }

  @Test
  void anInstanceProfileOfVersionTwo() throws Exception {
    property("aws.disableEc2Metadata", "false");
    property("aws.ec2MetadataServiceEndpoint", other.endpoint().toString());
    other.answer("HTTP/1.1 200 OK", "imds-token");
    other.answer("HTTP/1.1 200 OK", "the-role");
    other.answer("HTTP/1.1 200 OK", temporaryKeys("AKIDINSTANCE"));
    assertSignedBy("AKIDINSTANCE", Map.of());
    assertSaid("instance profile");
    assertThat(lastToken()).isEqualTo(TOKEN);
    assertThat(other.requests().get(0)).startsWith("PUT /latest/api/token ");
    assertThat(other.requests().get(2))
        .contains("/the-role ")
        .containsIgnoringCase("x-aws-ec2-metadata-token: imds-token");
  }

  @Test
  void aWebIdentity() throws Exception {
    Path token = temporary.resolve("jwt");
    Files.writeString(token, "the-jwt");
    property("aws.webIdentityTokenFile", token.toString());
    property("aws.roleArn", "arn:aws:iam::123456789012:role/pod");
    property("aws.endpointUrlSts", other.endpoint().toString());
    other.answer(
        "HTTP/1.1 200 OK\r\nContent-Type: text/xml", sts("AssumeRoleWithWebIdentity", "AKIDWEB"));
    assertSignedBy("AKIDWEB", Map.of());
    assertSaid("web identity");
    assertThat(other.requests().get(0))
        .contains("Action=AssumeRoleWithWebIdentity")
        .contains("WebIdentityToken=the-jwt");
  }

  @Test
  void anAssumedRoleWithItsExternalId() throws Exception {
    other.answer("HTTP/1.1 200 OK\r\nContent-Type: text/xml", sts("AssumeRole", "AKIDROLE"));
    Map<String, Object> settings = new HashMap<>(keys());
    settings.put("assumeRoleARN", "arn:aws:iam::123456789012:role/agent");
    settings.put("assumeRoleExternalId", "ext-42");
    settings.put("sts.endpoint", other.endpoint().toString());
    settings.put("sts.region", "eu-west-1");
    assertSignedBy("AKIDROLE", settings);
    assertThat(lastToken()).isEqualTo(TOKEN);
    assertThat(other.requests().get(0))
        .contains("Action=AssumeRole&")
        .contains("RoleSessionName=AWSKinesisAgent")
        .contains("ExternalId=ext-42")
        .contains("DurationSeconds=3600")
        .contains("Credential=AKIDCONFIG/")
        .contains("/eu-west-1/sts/aws4_request");
    assertThat(log.lines("INFO"))
        .containsOnlyOnce(
            "firehose: credentials come from the role arn:aws:iam::123456789012:role/agent, assumed"
                + " with awsAccessKeyId of the configuration");
  }

  @Test
  void aRoleThatMayNotBeAssumedBlocks() throws Exception {
    other.answer(
        "HTTP/1.1 403 Forbidden\r\nContent-Type: text/xml",
        "<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>not authorized"
            + " to perform sts:AssumeRole</Message></Error></ErrorResponse>");
    Map<String, Object> settings = new HashMap<>(keys());
    settings.put("assumeRoleARN", "arn:aws:iam::123456789012:role/agent");
    settings.put("sts.endpoint", other.endpoint().toString());
    try (Backend backend = open(settings)) {
      Failure failure = failure(send(backend));
      assertThat(failure.disposition()).isEqualTo(Disposition.BLOCKED);
      assertThat(failure.code()).isEqualTo("CredentialsUnavailable");
      assertThat(failure.detail()).contains("not authorized to perform sts:AssumeRole");
    }
    assertThat(service.requests()).isEmpty();
  }

  @Test
  void aClassOfTheUsersOwnComesFirst() throws Exception {
    for (String maker :
        new String[] {
          "public %s() {}", "private %s() {} public static %s create() { return new %s(); }"
        }) {
      Path jar = UserJar.create(temporary, "Mine", maker.replace("%s", "Mine"));
      Map<String, Object> settings = new HashMap<>(keys());
      settings.put("userDefinedCredentialsProvider.classname", "Mine");
      settings.put("userDefinedCredentialsProvider.location", jar.toString());
      assertSignedBy("AKIDMINE", settings);
    }
  }

  @Test
  void aClassThatCannotBeLoadedIsAnErrorOfTheConfiguration() throws Exception {
    Path jar = UserJar.create(temporary, "Mine", "public Mine() {}");
    assertThatThrownBy(() -> open(userClass("Other", jar.toString())))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("Other");
    assertThatThrownBy(() -> open(userClass("java.lang.Object", jar.toString())))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("java.lang.Object");
    assertThatThrownBy(() -> open(userClass("Mine", "/no/such.jar")))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("/no/such.jar");
  }

  @Test
  void noCredentialsAreARetryThatSaysWhereTheyWereLookedFor() throws Exception {
    try (Backend backend = open(Map.of())) {
      Failure failure = failure(send(backend));
      assertThat(failure.disposition()).isEqualTo(Disposition.RETRY);
      assertThat(failure.code()).isEqualTo("CredentialsUnavailable");
      assertThat(failure.detail()).contains("AWS_ACCESS_KEY_ID", "in the profile", "instance");
      property("aws.accessKeyId", "AKIDLATER");
      property("aws.secretAccessKey", SECRET);
      assertThat(send(backend)).isEqualTo(SendResult.DELIVERED);
    }
  }

  @Test
  void oneKeyWithoutTheOtherIsRefused() {
    assertThatThrownBy(() -> open(Map.of("awsAccessKeyId", "AKID")))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("both or neither");
    assertThatThrownBy(() -> open(Map.of("awsSecretAccessKey", SECRET)))
        .isInstanceOf(InvalidSettingException.class);
    assertThatThrownBy(() -> open(Map.of("assumeRoleExternalId", "x")))
        .isInstanceOf(InvalidSettingException.class);
  }

  private static Map<String, Object> keys() {
    return Map.of("awsAccessKeyId", "AKIDCONFIG", "awsSecretAccessKey", SECRET);
  }

  private static Map<String, Object> userClass(String name, String jar) {
    return Map.of(
        "userDefinedCredentialsProvider.classname", name,
        "userDefinedCredentialsProvider.location", jar);
  }

  private void assertSignedBy(String accessKeyId, Map<String, Object> settings) throws Exception {
    try (Backend backend = open(settings)) {
      assertThat(send(backend)).isEqualTo(SendResult.DELIVERED);
      assertThat(send(backend)).isEqualTo(SendResult.DELIVERED);
    }
    assertThat(signer(service.requests().size() - 1)).isEqualTo(accessKeyId);
  }

  private void assertSaid(String source) {
    assertThat(log.lines("INFO"))
        .filteredOn(line -> line.contains("credentials come from"))
        .singleElement()
        .asString()
        .contains(source);
  }

  private Backend open(Map<String, Object> settings) throws InvalidSettingException {
    Map<String, Object> all = new HashMap<>(settings);
    all.put("firehose.endpoint", service.endpoint().toString());
    return TestPlugins.create("firehose", Map.of("stream", "s"), all);
  }

  private static SendResult send(Backend backend) throws Exception {
    return backend.send(TestBatch.ofLines("a\n")).toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  private static Failure failure(SendResult result) {
    return ((SendResult.Failed) result).failure();
  }

  private String signer(int request) {
    Headers headers = service.requests().get(request).headers();
    return headers.getFirst("Authorization").replaceAll(".*Credential=([^/]+)/.*", "$1");
  }

  private String lastToken() {
    return service
        .requests()
        .get(service.requests().size() - 1)
        .headers()
        .getFirst("X-Amz-Security-Token");
  }

  private void property(String name, String value) {
    String old = System.setProperty(name, value);
    if (!before.containsKey(name)) {
      before.put(name, old);
    }
  }

  private static String temporaryKeys(String id) {
    return "{\"Code\":\"Success\",\"Type\":\"AWS-HMAC\",\"AccessKeyId\":\""
        + id
        + "\",\"SecretAccessKey\":\""
        + SECRET
        + "\",\"Token\":\""
        + TOKEN
        + "\",\"Expiration\":\""
        + Instant.now().plusSeconds(3600)
        + "\",\"LastUpdated\":\""
        + Instant.now()
        + "\"}";
  }

  private static String sts(String action, String id) {
    return "<"
        + action
        + "Response xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><"
        + action
        + "Result><Credentials><AccessKeyId>"
        + id
        + "</AccessKeyId><SecretAccessKey>"
        + SECRET
        + "</SecretAccessKey><SessionToken>"
        + TOKEN
        + "</SessionToken><Expiration>"
        + Instant.now().plusSeconds(3600)
        + "</Expiration></Credentials><AssumedRoleUser><Arn>arn:aws:sts::123456789012:assumed-role"
        + "/agent/AWSKinesisAgent</Arn><AssumedRoleId>AROA:AWSKinesisAgent</AssumedRoleId>"
        + "</AssumedRoleUser></"
        + action
        + "Result></"
        + action
        + "Response>";
  }
}
