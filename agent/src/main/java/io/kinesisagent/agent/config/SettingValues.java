package io.kinesisagent.agent.config;

import io.kinesisagent.spi.Setting;
import io.kinesisagent.spi.Settings;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The values of one object of agent.json that were declared by one owner: the engine or a plugin.
 * Immutable.
 */
final class SettingValues implements Settings {
  private final Set<String> declared;
  private final Map<String, Object> values;
  private final Map<String, Object> computedDefaults;
  private final String json;

  /**
   * @param declared the names of the settings that may be asked for
   * @param values what the file says, by the declared name
   * @param computedDefaults defaults that depend on the host or on other keys, by name; they stand
   *     in before the declared ones
   */
  SettingValues(
      Set<String> declared,
      Map<String, Object> values,
      Map<String, Object> computedDefaults,
      String json) {
    this.declared = Set.copyOf(declared);
    this.values = Map.copyOf(values);
    this.computedDefaults = Map.copyOf(computedDefaults);
    this.json = json;
  }

  /** The same with other defaults. */
  SettingValues withDefaults(Map<String, Object> defaults) {
    Map<String, Object> merged = new HashMap<>(computedDefaults);
    merged.putAll(defaults);
    return new SettingValues(declared, values, merged, json);
  }

  Map<String, Object> computedDefaults() {
    return computedDefaults;
  }

  @Override
  public <T> T get(Setting<T> setting) {
    checkDeclared(setting);
    Object value = values.get(setting.name());
    if (value == null) {
      value = computedDefaults.get(setting.name());
    }
    return value == null ? setting.defaultValue() : setting.cast(value);
  }

  @Override
  public boolean isSet(Setting<?> setting) {
    checkDeclared(setting);
    return values.containsKey(setting.name());
  }

  @Override
  public String json() {
    return json;
  }

  private void checkDeclared(Setting<?> setting) {
    if (!declared.contains(setting.name())) {
      throw new IllegalArgumentException(setting + " was not declared for this object");
    }
  }
}
