package io.kinesisagent.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinesisagent.agent.config.FlowSettings.InitialPosition;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfigReaderTest {
  private final ConfigFixture config = new ConfigFixture();

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
}
