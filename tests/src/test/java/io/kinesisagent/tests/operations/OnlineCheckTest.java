package io.kinesisagent.tests.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kinesisagent.tests.support.Answer;
import io.kinesisagent.tests.support.Command;
import io.kinesisagent.tests.support.Scene;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code check --online}: no record is sent, and what hinders is said with a status of its own. */
class OnlineCheckTest {
  @TempDir Path folder;

  @Test
  void aDestinationThatAnswersIsSaidWithItsRegionAndCredentials() {
    try (Scene scene = new Scene(folder, 91)) {
      Command checked = Command.run(scene.workspace(), "check", "--online");
      assertThat(checked.exit()).as(checked.out()).isZero();
      assertThat(checked.out())
          .contains("the region is us-east-1, from the configuration")
          .contains("credentials come from awsAccessKeyId")
          .contains(scene.server().endpoint() + " answers")
          .doesNotContain("not-a-secret");
      assertThat(scene.ledger().distinct()).isZero();
      // Without the option nobody is asked.
      long before = scene.server().requests();
      assertThat(Command.run(scene.workspace(), "check").exit()).isZero();
      assertThat(scene.server().requests()).isEqualTo(before);
    }
  }

  @Test
  void aStreamThatIsNotThereIsAFailureAndOneThatMayNotBeDescribedADoubt() {
    try (Scene scene = new Scene(folder, 92)) {
      scene.server().answerNext(new Answer.Refuse(400, "ResourceNotFoundException", "no such"));
      Command missing = Command.run(scene.workspace(), "check", "--online");
      assertThat(missing.exit()).isEqualTo(69);
      assertThat(missing.out())
          .contains("error: KinesisStream:stream: ")
          .contains("knows no stream stream in us-east-1")
          .contains("1 destination would take nothing");

      scene.server().answerNext(new Answer.Refuse(400, "AccessDeniedException", "you may not"));
      Command forbidden = Command.run(scene.workspace(), "check", "--online");
      assertThat(forbidden.exit()).isZero();
      assertThat(forbidden.out()).contains("do not allow kinesis:DescribeStreamSummary");
    }
  }

  @Test
  void anEndpointThatRefusesIsNamed() {
    try (Scene scene = new Scene(folder, 93)) {
      URI nobody = scene.server().endpoint();
      scene.server().close();
      Command checked = Command.run(scene.workspace(), "check", "--online");
      assertThat(checked.exit()).isEqualTo(69);
      assertThat(checked.out()).contains("Connection refused (endpoint " + nobody + ")");
    }
  }

  @Test
  void credentialsAndARegionThatAreNotToBeFoundAreSaid() {
    try (Scene scene = new Scene(folder, 94)) {
      ObjectNode settings = scene.settings("app*");
      settings.remove("awsAccessKeyId");
      settings.remove("awsSecretAccessKey");
      settings.remove("kinesis.region");
      scene.workspace().configure(settings);
      Map<String, String> bare =
          Map.of(
              "AWS_EC2_METADATA_DISABLED", "true",
              "AWS_REGION", "",
              "AWS_DEFAULT_REGION", "",
              "AWS_ACCESS_KEY_ID", "",
              "AWS_SECRET_ACCESS_KEY", "",
              "AWS_CONFIG_FILE", folder.resolve("none").toString(),
              "AWS_SHARED_CREDENTIALS_FILE", folder.resolve("none").toString());
      Command checked = Command.run(scene.workspace(), bare, "check", "--online");
      assertThat(checked.exit()).isEqualTo(69);
      assertThat(checked.out())
          .contains("no region is to be found: us-east-1 is taken")
          .contains("no credentials could be had")
          .doesNotContain("AwsCredentialsProviderChain");
    }
  }
}
