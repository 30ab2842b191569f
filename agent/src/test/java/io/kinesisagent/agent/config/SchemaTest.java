package io.kinesisagent.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The schema takes what the agent takes, as far as null, empty strings and forms go. */
class SchemaTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final PluginCatalog catalog = SamplePlugins.catalog();
  private final JsonNode schema = tree(new SchemaWriter(catalog).write());

  @ParameterizedTest
  @ValueSource(strings = {"null", "\"\""})
  void whatSaysNothingIsAnAbsentKey(String nothing) {
    KnownKeys known = new KnownKeys(catalog);
    List<String> texts = new ArrayList<>();
    for (String key : known.agent()) {
      if (!key.equals(AgentKeys.FLOWS.name()) && !key.equals(KnownKeys.SCHEMA)) {
        texts.add(agent("\"" + key + "\": " + nothing));
      }
    }
    for (String key : known.flow()) {
      if (!key.equals(FlowKeys.FILE_PATTERN.name()) && !key.equals("kinesisStream")) {
        texts.add(flow("\"kinesisStream\": \"s\", \"" + key + "\": " + nothing));
      }
    }
    assertThat(texts)
        .hasSizeGreaterThan(60)
        .allSatisfy(
            text -> {
              assertThat(isValid(text)).as("the agent takes %s", text).isTrue();
              assertThat(fits(schema, tree(text))).as("the schema takes %s", text).isTrue();
            });
  }

  @Test
  void aDestinationThatSaysNothingIsNone() {
    String none = flow("\"kinesisStream\": null, \"deliveryStream\": \"\"");
    assertThat(isValid(none)).isFalse();
    assertThat(fits(schema, tree(none))).isFalse();
  }

  @Test
  void nullIsAnAbsentKeyOfPluginsToo() {
    String text =
        flow(
            "\"destination\": {\"type\": \"file\", \"directory\": \"/srv/out\", \"rollBytes\": null},"
                + " \"dataProcessingOptions\": [{\"optionName\": \"CSVTOJSON\","
                + " \"customFieldNames\": [\"a\"], \"delimiter\": null, \"fieldTypes\": null}]");
    assertThat(isValid(text)).isTrue();
    assertThat(fits(schema, tree(text))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"kinesis.region\": \"us east\"",
        "\"maxOpenFiles\": \"many\"",
        "\"maxOpenFiles\": 1",
        "\"useHttpGzip\": \"perhaps\""
      })
  void whatIsWrongFitsNeither(String key) {
    assertThat(isValid(agent(key))).isFalse();
    assertThat(fits(schema, tree(agent(key)))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"useHttpGzip\": \"Yes\"",
        "\"useHttpGzip\": \"0\"",
        "\"useHttpGzip\": 1",
        "\"maxOpenFiles\": \"1e3\"",
        "\"maxMemoryBytes\": \"64e6\"",
        "\"maxMemoryBytes\": \"64e3 KiB\""
      })
  void whatIsRightFitsBoth(String key) {
    assertThat(isValid(agent(key))).isTrue();
    assertThat(fits(schema, tree(agent(key)))).isTrue();
  }

  @Test
  void whatComesFromTheEnvironmentMayBecomeAnything() {
    assertThat(fits(schema, tree(agent("\"kinesis.region\": \"${REGION}\"")))).isTrue();
  }

  private static String agent(String key) {
    return "{"
        + key
        + ", \"flows\": [{\"filePattern\": \"/var/log/a.log\", \"kinesisStream\": \"s\"}]}";
  }

  private static String flow(String keys) {
    return "{\"flows\": [{\"filePattern\": \"/var/log/a.log\", " + keys + "}]}";
  }

  private static boolean isValid(String text) {
    return new ConfigFixture().write(text).read() instanceof ConfigResult.Valid;
  }

  private static JsonNode tree(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError(text, e);
    }
  }

  /** As much of JSON Schema as the writer uses. */
  private boolean fits(JsonNode rule, JsonNode value) {
    if (rule.has("$ref")) {
      return fits(schema.at(rule.get("$ref").textValue().substring(1)), value);
    }
    return fitsType(rule, value)
        && fitsBounds(rule, value)
        && (!rule.has("enum") || contains(rule.get("enum"), value))
        && (!rule.has("not") || !fits(rule.get("not"), value))
        && (!rule.has("anyOf") || fitting(rule.get("anyOf"), value) > 0)
        && (!rule.has("oneOf") || fitting(rule.get("oneOf"), value) == 1)
        && fitsParts(rule, value);
  }

  private static boolean fitsType(JsonNode rule, JsonNode value) {
    JsonNode types = rule.path("type");
    boolean any = types.isMissingNode();
    for (JsonNode type : types.isArray() ? types : JSON.createArrayNode().add(types)) {
      any |=
          switch (type.asText()) {
            case "null" -> value.isNull();
            case "string" -> value.isTextual();
            case "number" -> value.isNumber();
            case "integer" -> value.isIntegralNumber();
            case "boolean" -> value.isBoolean();
            case "array" -> value.isArray();
            case "object" -> value.isObject();
            default -> false;
          };
    }
    return any;
  }

  private static boolean fitsBounds(JsonNode rule, JsonNode value) {
    if (value.isTextual()) {
      return value.textValue().length() <= rule.path("maxLength").asInt(Integer.MAX_VALUE)
          && Pattern.compile(rule.path("pattern").asText()).matcher(value.textValue()).find();
    }
    return !value.isNumber()
        || (value.asLong() >= rule.path("minimum").asLong(Long.MIN_VALUE)
            && value.asLong() <= rule.path("maximum").asLong(Long.MAX_VALUE));
  }

  private boolean fitsParts(JsonNode rule, JsonNode value) {
    if (value.isArray()) {
      return !rule.has("items")
          || StreamSupport.stream(value.spliterator(), false)
              .allMatch(item -> fits(rule.get("items"), item));
    }
    if (!value.isObject()) {
      return true;
    }
    for (JsonNode name : rule.path("required")) {
      if (!value.has(name.textValue())) {
        return false;
      }
    }
    return rule.path("properties").properties().stream()
        .filter(property -> value.has(property.getKey()))
        .allMatch(property -> fits(property.getValue(), value.get(property.getKey())));
  }

  private int fitting(JsonNode rules, JsonNode value) {
    int fitting = 0;
    for (JsonNode rule : rules) {
      fitting += fits(rule, value) ? 1 : 0;
    }
    return fitting;
  }

  private static boolean contains(JsonNode values, JsonNode value) {
    return StreamSupport.stream(values.spliterator(), false).anyMatch(value::equals);
  }
}
