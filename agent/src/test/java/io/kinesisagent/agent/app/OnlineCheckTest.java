package io.kinesisagent.agent.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinesisagent.agent.config.Destination;
import io.kinesisagent.agent.config.PluginChoice;
import io.kinesisagent.spi.Backend;
import io.kinesisagent.spi.InvalidSettingException;
import io.kinesisagent.spi.Plugin;
import io.kinesisagent.spi.PluginContext;
import io.kinesisagent.spi.Setting;
import io.kinesisagent.spi.Settings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OnlineCheckTest {
  private final StringWriter out = new StringWriter();
  private final OnlineCheck check = new OnlineCheck(new PrintWriter(out, true));

  /** Makes a backend, or fails. */
  private interface Making {
    Backend make() throws InvalidSettingException;
  }

  @Test
  void aDestinationThatCannotBeAskedIsAFailureAndNoMore() {
    check.check(
        destination(
            () -> {
              throw new IllegalStateException("of a client");
            }));
    check.check(
        destination(
            () -> {
              throw new InvalidSettingException("stream", "is none");
            }));
    assertThat(out.toString().lines())
        .containsExactly(
            "error: Stream:s: it cannot be asked: java.lang.IllegalStateException: of a client",
            "error: Stream:s: stream is none");
    assertThat(check.failures()).isEqualTo(2);
  }

  private static Destination destination(Making making) {
    Plugin<Backend> plugin =
        new Plugin<>() {
          @Override
          public String name() {
            return "broken";
          }

          @Override
          public List<Setting<?>> settings() {
            return List.of();
          }

          @Override
          public Backend create(Settings settings, PluginContext context)
              throws InvalidSettingException {
            return making.make();
          }
        };
    return new Destination(
        "broken",
        "stream:s",
        "Stream:s",
        1,
        1,
        Optional.empty(),
        new PluginChoice<>(plugin, null, null, null, "flow"));
  }
}
