package io.kinesisagent.agent.config;

import io.kinesisagent.spi.Plugin;
import io.kinesisagent.spi.Setting;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A plugin that a flow names, and the object that configures it, while the flow is being read.
 *
 * @param object the plugin's own object
 * @param settings the values of that object
 */
record ChosenPlugin<T>(Plugin<T> plugin, KeyedObject object, SettingValues settings) {
  /**
   * Reads a plugin's own object and warns of keys in it that nobody declared.
   *
   * @param common keys of the object that are not the plugin's but the agent's
   */
  static <T> ChosenPlugin<T> read(
      Plugin<T> plugin, Json.Obj source, Collection<String> common, Problems problems) {
    List<String> own = new ArrayList<>(KeyedObject.names(plugin.settings()));
    own.addAll(common);
    KeyedObject object = new KeyedObject(source, own, problems);
    object.warnOfUnknown(own, key -> Optional.empty());
    return readUnchecked(plugin, object);
  }

  /** Reads a plugin's own object; keys that nobody declared are the plugin's business. */
  static <T> ChosenPlugin<T> readUnchecked(Plugin<T> plugin, KeyedObject object) {
    List<Setting<?>> declared = plugin.settings();
    return new ChosenPlugin<>(plugin, object, object.read(declared, false, Set.of()));
  }
}
