package io.kinesisagent.agent.config;

import io.kinesisagent.spi.Setting;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * An object of agent.json with its dotted keys made flat, read by the declarations of its settings.
 * Several owners may read the same object, each its own settings; a fault is reported once.
 */
final class KeyedObject {
  private final Json.Obj source;
  private final Problems problems;
  private final ValueReader values;
  private final Map<String, Json.Member> members = new LinkedHashMap<>();

  /**
   * @param known every key that may stand in the object: what tells a nested form of a dotted key
   *     from an object that is a value
   */
  KeyedObject(Json.Obj source, Collection<String> known, Problems problems) {
    this.source = source;
    this.problems = problems;
    this.values = new ValueReader(problems);
    flatten("", source, known);
  }

  Json.Obj source() {
    return source;
  }

  /** The member with this key in its flat form; null counts as absent. */
  Optional<Json.Member> member(String key) {
    return Optional.ofNullable(members.get(key))
        .filter(member -> !(member.value() instanceof Json.Null));
  }

  /** The member for a setting, under whichever of its spellings. */
  Optional<Json.Member> member(Setting<?> setting) {
    Optional<Json.Member> found = member(setting.name());
    for (String other : setting.otherNames()) {
      Optional<Json.Member> alias = member(other);
      if (found.isPresent() && alias.isPresent()) {
        problems.error(
            alias.get().keyAt(),
            alias.get().value().path(),
            "means the same as " + setting.name() + ", which is given too; keep one of them");
      }
      found = found.or(() -> alias);
    }
    return found;
  }

  /**
   * Reads the settings of one owner.
   *
   * @param emptyIsUnset whether an empty string counts as an absent key, for strings and regular
   *     expressions that are not told apart by {@code keepEmpty}
   */
  SettingValues read(Collection<Setting<?>> declared, boolean emptyIsUnset, Set<String> keepEmpty) {
    Map<String, Object> found = new HashMap<>();
    Set<String> names = new LinkedHashSet<>();
    for (Setting<?> setting : declared) {
      names.add(setting.name());
      Optional<Json.Member> member = member(setting);
      boolean absent =
          member.isEmpty()
              || (isEmpty(member.get().value())
                  && (setting.required() || (emptyIsUnset && !keepEmpty.contains(setting.name()))));
      if (!absent) {
        values.read(setting, member.get().value()).ifPresent(v -> found.put(setting.name(), v));
      } else if (setting.required()) {
        missing(setting, member);
      }
    }
    return new SettingValues(names, found, Map.of(), JsonText.of(source));
  }

  /**
   * Warns of every key that is not known here.
   *
   * @param elsewhere says of a key that belongs into another object where it belongs
   */
  void warnOfUnknown(Collection<String> known, Function<String, Optional<String>> elsewhere) {
    members.forEach(
        (key, member) -> {
          if (!known.contains(key)) {
            String hint =
                elsewhere
                    .apply(key)
                    .or(() -> NearestKey.of(key, known).map(near -> "did you mean " + near + "?"))
                    .map(text -> "; " + text)
                    .orElse("");
            problems.warning(
                member.keyAt(), member.value().path(), "is not a known key; it is ignored" + hint);
          }
        });
  }

  /** Every name that the settings answer to. */
  static List<String> names(Collection<Setting<?>> settings) {
    Set<String> names = new LinkedHashSet<>();
    for (Setting<?> setting : settings) {
      names.add(setting.name());
      names.addAll(setting.otherNames());
    }
    return List.copyOf(names);
  }

  private void missing(Setting<?> setting, Optional<Json.Member> empty) {
    if (empty.isPresent()) {
      problems.error(empty.get().value(), "must not be empty");
    } else {
      problems.error(source, "lacks the required key " + setting.name());
    }
  }

  private void flatten(String prefix, Json.Obj object, Collection<String> known) {
    object
        .members()
        .forEach(
            (key, member) -> {
              String name = prefix + key;
              boolean nested =
                  member.value() instanceof Json.Obj
                      && !known.contains(name)
                      && known.stream().anyMatch(other -> other.startsWith(name + "."));
              if (nested) {
                flatten(name + ".", (Json.Obj) member.value(), known);
              } else {
                put(name, member);
              }
            });
  }

  private void put(String name, Json.Member member) {
    Json.Member first = members.putIfAbsent(name, member);
    if (first != null) {
      problems.error(
          member.keyAt(),
          member.value().path(),
          "sets "
              + name
              + " a second time; it is set in line "
              + first.keyAt().line()
              + " already. Keep the flat or the nested form, not both");
    }
  }

  /** Whether it is an empty string. */
  static boolean isEmpty(Json value) {
    return value instanceof Json.Text text && text.value().isEmpty();
  }
}
