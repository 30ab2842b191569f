package io.kinesisagent.agent.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenFileLimitTest {
  private static OpenFileLimit of(String soft) {
    return OpenFileLimit.of(
        List.of(
            "Limit                     Soft Limit           Hard Limit           Units",
            "Max processes             7                    7                    processes",
            "Max open files            " + soft + "                 1048576              files"));
  }

  @Test
  void theSoftLimitCounts() {
    assertThat(of("1024").files()).isEqualTo(1024);
  }

  @Test
  void withoutALimitThereAreAsManyAsAreWanted() {
    assertThat(of("unlimited").atMost(4096)).isEqualTo(4096);
    assertThat(OpenFileLimit.of(List.of()).atMost(4096)).isEqualTo(4096);
  }

  @Test
  void theAgentsOwnFilesHaveRoomBesideTheFlows() {
    assertThat(of("8192").atMost(4096)).isEqualTo(4096);
    assertThat(of("4096").atMost(4096)).isEqualTo(4096 - 256);
    assertThat(of("200").atMost(4096)).isEqualTo(16);
  }

  @Test
  void theLimitOfThisProcessIsKnown() {
    assumeTrue(Files.exists(Path.of("/proc/self/limits")));
    assertThat(OpenFileLimit.ofThisProcess().files()).isBetween(16, Integer.MAX_VALUE - 1);
  }
}
