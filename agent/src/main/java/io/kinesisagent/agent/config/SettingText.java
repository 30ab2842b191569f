package io.kinesisagent.agent.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kinesisagent.spi.Setting;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A setting's type and default in words, for the reference page. */
final class SettingText {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, String> COMPUTED =
      Map.of(
          AgentKeys.MAX_SENDING_THREADS.name(),
          "max(2, `maxSendingThreadsPerCore` × processors)",
          AgentKeys.MAX_CONNECTIONS.name(),
          "max(50, `maxSendingThreads`)",
          AgentKeys.MAX_MEMORY_BYTES.name(),
          "a quarter of the heap, at least 16MiB",
          AgentKeys.DEAD_LETTER_DIRECTORY.name(),
          "`dead-letters` beside the checkpoint file",
          FlowKeys.MAX_IN_FLIGHT_BATCHES.name(),
          "`publishQueueCapacity`");

  private SettingText() {}

  static String type(Setting<?> setting) {
    return switch (setting.kind()) {
      case STRING ->
          (setting.secret() ? "string, a secret" : "string")
              + setting.form().map(form -> ": " + form.allowed()).orElse("");
      case INTEGER -> "integer, " + ValueReader.range(setting);
      case BOOLEAN -> "boolean";
      case CHOICE -> choices(setting);
      case STRINGS -> "string, or array of them";
      case CHOICES -> "array of " + choices(setting);
      case PATTERN -> "regular expression";
      case BYTES -> "bytes, such as `64MiB`, " + ValueReader.range(setting);
      case JSON -> isComposed(setting) ? "see its meaning" : "any JSON";
      case STRING_MAP -> "object of strings";
    };
  }

  static String defaultOf(Setting<?> setting) {
    Object value = setting.defaultValue();
    if (value != null && !List.of("", List.of(), Map.of()).contains(value)) {
      return "`" + (setting.kind() == Setting.Kind.STRING ? quoted(value) : value) + "`";
    }
    String computed = COMPUTED.get(setting.name());
    return computed != null ? computed : setting.required() ? "required" : "";
  }

  private static boolean isComposed(Setting<?> setting) {
    return List.of(AgentKeys.FLOWS, FlowKeys.DESTINATION, FlowKeys.DATA_PROCESSING_OPTIONS)
        .contains(setting);
  }

  private static String choices(Setting<?> setting) {
    return setting.choices().stream()
        .map(choice -> "`" + choice + "`")
        .collect(Collectors.joining(", "));
  }

  private static String quoted(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("a string is always JSON", e);
    }
  }
}
