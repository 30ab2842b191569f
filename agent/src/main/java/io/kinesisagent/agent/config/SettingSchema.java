package io.kinesisagent.agent.config;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kinesisagent.spi.Setting;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The JSON Schema of one setting: what {@link ValueReader} takes. A string that takes a part from
 * the environment may become anything, so it always passes.
 */
final class SettingSchema {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FROM_ENVIRONMENT = "|\\$\\{";
  private static final String INTEGER = "^\\s*[+-]?[0-9]+([Ee][+]?[0-9]+)?\\s*$" + FROM_ENVIRONMENT;
  private static final String BYTES =
      "^\\s*[0-9]+(\\.[0-9]+)?([Ee][+]?[0-9]+)?\\s*(([KkMmGg][Ii]?)?[Bb])?\\s*$" + FROM_ENVIRONMENT;

  /** What stands for an absent key, where the key need not be there. */
  enum Absent {
    /** Null alone: in an object of a plugin's own an empty string is a value. */
    NULL,
    /** Null or an empty string. */
    NULL_OR_EMPTY
  }

  private SettingSchema() {}

  static void write(Setting<?> setting, Absent absent, ObjectNode into) {
    into.put("description", setting.description());
    switch (setting.kind()) {
      case STRING -> {
        stringOrNumber(into);
        setting
            .form()
            .ifPresent(form -> into.put("pattern", "^(" + form.regex() + ")$" + FROM_ENVIRONMENT));
      }
      case INTEGER -> number(setting, into, INTEGER);
      case BYTES -> number(setting, into, BYTES);
      case BOOLEAN -> {
        ArrayNode anyOf = into.putArray("anyOf");
        anyOf.addObject().put("type", "boolean");
        anyOf.addObject().putArray("enum").add(0).add(1);
        text(
            anyOf.addObject(),
            anyCase(Stream.concat(ValueReader.TRUE.stream(), ValueReader.FALSE.stream()).toList()));
      }
      case CHOICE -> choice(setting.choices(), into);
      case STRINGS -> {
        ArrayNode anyOf = into.putArray("anyOf");
        stringOrNumber(anyOf.addObject());
        stringOrNumber(anyOf.addObject().put("type", "array").putObject("items"));
      }
      case CHOICES -> {
        ArrayNode anyOf = into.putArray("anyOf");
        choice(setting.choices(), anyOf.addObject());
        choice(setting.choices(), anyOf.addObject().put("type", "array").putObject("items"));
      }
      case PATTERN -> into.put("format", "regex").putArray("type").add("string");
      case JSON -> {}
      case STRING_MAP -> {
        ArrayNode anyOf = into.putArray("anyOf");
        anyOf
            .addObject()
            .put("type", "object")
            .putObject("additionalProperties")
            .putArray("type")
            .add("string")
            .add("number")
            .add("boolean");
      }
    }
    if (!setting.required()) {
      orAbsent(absent, into);
    }
    if (setting.defaultValue() != null && setting.kind() != Setting.Kind.JSON) {
      into.set("default", JSON.valueToTree(plain(setting.defaultValue())));
    }
    if (setting.secret()) {
      into.put("writeOnly", true);
    }
  }

  /** Lets a value be null, and empty where that says the same. */
  static void orAbsent(Absent absent, ObjectNode into) {
    if (into.get("type") instanceof ArrayNode types) {
      types.add("null");
      if (absent == Absent.NULL_OR_EMPTY && into.has("pattern")) {
        into.put("pattern", into.get("pattern").textValue() + "|^$");
      }
    } else if (into.get("anyOf") instanceof ArrayNode anyOf) {
      anyOf.addObject().put("type", "null");
      if (absent == Absent.NULL_OR_EMPTY) {
        anyOf.addObject().put("type", "string").put("maxLength", 0);
      }
    }
  }

  /** One of several words in any case; the list comes first, for editors that complete it. */
  static void choice(List<String> choices, ObjectNode into) {
    ArrayNode anyOf = into.putArray("anyOf");
    ArrayNode words = anyOf.addObject().putArray("enum");
    choices.forEach(words::add);
    text(anyOf.addObject(), anyCase(choices));
  }

  private static Object plain(Object value) {
    return value instanceof Pattern pattern ? pattern.pattern() : value;
  }

  private static void stringOrNumber(ObjectNode into) {
    into.putArray("type").add("string").add("number");
  }

  private static void number(Setting<?> setting, ObjectNode into, String pattern) {
    ArrayNode anyOf = into.putArray("anyOf");
    ObjectNode integer = anyOf.addObject().put("type", "integer").put("minimum", setting.min());
    if (setting.max() < Long.MAX_VALUE) {
      integer.put("maximum", setting.max());
    }
    text(anyOf.addObject(), pattern);
  }

  private static void text(ObjectNode into, String pattern) {
    into.put("type", "string").put("pattern", pattern);
  }

  /** A regular expression of JavaScript, which has no flag within a pattern. */
  private static String anyCase(List<String> words) {
    return words.stream()
            .map(
                word -> word.chars().mapToObj(SettingSchema::anyCase).collect(Collectors.joining()))
            .collect(Collectors.joining("|", "^\\s*(", ")\\s*$"))
        + FROM_ENVIRONMENT;
  }

  private static String anyCase(int c) {
    return Character.isLetter(c)
        ? "["
            + Character.toString(Character.toUpperCase(c))
            + Character.toString(Character.toLowerCase(c))
            + "]"
        : Character.toString(c);
  }
}
