package io.kinesisagent.processors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.kinesisagent.spi.ProcessingException;
import io.kinesisagent.spi.Processor;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AddEc2MetadataTest {
  private static final String ADDED =
      "\"privateIp\":\"10.0.0.7\",\"availabilityZone\":\"eu-west-1b\",\"instanceId\":\"i-0123\","
          + "\"instanceType\":\"m7g.large\",\"accountId\":\"123456789012\",\"amiId\":\"ami-4567\","
          + "\"region\":\"eu-west-1\",\"metadataTimestamp\":\"2026-11-23T01:50:31+0000\"";

  private final TestContext context = new TestContext();
  private FakeMetadataService service;

  @BeforeEach
  void startService() throws Exception {
    service = new FakeMetadataService();
  }

  @AfterEach
  void stopService() {
    service.close();
  }

  @Test
  void appendsTheMetadataToAnObject() throws Exception {
    try (Processor processor = ready("")) {
      assertThat(Transform.one(processor, "{\"a\": 1, \"b\": [1.10, \"é/\\u001b\"]}\n"))
          .isEqualTo("{\"a\":1,\"b\":[1.10,\"é/\\u001B\"]," + ADDED + "}\n");
      assertThat(Transform.one(processor, "{}")).isEqualTo("{" + ADDED + "}\n");
    }
  }

  @Test
  void writesCharactersOfFourBytesAsTheyAre() throws Exception {
    try (Processor processor = ready(",\"fields\":\"region\"")) {
      byte[] record = "{\"😀\":\"a😀\\ud83d\\ude00b\"}\n".getBytes(StandardCharsets.UTF_8);
      byte[] expected =
          "{\"😀\":\"a😀😀b\",\"region\":\"eu-west-1\"}\n".getBytes(StandardCharsets.UTF_8);
      assertThat(Transform.one(processor, record)).isEqualTo(expected);
    }
  }

  @Test
  void halfACharacterBecomesAQuestionMark() throws Exception {
    try (Processor processor = ready(",\"fields\":\"region\"")) {
      assertThat(Transform.one(processor, "{\"a\":\"x\\ud83dy\"}\n"))
          .isEqualTo("{\"a\":\"x?y\",\"region\":\"eu-west-1\"}\n");
    }
  }

  @Test
  void replacesMembersOfTheSameNameInTheirPlace() throws Exception {
    try (Processor processor = ready(",\"fields\":[\"region\",\"amiId\"]")) {
      assertThat(Transform.one(processor, "{\"region\":0,\"x\":1,\"x\":2}\n"))
          .isEqualTo("{\"region\":\"eu-west-1\",\"x\":2,\"amiId\":\"ami-4567\"}\n");
    }
  }

  @Test
  void addsTagsWhereTheInstanceAllowsIt() throws Exception {
    service.tag("Name", "web-1");
    service.tag("Cost Centre", "4711");
    try (Processor processor = ready(",\"fields\":\"tags\"")) {
      assertThat(Transform.one(processor, "{}\n"))
          .isEqualTo("{\"tags\":{\"name\":\"web-1\",\"cost centre\":\"4711\"}}\n");
    }
  }

  @Test
  void prettyPrintsWhereAsked() throws Exception {
    try (Processor processor = ready(",\"fields\":\"region\",\"jsonFormat\":\"PRETTYPRINT\"")) {
      assertThat(Transform.one(processor, "{\"a\":[1]}\n"))
          .isEqualTo("{\n  \"a\" : [ 1 ],\n  \"region\" : \"eu-west-1\"\n}\n");
    }
  }

  @Test
  void passesRecordsUnchangedAwayFromEc2() throws Exception {
    service.close();
    try (Processor processor = ready("")) {
      assertThat(Transform.one(processor, "no JSON\n")).isEqualTo("no JSON\n");
    }
  }

  @Test
  void asksNothingWhereTheServiceIsDisabled() throws Exception {
    Map<String, String> environment =
        Map.of(
            "AWS_EC2_METADATA_SERVICE_ENDPOINT",
            service.endpoint(),
            "AWS_EC2_METADATA_DISABLED",
            "true");
    try (Processor processor = ready("", environment)) {
      assertThat(Transform.one(processor, "{}\n")).isEqualTo("{}\n");
      assertThat(service.tokens()).isZero();
    }
  }

  @Test
  void systemPropertiesComeBeforeTheEnvironment() throws Exception {
    Map<String, String> properties = Map.of("aws.ec2MetadataServiceEndpoint", service.endpoint());
    Map<String, String> environment = Map.of("AWS_EC2_METADATA_SERVICE_ENDPOINT", "http://[::1]:1");
    AddEc2MetadataPlugin plugin = new AddEc2MetadataPlugin(properties::get, environment::get);
    JsonNode option = TestProcessors.MAPPER.readTree("{\"fields\":\"region\"}");
    try (Processor processor =
        plugin.create(new JsonSettings(option, plugin.settings()), context)) {
      waitUntilReady(processor);
      assertThat(Transform.one(processor, "{}\n")).isEqualTo("{\"region\":\"eu-west-1\"}\n");
    }
  }

  @Test
  void creatingAsksNothing() throws Exception {
    try (Processor processor = create("", endpoint())) {
      assertThat(service.tokens()).isZero();
      waitUntilReady(processor);
      assertThat(service.tokens()).isOne();
    }
  }

  @Test
  void refreshesInTheBackgroundAndKeepsWhatItHas() throws Exception {
    try (Processor processor = ready(",\"metadataTTL\":1,\"fields\":\"metadataTimestamp\"")) {
      assertThat(Transform.one(processor, "{}\n")).contains("T01:50:31");
      service.setBroken(true);
      context.epochMillis.addAndGet(60_000);
      assertThat(Transform.one(processor, "{}\n")).contains("T01:50:31");
      service.setBroken(false);
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
      while (!Transform.one(processor, "{}\n").contains("T01:51:31")) {
        assertThat(System.nanoTime()).isLessThan(deadline);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
      }
    }
  }

  @Test
  void failsOnWhatIsNoObject() throws Exception {
    try (Processor processor = ready("")) {
      for (String record :
          new String[] {"", "\n", "[1]\n", "1\n", "null\n", "{\"a\":}\n", "{} {}\n", "{\"a\":1"}) {
        assertFails(processor, record);
      }
    }
  }

  @Test
  void failsOnDeepNestingAndHugeNumbers() throws Exception {
    try (Processor processor = ready(",\"fields\":\"region\"")) {
      assertFails(processor, "{\"a\":" + "[".repeat(100_000));
      assertFails(processor, "{\"a\":" + "[".repeat(300) + "]".repeat(300) + "}\n");
      assertFails(processor, "{\"a\":" + "9".repeat(5_000) + "}\n");
      assertThat(Transform.one(processor, "{\"a\":1e99999999,\"b\":" + "9".repeat(900) + "}\n"))
          .startsWith("{\"a\":1E+99999999,\"b\":999");
    }
  }

  @Test
  void replacesAndCountsMalformedBytes() throws Exception {
    try (Processor processor = ready(",\"fields\":\"region\"")) {
      byte[] record = "{\"a\":\"x\u00FF\"}\n".getBytes(StandardCharsets.ISO_8859_1);
      JsonNode object = TestProcessors.MAPPER.readTree(Transform.one(processor, record));
      assertThat(object.path("a").asText()).isEqualTo("x\uFFFD");
      assertThat(context.count("malformed_bytes")).isOne();
    }
  }

  private static void assertFails(Processor processor, String record) {
    assertThatThrownBy(() -> Transform.one(processor, record))
        .isInstanceOfSatisfying(
            ProcessingException.class,
            e -> assertThat(e.kind()).isEqualTo(ProcessingException.Kind.FAILED));
  }

  private Processor ready(String more) throws Exception {
    return ready(more, endpoint());
  }

  private Processor ready(String more, Map<String, String> environment) throws Exception {
    Processor processor = create(more, environment);
    waitUntilReady(processor);
    return processor;
  }

  private Map<String, String> endpoint() {
    return Map.of("AWS_EC2_METADATA_SERVICE_ENDPOINT", service.endpoint());
  }

  private Processor create(String more, Map<String, String> environment) throws Exception {
    AddEc2MetadataPlugin plugin = new AddEc2MetadataPlugin(name -> null, environment::get);
    JsonNode option =
        TestProcessors.MAPPER.readTree("{\"optionName\":\"ADDEC2METADATA\"" + more + "}");
    return plugin.create(new JsonSettings(option, plugin.settings()), context);
  }

  private static void waitUntilReady(Processor processor) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!processor.ready()) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
  }
}
