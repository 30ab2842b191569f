package io.kinesisagent.processors;

import io.kinesisagent.spi.Setting;
import io.kinesisagent.spi.Settings;
import java.util.List;
import java.util.Map;

/** The settings that several processing options have in common. */
final class CommonSettings {
  /** The counter of bytes that are not UTF-8 and became U+FFFD. */
  static final String MALFORMED_BYTES = "malformed_bytes";

  static final Setting<String> JSON_FORMAT =
      Setting.choice(
              "jsonFormat",
              List.of("COMPACT", "PRETTYPRINT"),
              "Whether JSON is written on one line without blanks, or indented over several lines.")
          .defaultTo("COMPACT");

  static final Setting<List<String>> CUSTOM_FIELD_NAMES =
      Setting.strings(
          "customFieldNames",
          "The keys of the JSON object, one for each field of a line in order.");

  static final Setting<Map<String, String>> FIELD_TYPES =
      Setting.stringMap(
              "fieldTypes",
              "The JSON type of fields by name: integer, number, boolean or string; a value that"
                  + " cannot be read as its type stays a string and is counted.")
          .defaultTo(Map.of());

  private CommonSettings() {}

  static boolean isPretty(Settings settings) {
    return settings.get(JSON_FORMAT).equals("PRETTYPRINT");
  }
}
