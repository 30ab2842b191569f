package io.kinesisagent.agent.config;

import io.kinesisagent.spi.Setting;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Turns one JSON value into what its setting's declaration says, or reports why it is not that. */
final class ValueReader {
  /** What stands for true, in any case, beside the boolean of JSON; likewise for false. */
  static final List<String> TRUE = List.of("true", "yes", "t", "y", "1");

  static final List<String> FALSE = List.of("false", "no", "f", "n", "0");

  private final Problems problems;

  ValueReader(Problems problems) {
    this.problems = problems;
  }

  /** The value in Java, or nothing where it is wrong; then a problem says so. */
  Optional<Object> read(Setting<?> setting, Json json) {
    if (problems.isReported(json.at())) {
      return Optional.empty();
    }
    return switch (setting.kind()) {
      case STRING -> text(setting, json);
      case INTEGER -> integer(setting, json);
      case BOOLEAN -> bool(setting, json);
      case CHOICE -> choice(setting, json);
      case STRINGS -> list(setting, json, "a string, or an array of strings");
      case CHOICES -> list(setting, json, "one or an array of " + allowed(setting));
      case PATTERN -> pattern(setting, json);
      case BYTES -> bytes(setting, json);
      case JSON -> Optional.of(JsonText.of(json));
      case STRING_MAP -> stringMap(setting, json);
    };
  }

  /** The values of a choice, for a message. */
  static String allowed(Setting<?> setting) {
    return String.join(", ", setting.choices());
  }

  /** The range of a number, for a message and for the reference page. */
  static String range(Setting<?> setting) {
    return setting.max() == Long.MAX_VALUE
        ? "at least " + setting.min()
        : setting.min() + " to " + setting.max();
  }

  /** A string of the wrong form is not repeated: it may hold a password. */
  private Optional<Object> text(Setting<?> setting, Json json) {
    Optional<String> text = string(setting, json, "must be a string");
    Optional<Setting.Form> form = setting.form();
    if (text.isPresent() && form.isPresent() && !form.get().fits(text.get())) {
      problems.error(json, "must be " + form.get().allowed());
      return Optional.empty();
    }
    return text.map(Object.class::cast);
  }

  private Optional<String> string(Setting<?> setting, Json json, String must) {
    if (json instanceof Json.Text text) {
      return Optional.of(text.value());
    }
    if (json instanceof Json.Numeral number) {
      return Optional.of(number.text());
    }
    return wrong(setting, json, must);
  }

  private Optional<Object> integer(Setting<?> setting, Json json) {
    String must = "must be a whole number, " + range(setting);
    Optional<String> text = string(setting, json, must);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    long value;
    try {
      value = new BigDecimal(text.get().strip()).longValueExact();
    } catch (NumberFormatException notNumber) {
      return wrong(setting, json, must);
    } catch (ArithmeticException notWhole) {
      return wrong(setting, json, must);
    }
    return inRange(setting, json, value, "is out of range: " + value + "; allowed is ");
  }

  private Optional<Object> bytes(Setting<?> setting, Json json) {
    String must = "must be a number of bytes, such as 67108864 or \"64MiB\"";
    Optional<String> text = string(setting, json, must);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    OptionalLong value = ByteSize.parse(text.get());
    if (value.isEmpty()) {
      return wrong(setting, json, must);
    }
    return inRange(
        setting,
        json,
        value.getAsLong(),
        "is out of range: " + value.getAsLong() + " bytes; allowed is ");
  }

  private Optional<Object> inRange(Setting<?> setting, Json json, long value, String message) {
    if (value < setting.min() || value > setting.max()) {
      problems.error(json, message + range(setting));
      return Optional.empty();
    }
    return Optional.of(value);
  }

  private Optional<Object> bool(Setting<?> setting, Json json) {
    if (json instanceof Json.Bool bool) {
      return Optional.of(bool.value());
    }
    String must = "must be true (or yes, t, y, 1) or false (or no, f, n, 0)";
    Optional<String> text = string(setting, json, must);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    String word = text.get().strip().toLowerCase(Locale.ROOT);
    return TRUE.contains(word) || FALSE.contains(word)
        ? Optional.of(TRUE.contains(word))
        : wrong(setting, json, must);
  }

  private Optional<Object> choice(Setting<?> setting, Json json) {
    String must = "must be one of " + allowed(setting);
    Optional<String> text = string(setting, json, must);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    for (String choice : setting.choices()) {
      if (choice.equalsIgnoreCase(text.get().strip())) {
        return Optional.of(choice);
      }
    }
    String hint =
        NearestKey.of(text.get(), setting.choices())
            .map(nearest -> "; did you mean " + nearest + "?")
            .orElse("");
    problems.error(json, must + shown(setting, json) + hint);
    return Optional.empty();
  }

  private Optional<Object> list(Setting<?> setting, Json json, String must) {
    List<Json> items = json instanceof Json.Array array ? array.items() : List.of(json);
    List<String> values = new ArrayList<>();
    for (Json item : items) {
      Optional<?> value =
          setting.kind() == Setting.Kind.CHOICES
              ? choice(setting, item)
              : string(setting, item, "must be " + must);
      if (value.isEmpty()) {
        return Optional.empty();
      }
      values.add((String) value.get());
    }
    return Optional.of(List.copyOf(values));
  }

  private Optional<Object> pattern(Setting<?> setting, Json json) {
    if (!(json instanceof Json.Text text)) {
      return wrong(setting, json, "must be a regular expression, as a string");
    }
    try {
      return Optional.of(Pattern.compile(text.value()));
    } catch (PatternSyntaxException e) {
      problems.error(
          json,
          "is no regular expression: "
              + e.getDescription()
              + (e.getIndex() < 0 ? "" : " at character " + (e.getIndex() + 1))
              + shown(setting, json));
      return Optional.empty();
    }
  }

  private Optional<Object> stringMap(Setting<?> setting, Json json) {
    if (!(json instanceof Json.Obj object)) {
      return wrong(setting, json, "must be an object of strings");
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (Map.Entry<String, Json.Member> member : object.members().entrySet()) {
      Json value = member.getValue().value();
      Optional<String> text =
          value instanceof Json.Bool bool
              ? Optional.of(Boolean.toString(bool.value()))
              : string(setting, value, "must be a string");
      if (text.isEmpty()) {
        return Optional.empty();
      }
      values.put(member.getKey(), text.get());
    }
    return Optional.of(Collections.unmodifiableMap(values));
  }

  private <T> Optional<T> wrong(Setting<?> setting, Json json, String must) {
    problems.error(json, must + shown(setting, json));
    return Optional.empty();
  }

  private static String shown(Setting<?> setting, Json json) {
    String is = ", but is ";
    if (setting.secret()) {
      return is + json.kind();
    }
    if (json instanceof Json.Text text) {
      return is + (text.fromEnvironment() ? "(from the environment) " : "") + quoted(text.value());
    }
    if (json instanceof Json.Numeral number) {
      return is + number.text();
    }
    return is + (json instanceof Json.Bool bool ? Boolean.toString(bool.value()) : json.kind());
  }

  private static String quoted(String text) {
    return '"' + (text.length() > 60 ? text.substring(0, 60) + "…" : text) + '"';
  }
}
