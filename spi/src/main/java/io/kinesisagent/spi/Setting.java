package io.kinesisagent.spi;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The declaration of one key of agent.json: its name, type, range, default and meaning. The
 * validation, the JSON Schema and the reference page are all made from these declarations.
 *
 * @param <T> the type of the value in Java
 */
public final class Setting<T> {
  /** How a value is written in JSON, and what it becomes. */
  public enum Kind {
    /** A string. */
    STRING,
    /** A whole number within {@link #min()} and {@link #max()}; a {@link Long}. */
    INTEGER,
    /** {@code true} or {@code false}; a {@link Boolean}. */
    BOOLEAN,
    /** One of {@link #choices()}, whatever its case; a string, in the case of its declaration. */
    CHOICE,
    /** An array of strings, or one string; a {@code List<String>}. */
    STRINGS,
    /** An array of {@link #choices()}, or one; a {@code List<String>}. */
    CHOICES,
    /** A regular expression that must compile; a {@link Pattern}. */
    PATTERN,
    /** A number of bytes, or a string such as {@code 64MiB}; a {@link Long}. */
    BYTES,
    /** Any JSON value; its text, as a string. */
    JSON,
    /** An object of strings; a {@code Map<String, String>} in the order of the file. */
    STRING_MAP
  }

  /**
   * The form that a string must have.
   *
   * @param regex what the whole string matches, in the syntax that Java and JSON Schema share
   * @param allowed what that is in words, behind "must be"; the value itself is not repeated
   */
  public record Form(Pattern regex, String allowed) {
    /** Whether a text has it. */
    public boolean fits(String text) {
      return regex.matcher(text).matches();
    }
  }

  private final String name;
  private final Kind kind;
  private final Class<?> type;
  private final T defaultValue;
  private final boolean required;
  private final long min;
  private final long max;
  private final List<String> choices;
  private final boolean secret;
  private final List<String> otherNames;
  private final Form form;
  private final String description;

  private Setting(
      String name,
      Kind kind,
      Class<?> type,
      T defaultValue,
      boolean required,
      long min,
      long max,
      List<String> choices,
      boolean secret,
      List<String> otherNames,
      Form form,
      String description) {
    this.name = Objects.requireNonNull(name, "name");
    this.kind = kind;
    this.type = type;
    this.defaultValue = defaultValue;
    this.required = required;
    this.min = min;
    this.max = max;
    this.choices = List.copyOf(choices);
    this.secret = secret;
    this.otherNames = List.copyOf(otherNames);
    this.form = form;
    this.description = description;
  }

  private static <T> Setting<T> of(
      String name,
      Kind kind,
      Class<?> type,
      long min,
      long max,
      List<String> choices,
      String description) {
    return new Setting<>(
        name, kind, type, null, false, min, max, choices, false, List.of(), null, description);
  }

  private Setting<T> with(
      T newDefault, boolean isRequired, boolean isSecret, List<String> others, Form newForm) {
    return new Setting<>(
        name,
        kind,
        type,
        newDefault,
        isRequired,
        min,
        max,
        choices,
        isSecret,
        others,
        newForm,
        description);
  }

  public static Setting<String> string(String name, String description) {
    return of(name, Kind.STRING, String.class, 0, Integer.MAX_VALUE, List.of(), description);
  }

  /**
   * A whole number.
   *
   * @param min least value allowed
   * @param max most value allowed; {@link Long#MAX_VALUE} for no bound
   */
  public static Setting<Long> integer(String name, long min, long max, String description) {
    return of(name, Kind.INTEGER, Long.class, min, max, List.of(), description);
  }

  public static Setting<Boolean> bool(String name, String description) {
    return of(name, Kind.BOOLEAN, Boolean.class, 0, 0, List.of(), description);
  }

  public static Setting<String> choice(String name, List<String> choices, String description) {
    return of(name, Kind.CHOICE, String.class, 0, 0, choices, description);
  }

  public static Setting<List<String>> strings(String name, String description) {
    return of(name, Kind.STRINGS, List.class, 0, Integer.MAX_VALUE, List.of(), description);
  }

  public static Setting<List<String>> choices(
      String name, List<String> choices, String description) {
    return of(name, Kind.CHOICES, List.class, 0, Integer.MAX_VALUE, choices, description);
  }

  public static Setting<Pattern> pattern(String name, String description) {
    return of(name, Kind.PATTERN, Pattern.class, 0, 0, List.of(), description);
  }

  /**
   * A number of bytes.
   *
   * @param min least number of bytes allowed
   * @param max most bytes allowed; {@link Long#MAX_VALUE} for no bound
   */
  public static Setting<Long> bytes(String name, long min, long max, String description) {
    return of(name, Kind.BYTES, Long.class, min, max, List.of(), description);
  }

  public static Setting<String> json(String name, String description) {
    return of(name, Kind.JSON, String.class, 0, 0, List.of(), description);
  }

  public static Setting<Map<String, String>> stringMap(String name, String description) {
    return of(name, Kind.STRING_MAP, Map.class, 0, 0, List.of(), description);
  }

  /** The same with a value to take where the key is absent. */
  public Setting<T> defaultTo(T value) {
    return with(value, false, secret, otherNames, form);
  }

  /** The same, as an error where absent. */
  public Setting<T> require() {
    return with(null, true, secret, otherNames, form);
  }

  /** The same, never printed, and a reason to warn when others can read the file. */
  public Setting<T> hidden() {
    return with(defaultValue, required, true, otherNames, form);
  }

  /** The same, with another spelling that means it too. */
  public Setting<T> alsoNamed(String other) {
    return with(defaultValue, required, secret, List.of(other), form);
  }

  /**
   * The same string, as an error where it does not have a form.
   *
   * @param regex what the whole string matches, in the syntax that Java and JSON Schema share
   * @param allowed what that is in words, behind "must be"
   */
  public Setting<T> matching(String regex, String allowed) {
    Form wanted = new Form(Pattern.compile(regex), allowed);
    return with(defaultValue, required, secret, otherNames, wanted);
  }

  public String name() {
    return name;
  }

  public Kind kind() {
    return kind;
  }

  /** The value where the key is absent, or null. */
  public T defaultValue() {
    return defaultValue;
  }

  public boolean required() {
    return required;
  }

  public long min() {
    return min;
  }

  public long max() {
    return max;
  }

  /** The values allowed, for {@link Kind#CHOICE} and {@link Kind#CHOICES}. */
  public List<String> choices() {
    return choices;
  }

  public boolean secret() {
    return secret;
  }

  /** Other spellings of the key. */
  public List<String> otherNames() {
    return otherNames;
  }

  /** The form that a {@link Kind#STRING} must have, if there is one. */
  public Optional<Form> form() {
    return Optional.ofNullable(form);
  }

  /** What the key means, in a sentence. */
  public String description() {
    return description;
  }

  /**
   * Takes a value that was made for this setting back to its type.
   *
   * @throws ClassCastException where it was not
   */
  @SuppressWarnings("unchecked")
  public T cast(Object value) {
    return (T) type.cast(value);
  }

  @Override
  public String toString() {
    return name;
  }
}
