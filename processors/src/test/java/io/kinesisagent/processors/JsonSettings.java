package io.kinesisagent.processors;

import com.fasterxml.jackson.databind.JsonNode;
import io.kinesisagent.spi.Setting;
import io.kinesisagent.spi.Settings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Settings of a JSON object, validated by their declarations as the agent does it. */
final class JsonSettings implements Settings {
  /** What is wrong with a value. */
  static final class InvalidException extends Exception {
    private static final long serialVersionUID = 1;

    InvalidException(String message) {
      super(message);
    }
  }

  private static final Set<String> READ_BY_THE_AGENT = Set.of("optionName", "className");

  private final JsonNode object;
  private final Map<String, Object> values = new HashMap<>();
  private final List<Setting<?>> declared;

  JsonSettings(JsonNode object, List<Setting<?>> declared) throws InvalidException {
    this.object = object;
    this.declared = declared;
    Set<String> known = new java.util.HashSet<>(READ_BY_THE_AGENT);
    for (Setting<?> setting : declared) {
      known.add(setting.name());
      JsonNode value = object.get(setting.name());
      if (value != null) {
        values.put(setting.name(), read(setting, value));
      } else if (setting.required()) {
        throw new InvalidException(setting.name() + " is required");
      }
    }
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      if (!known.contains(member.getKey())) {
        throw new InvalidException("unknown key " + member.getKey());
      }
    }
  }

  @Override
  public <T> T get(Setting<T> setting) {
    if (!declared.contains(setting)) {
      throw new IllegalArgumentException(setting.name() + " is not declared");
    }
    Object value = values.get(setting.name());
    return value == null ? setting.defaultValue() : setting.cast(value);
  }

  @Override
  public boolean isSet(Setting<?> setting) {
    return values.containsKey(setting.name());
  }

  @Override
  public String json() {
    return object.toString();
  }

  private static Object read(Setting<?> setting, JsonNode value) throws InvalidException {
    return switch (setting.kind()) {
      case STRING -> text(setting, value);
      case INTEGER, BYTES -> number(setting, value);
      case BOOLEAN -> bool(setting, value);
      case CHOICE -> choice(setting, value);
      case STRINGS -> {
        List<String> texts = new ArrayList<>();
        for (JsonNode element : elements(value)) {
          texts.add(text(setting, element));
        }
        yield texts;
      }
      case CHOICES -> {
        List<String> choices = new ArrayList<>();
        for (JsonNode element : elements(value)) {
          choices.add(choice(setting, element));
        }
        yield choices;
      }
      case PATTERN -> pattern(setting, value);
      case JSON -> value.toString();
      case STRING_MAP -> {
        Map<String, String> map = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> member : value.properties()) {
          map.put(member.getKey(), text(setting, member.getValue()));
        }
        yield map;
      }
    };
  }

  private static Iterable<JsonNode> elements(JsonNode value) {
    return value.isArray() ? value : List.of(value);
  }

  private static String text(Setting<?> setting, JsonNode value) throws InvalidException {
    if (!value.isTextual()) {
      throw new InvalidException(setting.name() + " must be a string");
    }
    return value.textValue();
  }

  private static Long number(Setting<?> setting, JsonNode value) throws InvalidException {
    long number = value.asLong(Long.MIN_VALUE);
    if (number < setting.min() || number > setting.max()) {
      throw new InvalidException(setting.name() + " is out of range");
    }
    return number;
  }

  private static Boolean bool(Setting<?> setting, JsonNode value) throws InvalidException {
    return switch (value.asText()) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new InvalidException(setting.name() + " must be true or false");
    };
  }

  private static String choice(Setting<?> setting, JsonNode value) throws InvalidException {
    String text = text(setting, value);
    for (String choice : setting.choices()) {
      if (choice.equalsIgnoreCase(text)) {
        return choice;
      }
    }
    throw new InvalidException(setting.name() + " must be one of " + setting.choices());
  }

  private static Pattern pattern(Setting<?> setting, JsonNode value) throws InvalidException {
    try {
      return Pattern.compile(text(setting, value));
    } catch (PatternSyntaxException e) {
      throw new InvalidException(setting.name() + ": " + e.getMessage());
    }
  }
}
