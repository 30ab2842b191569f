package io.kinesisagent.processors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kinesisagent.spi.InvalidSettingException;
import io.kinesisagent.spi.Processor;
import io.kinesisagent.spi.ProcessorPlugin;
import java.util.Optional;
import java.util.ServiceLoader;

/** Makes processors as the agent does: by name, from their JSON. */
final class TestProcessors {
  static final ObjectMapper MAPPER = new ObjectMapper();

  private TestProcessors() {}

  /** A processor of an option that must be right. */
  static Processor create(String json, TestContext context) {
    try {
      return create(MAPPER.readTree(json), context);
    } catch (JsonProcessingException | InvalidSettingException | JsonSettings.InvalidException e) {
      throw new IllegalArgumentException(json, e);
    }
  }

  static Processor create(JsonNode option, TestContext context)
      throws InvalidSettingException, JsonSettings.InvalidException {
    ProcessorPlugin plugin = plugin(option.path("optionName").asText());
    return plugin.create(new JsonSettings(option, plugin.settings()), context);
  }

  private static ProcessorPlugin plugin(String name) throws JsonSettings.InvalidException {
    Optional<ProcessorPlugin> found =
        ServiceLoader.load(ProcessorPlugin.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(plugin -> plugin.name().equals(name))
            .findAny();
    return found.orElseThrow(() -> new JsonSettings.InvalidException("no option " + name));
  }
}
