package io.kinesisagent.tests.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kinesisagent.agent.config.PluginCatalog;
import io.kinesisagent.agent.config.ReferenceWriter;
import io.kinesisagent.agent.config.SchemaWriter;
import io.kinesisagent.spi.Plugin;
import io.kinesisagent.spi.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The committed schema and reference page are what the declarations say. */
class ReferenceTest {
  private static final String COMMAND =
      "mvn -q -B -pl tests -am verify -Dtest=ReferenceTest -DupdateReference=true"
          + " -Dsurefire.failIfNoSpecifiedTests=false";

  private final PluginCatalog catalog =
      PluginCatalog.load(ReferenceTest.class.getClassLoader(), Path.of("no-such-directory"));

  @Test
  void theSchemaIsWhatTheDeclarationsSay() throws IOException {
    compare(Path.of("../etc/agent.schema.json"), new SchemaWriter(catalog).write());
  }

  @Test
  void theReferencePageIsWhatTheDeclarationsSay() throws IOException {
    compare(Path.of("../docs/configuration.md"), new ReferenceWriter(catalog).write());
  }

  @Test
  void aKeyThatAPluginDeclaresTooHasOneRange() throws IOException {
    JsonNode keys = new ObjectMapper().readTree(new SchemaWriter(catalog).write());
    for (Plugin<?> plugin : plugins()) {
      for (Setting<?> setting : plugin.agentSettings()) {
        if (setting.kind() == Setting.Kind.INTEGER) {
          JsonNode number = keys.at("/properties/" + setting.name() + "/anyOf/0");
          assertThat(number.path("minimum").asLong(Long.MIN_VALUE))
              .as("least %s of %s", setting, plugin.name())
              .isEqualTo(setting.min());
          assertThat(number.path("maximum").asLong(Long.MAX_VALUE))
              .as("most %s of %s", setting, plugin.name())
              .isEqualTo(setting.max());
        }
      }
    }
  }

  private List<Plugin<?>> plugins() {
    return Stream.of(catalog.backends(), catalog.processors(), catalog.publishers())
        .<Plugin<?>>flatMap(List::stream)
        .toList();
  }

  private static void compare(Path file, String expected) throws IOException {
    if (Boolean.getBoolean("updateReference")) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, expected);
    }
    String actual = Files.exists(file) ? Files.readString(file) : "";
    assertThat(actual.equals(expected))
        .as("%s is what the declarations of the keys say; if not, run: %s", file, COMMAND)
        .isTrue();
  }
}
