package io.kinesisagent.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretsTest {
  private final ConfigFixture config = new ConfigFixture();

  @ParameterizedTest
  @CsvSource({"agent, agent", "root, aws-kinesis-agent-user"})
  void aSecretOfTheUserThatRunsTheAgentIsTakenFromTheOthers(String user, String owner)
      throws IOException {
    write("\"key\"", "rw-r--r--", user, owner);
    assertThat(config.lines())
        .containsExactly(
            "1:21: warning: $.awsAccessKeyId: is a secret in a file that every user can read; run:"
                + " chmod o-r /etc/aws-kinesis/agent.json");
  }

  @ParameterizedTest
  @CsvSource({
    "aws-kinesis-agent-user, root, aws-kinesis-agent-user",
    "root, root, aws-kinesis-agent-user",
    "root, somebody, aws-kinesis-agent-user",
    "agent, root, agent"
  })
  void aFileOfAnotherUserIsLeftToTheAgent(String user, String owner, String reader)
      throws IOException {
    write("\"key\"", "rw-r--r--", user, owner);
    assertThat(config.lines())
        .singleElement()
        .asString()
        .endsWith(
            "run: sudo chgrp "
                + reader
                + " /etc/aws-kinesis/agent.json && sudo chmod 640 /etc/aws-kinesis/agent.json");
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
    write(value, permissions, "agent", "agent");
  }

  private void write(String value, String permissions, String user, String owner)
      throws IOException {
    config.write(
        "{ \"awsAccessKeyId\": "
            + value
            + ", \"awsSecretAccessKey\": "
            + value
            + ", \"flows\": [{\"filePattern\": \"/var/log/app.log\", \"kinesisStream\": \"s\"}]}");
    config.user = user;
    Files.setOwner(
        config.main, config.files.getUserPrincipalLookupService().lookupPrincipalByName(owner));
    Files.setPosixFilePermissions(config.main, PosixFilePermissions.fromString(permissions));
  }
}
