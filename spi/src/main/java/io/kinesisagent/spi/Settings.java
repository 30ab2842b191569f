package io.kinesisagent.spi;

/** The values of one object of agent.json, validated against the declarations of its settings. */
public interface Settings {
  /**
   * The value of a declared setting: what the file says, else its default, else null.
   *
   * @throws IllegalArgumentException for a setting that was not declared for this object
   */
  <T> T get(Setting<T> setting);

  /** Whether the file says a value, as opposed to a default being taken. */
  boolean isSet(Setting<?> setting);

  /**
   * The whole object as it stands in the file, as JSON text: for a plugin that reads it by itself.
   */
  String json();
}
