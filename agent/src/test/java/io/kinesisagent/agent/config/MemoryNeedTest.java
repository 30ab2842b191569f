package io.kinesisagent.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MemoryNeedTest {
  private static final String LONG_RECORDS =
      "{\"filePattern\": \"/var/log/app.log\", \"kinesisStream\": \"s\","
          + " \"maxRecordSizeBytes\": \"10MiB\"}";

  private final ConfigFixture config = new ConfigFixture();

  @Test
  void lessMemoryThanAFlowNeedsIsRaisedAndSaid() {
    config.write("{\"maxMemoryBytes\": \"13MiB\", \"flows\": [" + LONG_RECORDS + "]}");
    assertThat(config.lines())
        .containsExactly(
            "1:20: warning: $.maxMemoryBytes: maxMemoryBytes is 13631488, less than what flow"
                + " kinesis:s:/var/log/app.log needs, whose records may have 10485760 bytes:"
                + " 13981013 is used; raise it, or lower that flow's maxRecordSizeBytes");
    long needed = MemoryNeed.of(config.valid().flows());
    assertThat(needed).isEqualTo(13_981_013);
    assertThat(needed - MemoryNeed.reserved(needed)).isEqualTo(10 << 20);
  }

  @Test
  void asMuchAsIsNeededIsSilence() {
    config.write("{\"maxMemoryBytes\": 13981013, \"flows\": [" + LONG_RECORDS + "]}");
    assertThat(config.lines()).isEmpty();
  }

  @Test
  void theDefaultOfTheSmallestHeapIsEnoughForTheLongestRecords() {
    long least =
        new HostFacts("agent", Map.of(), 1, 1, Optional.empty(), Set.of()).maxMemoryBytes();
    config.write("{\"flows\": [" + LONG_RECORDS + "]}");
    assertThat(MemoryNeed.of(config.valid().flows())).isLessThanOrEqualTo(least);
  }

  @Test
  void aDestinationWithoutThatKeyIsNotToldToLowerIt() {
    config.write(
        "{\"maxMemoryBytes\": \"1MiB\", \"flows\": [{\"filePattern\": \"/var/log/app.log\","
            + " \"destination\": {\"type\": \"file\", \"directory\": \"/srv/out\"}}]}");
    assertThat(config.lines()).singleElement().asString().endsWith(" is used; raise it");
  }
}
