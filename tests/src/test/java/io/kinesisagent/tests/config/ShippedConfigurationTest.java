package io.kinesisagent.tests.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.kinesisagent.agent.config.ConfigReader;
import io.kinesisagent.agent.config.ConfigResult;
import io.kinesisagent.agent.config.FlowConfig;
import io.kinesisagent.agent.config.HostFacts;
import io.kinesisagent.agent.config.PluginCatalog;
import io.kinesisagent.agent.config.Problem;
import io.kinesisagent.agent.config.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  @ParameterizedTest
  @CsvSource({
    "kinesis.region, us east, the code of a region",
    "firehose.region, 'eu_west', the code of a region",
    "cloudwatch.region, US-EAST-1, the code of a region",
    "sts.region, 'us-east-1/x', the code of a region",
    "proxy.host, 'http://h:1', proxy.port",
    "proxy.host, 'h:1', proxy.port",
    "proxy.host, 'h/path', proxy.port",
    "proxy.host, 'user:never-shown@127.0.0.1', proxy.username",
    "userAgent, 'a\\r\\nX-Other: b', without line breaks",
    "userAgentOverride, 'a\\u0000', without line breaks"
  })
  void aValueThatNoConnectionCanBeMadeFromIsAnErrorAtItsKey(
      String key, String value, String allowed, @TempDir Path directory) throws IOException {
    assertThat(read(withKey(directory, key, "\"" + value + "\"")).problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.line()).isEqualTo(2);
              assertThat(problem.severity()).isEqualTo(Severity.ERROR);
              assertThat(problem.message()).contains(allowed).doesNotContain("never-shown");
            });
  }

  @ParameterizedTest
  @CsvSource({
    "kinesis.region, '\" us-gov-west-1 \"'",
    "proxy.host, '\"proxy.example.com\"'",
    "proxy.host, '\"10.0.0.1\"'",
    "proxy.host, '\"[::1]\"'",
    "userAgent, '\"fleet/1 (blue; ü)\"'",
    "maxSendingThreads, 2147483647",
    "maxSendingThreadsPerCore, 2147483647"
  })
  void aValueThatAConnectionCanBeMadeFromIsNone(String key, String value, @TempDir Path directory)
      throws IOException {
    assertThat(read(withKey(directory, key, value)).problems()).isEmpty();
  }

  private static Path withKey(Path directory, String key, String value) throws IOException {
    return Files.writeString(
        directory.resolve("agent.json"),
        """
        {
          "%s": %s,
          "flows": [
            {"filePattern": "/var/log/app.log", "kinesisStream": "s"},
            {"filePattern": "/var/log/app.log", "deliveryStream": "s"}
          ]
        }
        """
            .formatted(key, value));
  }

  private ConfigResult read(Path file) {
    HostFacts host = new HostFacts("agent", Map.of(), 2, 256L << 20, Optional.empty(), Set.of());
    return new ConfigReader(catalog, host).read(file);
  }
}
