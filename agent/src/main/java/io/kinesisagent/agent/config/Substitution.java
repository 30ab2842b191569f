package io.kinesisagent.agent.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts the environment into every string: <code>${NAME}</code>, <code>${NAME:-default}</code>, and
 * <code>$${</code> for a literal <code>${</code>. As in a shell, the default also stands in for an
 * empty variable.
 */
final class Substitution {
  private static final Pattern REFERENCE =
      Pattern.compile("\\$\\$\\{|\\$\\{(?:([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\\})?");

  private final Map<String, String> environment;
  private final Problems problems;

  Substitution(Map<String, String> environment, Problems problems) {
    this.environment = environment;
    this.problems = problems;
  }

  /** The same value with the environment put into its strings; keys stay as they are. */
  Json in(Json json) {
    if (json instanceof Json.Text text) {
      return in(text);
    }
    if (json instanceof Json.Array array) {
      List<Json> items = new ArrayList<>();
      array.items().forEach(item -> items.add(in(item)));
      return new Json.Array(array.at(), array.path(), items);
    }
    if (json instanceof Json.Obj object) {
      Map<String, Json.Member> members = new LinkedHashMap<>();
      object
          .members()
          .forEach(
              (key, member) ->
                  members.put(key, new Json.Member(member.keyAt(), in(member.value()))));
      return new Json.Obj(object.at(), object.path(), members);
    }
    return json;
  }

  private Json.Text in(Json.Text text) {
    if (!text.value().contains("${")) {
      return text;
    }
    StringBuilder result = new StringBuilder();
    boolean replaced = false;
    Matcher matcher = REFERENCE.matcher(text.value());
    while (matcher.find()) {
      String value = "${";
      if (matcher.group(1) != null) {
        refuseNested(matcher.group(2), text);
        replaced |= isSet(matcher.group(1));
        value = valueOf(matcher.group(1), matcher.group(2), text);
      } else if (!matcher.group().equals("$${")) {
        problems.error(
            text,
            "holds a ${ that is neither ${NAME} nor ${NAME:-default}; a literal ${ is written $${");
      }
      matcher.appendReplacement(result, Matcher.quoteReplacement(value));
    }
    matcher.appendTail(result);
    return new Json.Text(text.at(), text.path(), result.toString(), replaced);
  }

  /** The reference ends at the first brace: what follows would be taken for text. */
  private void refuseNested(String otherwise, Json.Text text) {
    if (otherwise != null && otherwise.contains("${")) {
      problems.error(
          text,
          "holds a ${ in the default of another: defaults do not nest; ${NAME:-default} takes a"
              + " plain text");
    }
  }

  private String valueOf(String name, String otherwise, Json.Text text) {
    if (otherwise != null) {
      return isSet(name) ? environment.get(name) : otherwise;
    }
    String value = environment.get(name);
    if (value == null) {
      problems.error(
          text,
          "the environment variable "
              + name
              + " is not set; set it, or give a default: ${"
              + name
              + ":-default}");
      return "${" + name + "}";
    }
    return value;
  }

  private boolean isSet(String name) {
    return !environment.getOrDefault(name, "").isEmpty();
  }
}
