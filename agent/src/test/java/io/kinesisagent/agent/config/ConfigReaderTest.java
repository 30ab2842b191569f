package io.kinesisagent.agent.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import io.kinesisagent.agent.config.FlowSettings.InitialPosition;
import io.kinesisagent.spi.Backend;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfigReaderTest {
  private final ConfigFixture config = new ConfigFixture();

  @Test
  void whereTheStateIsIsFoundAlsoInAConfigurationThatIsNoJson() {
    ConfigFixture config = new ConfigFixture();
    config.environment.put("STATE", "/srv/state");
    config.write("{\"flows\": [ , \"checkpointFile\" : \"${STATE}/check\\u0070oints\"");
    assertThat(config.checkpointFile()).isEqualTo("/srv/state/checkpoints");
    config.write("{\"checkpointFile\": \"/srv/other\", \"flows\": [}");
    assertThat(config.checkpointFile()).isEqualTo("/srv/other");
    config.write("{\"checkpointFile\": 3, \"flows\": [}");
    assertThat(config.checkpointFile()).isEqualTo("/var/lib/aws-kinesis-agent/checkpoints");
    config.write("nothing of the kind");
    assertThat(config.checkpointFile()).isEqualTo("/var/lib/aws-kinesis-agent/checkpoints");
  }

  @Test
  void whereTheStateIsIsInDoubtWhereTheFileDoesNotTellIt() {
    assertThat(config.statePlace())
        .returns(true, StatePlace::isDefault)
        .extracting(StatePlace::doubts, LIST)
        .singleElement()
        .asString()
        .contains("there is no such file");
    for (String text :
        List.of(
            "[]",
            "{\"checkpointFile\": \"/srv/other\", \"flows\": [}",
            "{\"checkpointFile\": []}",
            "{\"checkpointFile\": \"${UNSET}/checkpoints\"}")) {
      config.write(text);
      assertThat(config.statePlace().doubts()).as(text).hasSize(1);
    }
  }

  @Test
  void whereTheStateIsIsNotInDoubtForOtherErrors() {
    config.write(
        "{\"checkpointFile\": \"/srv/other\", \"maxOpenFiles\": 1, \"flows\": [5],"
            + " \"awsSecretAccessKey\": \"${UNSET}\"}");
    config.write("/etc/aws-kinesis/agent.d/a.json", "nothing of the kind");
    assertThat(config.statePlace().doubts()).isEmpty();
    assertThat(config.checkpointFile()).isEqualTo("/srv/other");
  }

  @Test
  void noFlowReadsWhatTheAgentWritesItsOutputTo() {
    config.outputs.add(config.files.getPath("/var/log/app.log.out"));
    assertThat(config.flow("\"initialPosition\": \"START_OF_FILE\"").lines())
        .singleElement()
        .asString()
        .contains("matches /var/log/app.log.out, to which the agent's output goes");
  }

  @Test
  void anOldFileMeansWhatItMeant() {
    config.write(
        """
        {
          "cloudwatch.emitMetrics": true,
          "kinesis.endpoint": "",
          "flows": [
            {
              "filePattern": "/tmp/app.log*",
              "kinesisStream": "yourkinesisstream",
              "partitionKeyOption": "RANDOM"
            },
            {
              "filePattern": "/tmp/app.log*",
              "deliveryStream": "yourdeliverystream"
            }
          ]
        }
        """);
    AgentConfig valid = config.valid();
    assertThat(config.lines()).isEmpty();
    assertThat(valid.flows())
        .extracting(FlowConfig::id)
        .containsExactly(
            "kinesis:yourkinesisstream:/tmp/app.log*", "fh:yourdeliverystream:/tmp/app.log*");
    assertThat(valid.flows())
        .extracting(flow -> flow.destination().metricName())
        .containsExactly("KinesisStream:yourkinesisstream", "DeliveryStream:yourdeliverystream");
  }

  @Test
  void agentWideDefaultsFollowTheHost() {
    AgentConfig valid = config.flow("\"skipHeaderLines\": 1").valid();
    assertThat(valid.maxSendingThreads()).isEqualTo(48);
    assertThat(valid.maxConnections()).isEqualTo(50);
    assertThat(valid.maxMemoryBytes()).isEqualTo(ConfigFixture.HEAP_BYTES / 4);
    assertThat(valid.checkpointFile()).hasToString("/var/lib/aws-kinesis-agent/checkpoints");
    assertThat(valid.deadLetterDirectory()).hasToString("/var/lib/aws-kinesis-agent/dead-letters");
    assertThat(
            valid
                .settings(List.of(SamplePlugins.MAX_CONNECTIONS))
                .get(SamplePlugins.MAX_CONNECTIONS))
        .isEqualTo(50L);
  }

  @Test
  void flowDefaultsAreTheReferenceAgents() {
    FlowSettings flow = config.flow("\"skipHeaderLines\": 0").onlyFlow().settings();
    assertThat(flow.initialPosition()).isEqualTo(InitialPosition.END_OF_FILE);
    assertThat(flow.maxBufferAgeMillis()).isEqualTo(60_000);
    assertThat(flow.maxBufferSizeRecords()).isEqualTo(500);
    assertThat(flow.maxBufferSizeBytes()).isEqualTo(4_194_304);
    assertThat(flow.truncatedRecordTerminator()).isEqualTo("\n");
    assertThat(flow.maxInFlightBatches()).isEqualTo(100);
  }

  @Test
  void aPluginGetsItsObjectTheFlowsKeysAndTheAgents() {
    config.write(
        """
        {
          "useHttpGzip": true,
          "flows": [{
            "filePattern": "/var/log/app.log",
            "destination": {"type": "KINESIS", "stream": "orders"},
            "partitionKeyOption": "deterministic"
          }]
        }
        """);
    PluginChoice<Backend> backend = config.onlyFlow().destination().backend();
    assertThat(backend.settings().get(SamplePlugins.STREAM)).isEqualTo("orders");
    assertThat(backend.settings().json()).isEqualTo("{\"type\":\"KINESIS\",\"stream\":\"orders\"}");
    assertThat(backend.flowSettings().get(SamplePlugins.PARTITION_KEY_OPTION))
        .isEqualTo("DETERMINISTIC");
    assertThat(backend.agentSettings().get(SamplePlugins.MAX_CONNECTIONS)).isEqualTo(50L);
    assertThat(backend.agentSettings().isSet(SamplePlugins.MAX_CONNECTIONS)).isFalse();
    assertThatThrownBy(() -> backend.settings().get(SamplePlugins.DIRECTORY))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void processorsKeepTheirOrder() {
    String csv = "{\"optionName\": \"CSVTOJSON\", \"customFieldNames\": [\"a\"]}";
    String plain =
        "{\"optionName\": \"PLUGIN\", \"className\": \""
            + SamplePlugins.Forwarding.class.getName()
            + "\"}";
    assertThat(
            config
                .flow("\"dataProcessingOptions\": [" + plain + ", " + csv + "]")
                .onlyFlow()
                .processors())
        .extracting(choice -> choice.plugin().name())
        .containsExactly(SamplePlugins.Forwarding.class.getName(), "CSVTOJSON");
  }

  @Test
  void theDefaultBatchIsNoLargerThanTheDestinationTakes() {
    config.write(
        "{\"flows\": [{\"filePattern\": \"/var/log/app.log\", \"destination\": {\"type\":"
            + " \"file\", \"directory\": \"/srv/out\"}}]}");
    assertThat(config.onlyFlow().settings().maxBufferSizeBytes()).isEqualTo(1_048_576);
    assertThat(config.onlyFlow().id()).isEqualTo("file:/srv/out:/var/log/app.log");
  }

  @Test
  void aFlowsDefinitionChangesWithItsKeysAndWithTheAgentWideOnesOfItsPlugins() {
    String flows =
        "\"flows\": [{\"filePattern\": \"/var/log/app.log\", \"kinesisStream\": \"s\"}]}";
    String before = config.write("{\"maxOpenFiles\": 20, " + flows).onlyFlow().definition();
    assertThat(config.write("{ \"maxOpenFiles\": 30,\n" + flows).onlyFlow().definition())
        .isEqualTo(before);
    assertThat(config.write("{\"useHttpGzip\": true, " + flows).onlyFlow().definition())
        .isNotEqualTo(before);
    assertThat(config.flow("\"skipHeaderLines\": 1").onlyFlow().definition()).isNotEqualTo(before);
  }

  @Test
  void severalPatternsAreOneFlow() {
    config.write(
        "{\"flows\": [{\"filePattern\": [\"/var/log/a.log\", \"/srv/**/b.log\"],"
            + " \"excludePattern\": \"/srv/old/**\", \"kinesisStream\": \"s\"}]}");
    FlowConfig flow = config.onlyFlow();
    assertThat(flow.id()).isEqualTo("kinesis:s:/var/log/a.log,/srv/**/b.log");
    assertThat(flow.files().matches(config.files.getPath("/srv/x/b.log"))).isTrue();
    assertThat(flow.files().matches(config.files.getPath("/srv/old/b.log"))).isFalse();
  }
}
