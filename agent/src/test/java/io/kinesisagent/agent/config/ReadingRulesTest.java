package io.kinesisagent.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinesisagent.agent.config.FlowSettings.InitialPosition;
import io.kinesisagent.spi.Setting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadingRulesTest {
  private static final String FLOWS =
      "\"flows\": [{\"filePattern\": \"/var/log/app.log\", \"kinesisStream\": \"s\"}]";

  private final ConfigFixture config = new ConfigFixture();

  @Test
  void commentsOfAllThreeKindsAndTrailingCommasAreAllowed() {
    config.write(
        """
        // one
        { # two
          /* three
             lines */
          "maxOpenFiles": 100, // four
          "flows": [
            {"filePattern": "/var/log/app.log", "kinesisStream": "s",},
          ],
        }
        # five
        """);
    assertThat(config.valid().maxOpenFiles()).isEqualTo(100);
    assertThat(config.lines()).isEmpty();
  }

  @Test
  void aByteOrderMarkIsNotPartOfTheText() {
    config.write("\uFEFF{" + FLOWS + "}");
    assertThat(config.valid().flows()).hasSize(1);
  }

  @Test
  void bytesThatAreNotUtf8AreAnErrorWithTheirPlace() throws IOException {
    config.write("{}");
    byte[] bytes = "{\n  \"töam\": \"x\"}".getBytes(StandardCharsets.ISO_8859_1);
    Files.write(config.main, bytes);
    assertThat(config.lines())
        .containsExactly("2:5: error: is not UTF-8 from here on; save the file in UTF-8");
  }

  @Test
  void aMissingFileIsSaidPlainly() {
    assertThat(config.read().problems())
        .extracting(Problem::toString)
        .containsExactly(config.main + ": error: cannot be read: there is no such file");
  }

  @Test
  void booleansMayBeStringsInAnyCase() {
    assertThat(config.write("{\"log.emitMetrics\": \"True\", " + FLOWS + "}").valid().logsMetrics())
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "1", "\"TRUE\"", "\"Yes\"", "\"t\"", "\"Y\"", "\"1\"", "\" y \""})
  void thereAreWordsForTrue(String word) {
    assertThat(config.flow("\"skipEmptyLines\": " + word).onlyFlow().settings().skipEmptyLines())
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"false", "0", "\"FALSE\"", "\"No\"", "\"f\"", "\"N\"", "\"0\""})
  void andForFalse(String word) {
    Setting<Boolean> metrics = AgentKeys.CLOUDWATCH_EMIT_METRICS;
    config.write("{\"" + metrics + "\": " + word + ", " + FLOWS + "}");
    assertThat(config.valid().settings(List.of(metrics)).get(metrics)).isFalse();
  }

  @Test
  void numbersMayBeStrings() {
    FlowSettings flow =
        config
            .flow("\"maxBufferSizeRecords\": \"250\", \"maxBufferAgeMillis\": \"2000\"")
            .onlyFlow()
            .settings();
    assertThat(flow.maxBufferSizeRecords()).isEqualTo(250);
    assertThat(flow.maxBufferAgeMillis()).isEqualTo(2000);
  }

  @Test
  void aNumberStandsForAString() {
    assertThat(config.flow("\"id\": 12345").onlyFlow().id()).isEqualTo("12345");
  }

  @Test
  void aConstantMayBeInAnyCase() {
    assertThat(
            config
                .flow("\"initialPosition\": \"start_of_file\"")
                .onlyFlow()
                .settings()
                .initialPosition())
        .isEqualTo(InitialPosition.START_OF_FILE);
  }

  @Test
  void bytesMayCarryAUnit() {
    assertThat(
            config.write("{\"maxMemoryBytes\": \"64MiB\", " + FLOWS + "}").valid().maxMemoryBytes())
        .isEqualTo(64L << 20);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e3", "1E+3", "10e2", "1000.0", "\"1e3\"", "\"0.1e4B\"", "\"1e0KB\""})
  void bytesMayBeWrittenWithAnExponent(String thousand) {
    FlowSettings flow = config.flow("\"maxBufferSizeBytes\": " + thousand).onlyFlow().settings();
    assertThat(flow.maxBufferSizeBytes()).isEqualTo(1000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e-1", "1e999999999", "1e-999999999", "1e9999999999", "\"1e\""})
  void butMustBeWhole(String bytes) {
    assertThat(config.flow("\"maxBufferSizeBytes\": " + bytes).lines())
        .singleElement()
        .asString()
        .contains("error: $.flows[0].maxBufferSizeBytes: must be a number of bytes");
  }

  @Test
  void nestingIsBounded() {
    config.write("{\"team\": " + "[".repeat(99) + "]".repeat(99) + ", " + FLOWS + "}");
    assertThat(config.lines())
        .containsExactly("1:2: warning: $.team: is not a known key; it is ignored");
    for (int depth : new int[] {100, 700, 100_000}) {
      config.write("{\"team\": " + "[".repeat(depth) + "]".repeat(depth) + ", " + FLOWS + "}");
      assertThat(config.lines())
          .satisfiesExactlyInAnyOrder(
              line -> assertThat(line).startsWith("1:2: warning: $.team: is not a known key"),
              line ->
                  assertThat(line)
                      .startsWith("1:109: error: $.team[0]")
                      .endsWith("is nested deeper than the 100 levels that are read"));
    }
  }

  @Test
  void anEmptyStringAndNullMeanThatAKeyIsUnset() {
    config.write(
        "{\"kinesis.endpoint\": \"\", \"checkpointFile\": \"\", \"maxOpenFiles\": null, "
            + FLOWS
            + "}");
    assertThat(config.lines()).isEmpty();
    assertThat(config.valid().maxOpenFiles()).isEqualTo(4096);
    assertThat(config.valid().checkpointFile())
        .hasToString("/var/lib/aws-kinesis-agent/checkpoints");
  }

  @Test
  void anEmptyTerminatorIsAValue() {
    assertThat(
            config
                .flow("\"truncatedRecordTerminator\": \"\"")
                .onlyFlow()
                .settings()
                .truncatedRecordTerminator())
        .isEmpty();
  }

  @Test
  void dottedKeysMayBeNested() {
    config.write(
        "{\"kinesis\": {\"endpoint\": \"localhost:4567\"}, \"log\": {\"emitMetrics\": true}, "
            + FLOWS
            + "}");
    AgentConfig valid = config.valid();
    Setting<?> endpoint = SamplePlugins.AWS.get(0);
    assertThat(valid.settings(SamplePlugins.AWS).get(endpoint)).isEqualTo("localhost:4567");
    assertThat(valid.logsMetrics()).isTrue();
  }

  @Test
  void unknownKeysOfANestedFormAreWarnedOfByTheirFullName() {
    config.write("{\"kinesis\": {\"endpiont\": \"localhost\"}, " + FLOWS + "}");
    assertThat(config.lines())
        .containsExactly(
            "1:14: warning: $.kinesis.endpiont: is not a known key; it is ignored; did you mean"
                + " kinesis.endpoint?");
  }

  @Test
  void aFindingIsOneLineWhateverTheNameOfAKeyHolds() {
    config.write("{" + FLOWS + ", \"te\\nam\\u0007\": 1}");
    assertThat(config.lines())
        .singleElement()
        .asString()
        .contains("$['te\\nam\\u0007']: is not a known key")
        .doesNotContain("\n", "\u0007");
  }

  @Test
  void theEnvironmentIsPutIntoStrings() {
    config.environment.put("STREAM", "orders");
    config.environment.put("EMPTY", "");
    config.write(
        """
        {"flows": [{
          "filePattern": "${ROOT:-/var/log}/app.log${EMPTY}",
          "kinesisStream": "${STREAM}-${EMPTY:-test}",
          "truncatedRecordTerminator": "$${x}$"
        }]}
        """);
    FlowConfig flow = config.onlyFlow();
    assertThat(flow.id()).isEqualTo("kinesis:orders-test:/var/log/app.log");
    assertThat(flow.settings().truncatedRecordTerminator()).isEqualTo("${x}$");
  }

  @Test
  void aVariableMayHoldANumber() {
    config.environment.put("AGE", "2000");
    assertThat(
            config
                .flow("\"maxBufferAgeMillis\": \"${AGE}\"")
                .onlyFlow()
                .settings()
                .maxBufferAgeMillis())
        .isEqualTo(2000);
  }

  @Test
  void flowsOfAgentDAreAppendedInTheOrderOfTheFilesNames() {
    config
        .write("{" + FLOWS + "}")
        .write("/etc/aws-kinesis/agent.d/20.json", flowNamed("b"))
        .write("/etc/aws-kinesis/agent.d/10.json", flowNamed("a"))
        .write("/etc/aws-kinesis/agent.d/15.json~", "not read")
        .write("/etc/aws-kinesis/agent.d/README", "not read");
    assertThat(config.valid().flows())
        .extracting(FlowConfig::id)
        .containsExactly("kinesis:s:/var/log/app.log", "a", "b");
  }

  @Test
  void agentDMayHoldAllFlows() {
    config.write("{}").write("/etc/aws-kinesis/agent.d/10.json", flowNamed("a"));
    assertThat(config.valid().flows()).extracting(FlowConfig::id).containsExactly("a");
  }

  @Test
  void agentWideKeysInAgentDAreWarnedOf() {
    config
        .write("{" + FLOWS + "}")
        .write("/etc/aws-kinesis/agent.d/10.json", "{\"maxOpenFiles\": 100}");
    assertThat(config.lines())
        .containsExactly(
            "/etc/aws-kinesis/agent.d/10.json:1:2: warning: $.maxOpenFiles: is not a known key; it"
                + " is ignored; a file of agent.d may hold flows only; move it to agent.json");
  }

  @Test
  void aBadFileInAgentDIsAnErrorBesideThoseOfTheMainFile() {
    config
        .write("{\"maxOpenFiles\": 1, " + FLOWS + "}")
        .write("/etc/aws-kinesis/agent.d/10.json", "{\"flows\": [}");
    assertThat(config.lines())
        .containsExactly(
            "1:18: error: $.maxOpenFiles: is out of range: 1; allowed is at least 16",
            "/etc/aws-kinesis/agent.d/10.json:1:12: error: not JSON: the array that starts in line"
                + " 1 must be closed with ]; found '}'");
  }

  @Test
  void aFlowOfAgentDMustNotHaveTheIdOfAnother() {
    config
        .write("{\"flows\": [{\"id\": \"a\", \"filePattern\": \"/a\", \"kinesisStream\": \"s\"}]}")
        .write("/etc/aws-kinesis/agent.d/10.json", flowNamed("a"));
    assertThat(config.lines())
        .containsExactly(
            "/etc/aws-kinesis/agent.d/10.json:1:19: error: $.flows[0]: has the same id as the flow"
                + " at /etc/aws-kinesis/agent.json:1: a; give one of them another id, or take it"
                + " out");
  }

  private static String flowNamed(String id) {
    return "{\"flows\": [{\"id\": \""
        + id
        + "\", \"filePattern\": \"/var/log/x.log\", \"deliveryStream\": \"d\"}]}";
  }
}
