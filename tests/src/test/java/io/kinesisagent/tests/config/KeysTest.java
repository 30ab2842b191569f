package io.kinesisagent.tests.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The promised keys, written down by themselves, against the schema, which ReferenceTest holds
 * against the declarations: none is renamed, narrowed or given another default by the way.
 */
class KeysTest {
  private static final Path SCHEMA = Path.of("../etc/agent.schema.json");

  /** One promise. */
  record Key(String where, String name, String kind, String preset, String range) {
    @Override
    public String toString() {
      return where + " " + name;
    }
  }

  static Stream<Key> keys() {
    try (BufferedReader table =
        new BufferedReader(
            new InputStreamReader(
                KeysTest.class.getResourceAsStream("keys.txt"), StandardCharsets.UTF_8))) {
      List<Key> keys = new ArrayList<>();
      for (String line : table.lines().filter(text -> !text.startsWith("#")).toList()) {
        String[] words = line.split(" +");
        assertThat(words).as(line).hasSize(5);
        keys.add(new Key(words[0], words[1], words[2], words[3], words[4]));
      }
      return keys.stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("keys")
  void eachKeyIsTakenWithItsDefaultAndItsRange(Key key) throws IOException {
    JsonNode declared = properties(key.where()).path(key.name());
    assertThat(declared.isObject()).as("%s is known", key).isTrue();
    TreeSet<String> presets = new TreeSet<>();
    declared.findValues("default").forEach(value -> presets.add(text(value)));
    presets.removeAll(List.of("", "[]", "{}"));
    // Destinations may differ in a default; then each has its own, and there is none for the key.
    String preset = presets.size() == 1 ? presets.first() : "-";
    assertThat(preset).as("default of %s", key).isEqualTo(key.preset());
    switch (key.kind()) {
      case "integer" -> assertThat(range(declared)).as("range of %s", key).isEqualTo(key.range());
      case "words" ->
          assertThat(words(declared))
              .as("words of %s", key)
              .containsExactlyElementsOf(List.of(key.range().split(",")));
      case "boolean" -> assertThat(declared.toString()).contains("\"boolean\"");
      case "string" ->
          assertThat(declared.findValuesAsText("type").toString() + declared).contains("string");
      case "strings" -> assertThat(declared.toString()).contains("\"array\"", "\"string\"");
      case "any" -> {
        if (!key.range().equals("-")) {
          assertThat(words(declared)).contains(key.range().split(","));
        }
      }
      default -> throw new AssertionError("no such kind: " + key.kind());
    }
  }

  @Test
  void noKeyIsTakenThatIsNotInTheTable() throws IOException {
    // Nested forms stand beside the dotted ones in the schema.
    for (String where : List.of("agent", "flow")) {
      List<String> promised =
          keys().filter(key -> key.where().equals(where)).map(Key::name).toList();
      List<String> more = new ArrayList<>();
      properties(where)
          .fieldNames()
          .forEachRemaining(
              name -> {
                boolean nested = promised.stream().anyMatch(key -> key.startsWith(name + "."));
                if (!promised.contains(name) && !nested) {
                  more.add(name);
                }
              });
      assertThat(more)
          .as("keys of %s beside the promised ones", where)
          .containsExactlyElementsOf(
              where.equals("agent") ? List.of("flows") : List.of("maxInFlightBatches"));
    }
  }

  private static JsonNode properties(String where) throws IOException {
    JsonNode schema = new ObjectMapper().readTree(Files.readString(SCHEMA));
    JsonNode flow = schema.at("/definitions/flow/properties");
    if (where.equals("agent")) {
      return schema.path("properties");
    }
    if (where.equals("flow")) {
      return flow;
    }
    for (JsonNode option : flow.at("/dataProcessingOptions/anyOf/0/items/anyOf")) {
      if (words(option.at("/properties/optionName")).contains(where)) {
        return option.path("properties");
      }
    }
    throw new AssertionError("there is no processor " + where);
  }

  private static List<String> words(JsonNode declared) {
    List<String> words = new ArrayList<>();
    for (JsonNode set : declared.findValues("enum")) {
      for (JsonNode word : set) {
        if (!words.contains(word.asText())) {
          words.add(word.asText());
        }
      }
    }
    return words;
  }

  /** What any form of the key takes; a bound that no number of a file comes near is none. */
  private static String range(JsonNode declared) {
    long least = Long.MAX_VALUE;
    for (JsonNode bound : declared.findValues("minimum")) {
      least = Math.min(least, bound.asLong());
    }
    long most = Long.MIN_VALUE;
    for (JsonNode bound : declared.findValues("maximum")) {
      most = Math.max(most, bound.asLong());
    }
    boolean open = most == Long.MIN_VALUE || most == Integer.MAX_VALUE;
    return least + ".." + (open ? "" : Long.toString(most));
  }

  private static String text(JsonNode value) {
    return value.isTextual() ? value.textValue().replace("\n", "\\n") : value.toString();
  }
}
