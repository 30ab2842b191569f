package io.kinesisagent.agent.config;

import io.kinesisagent.spi.Setting;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Refuses keys that are declared but that this version's engine does not follow. They would change
 * which bytes are sent: ignoring one would send what was to be left out, or sent otherwise.
 */
final class UnsupportedKeys {
  private static final List<Setting<?>> SETTINGS =
      List.of(
          FlowKeys.INCLUDE_LINE_PATTERN,
          FlowKeys.EXCLUDE_LINE_PATTERN,
          FlowKeys.SKIP_EMPTY_LINES,
          FlowKeys.LINE_FORMAT,
          FlowKeys.ENCODING);

  private UnsupportedKeys() {}

  static boolean contains(Setting<?> setting) {
    return SETTINGS.contains(setting);
  }

  /** Reports each that is set to anything but what the agent does anyway. */
  static void check(KeyedObject flow, SettingValues values, Charset encoding, Problems problems) {
    for (Setting<?> setting : SETTINGS) {
      boolean asAlways =
          setting == FlowKeys.ENCODING
              ? encoding.equals(StandardCharsets.UTF_8)
              : !values.isSet(setting) || values.get(setting).equals(setting.defaultValue());
      if (!asAlways) {
        Json value = flow.member(setting).orElseThrow().value();
        problems.error(value, "is not supported by this version of the agent; take it out");
      }
    }
  }
}
