package io.kinesisagent.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;

class SecretsTest {
  private final ConfigFixture config = new ConfigFixture();

  @Test
  void aSecretInAFileThatOthersCanReadIsWarnedOf() throws IOException {
    write("\"key\"", "rw-r--r--");
    assertThat(config.lines())
        .containsExactly(
            "1:21: warning: $.awsAccessKeyId: is a secret in a file that every user can read; run:"
                + " chmod o-r /etc/aws-kinesis/agent.json");
  }

  @Test
  void aSecretInAFileOfItsOwnIsNot() throws IOException {
    write("\"key\"", "rw-r-----");
    assertThat(config.lines()).isEmpty();
  }

  @Test
  void aSecretFromTheEnvironmentIsNotInTheFile() throws IOException {
    config.environment.put("KEY", "key");
    write("\"${KEY}\"", "rw-r--r--");
    assertThat(config.lines()).isEmpty();
  }

  private void write(String value, String permissions) throws IOException {
    config.write(
        "{ \"awsAccessKeyId\": "
            + value
            + ", \"awsSecretAccessKey\": "
            + value
            + ", \"flows\": [{\"filePattern\": \"/var/log/app.log\", \"kinesisStream\": \"s\"}]}");
    Files.setPosixFilePermissions(config.main, PosixFilePermissions.fromString(permissions));
  }
}
