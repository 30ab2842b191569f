package io.kinesisagent.tests.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.kinesisagent.agent.config.ConfigReader;
import io.kinesisagent.agent.config.ConfigResult;
import io.kinesisagent.agent.config.FlowConfig;
import io.kinesisagent.agent.config.HostFacts;
import io.kinesisagent.agent.config.PluginCatalog;
import io.kinesisagent.agent.config.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Configurations with the plugins that are shipped. */
class ShippedConfigurationTest {
  private final PluginCatalog catalog =
      PluginCatalog.load(getClass().getClassLoader(), Path.of("no-such-directory"));

  @Test
  void theDefaultFileIsValidAndItsExamplesMatchNothing() {
    ConfigResult result = read(Path.of("../etc/agent.json"));
    assertThat(result.problems()).isEmpty();
    assertThat(result).isInstanceOf(ConfigResult.Valid.class);
    assertThat(((ConfigResult.Valid) result).config().flows())
        .extracting(FlowConfig::id)
        .containsExactly(
            "kinesis:yourkinesisstream:/var/log/your-application/app.log*",
            "fh:yourdeliverystream:/var/log/your-application/app.log*");
    assertThat(Path.of("/var/log/your-application")).doesNotExist();
  }

  @Test
  void noPluginFailsToLoad() {
    assertThat(catalog.failures()).isEmpty();
  }

  @Test
  void whatOnlyAPluginFindsWrongStandsAtItsKey(@TempDir Path directory) throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("agent.json"),
            """
            {
              "flows": [
                {
                  "filePattern": "/var/log/app.log",
                  "destination": {"type": "file", "directory": "/srv/out", "prefix": "a/b"}
                },
                {
                  "filePattern": "/var/log/app.log",
                  "destination": {"type": "stdout"},
                  "dataProcessingOptions": [
                    {"optionName": "LOGTOJSON", "logFormat": "SYSLOG", "customFieldNames": ["a"]}
                  ]
                }
              ]
            }
            """);
    assertThat(read(file).problems())
        .extracting(Problem::line, Problem::jsonPath)
        .containsExactly(
            tuple(5, "$.flows[0].destination.prefix"),
            tuple(11, "$.flows[1].dataProcessingOptions[0].customFieldNames"));
  }

  private ConfigResult read(Path file) {
    HostFacts host = new HostFacts("agent", Map.of(), 2, 256L << 20, Optional.empty());
    return new ConfigReader(catalog, host).read(file);
  }
}
