package io.kinesisagent.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kinesisagent.spi.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a key's declaration says holds when a file is read, and in the schema. */
class DeclaredRangesTest {
  /** Bounded by its destination too, see the golden table. */
  private static final List<Setting<?>> BOUND_OTHERWISE = List.of(FlowKeys.MAX_BUFFER_SIZE_BYTES);

  static Stream<Setting<?>> numbersOfTheAgent() {
    return AgentKeys.ALL.stream().filter(DeclaredRangesTest::isNumber);
  }

  static Stream<Setting<?>> numbersOfAFlow() {
    return Stream.concat(FlowKeys.ALL.stream(), FlowKeys.IGNORED.stream())
        .filter(DeclaredRangesTest::isNumber)
        .filter(setting -> !BOUND_OTHERWISE.contains(setting));
  }

  static Stream<Setting<?>> choicesOfAFlow() {
    return FlowKeys.ALL.stream().filter(setting -> setting.kind() == Setting.Kind.CHOICE);
  }

  @ParameterizedTest
  @MethodSource("numbersOfTheAgent")
  void numbersOfTheAgentTakeTheirBoundsAndNothingBeyond(Setting<?> setting) {
    for (long value : inside(setting)) {
      assertThat(errors(agent(setting, value))).as("%s: %d", setting, value).isEmpty();
    }
    for (String value : outside(setting)) {
      assertThat(errors(agent(setting, value))).as("%s: %s", setting, value).hasSize(1);
    }
  }

  @ParameterizedTest
  @MethodSource("numbersOfAFlow")
  void numbersOfAFlowTakeTheirBoundsAndNothingBeyond(Setting<?> setting) {
    for (long value : inside(setting)) {
      assertThat(errors(flow(setting, value))).as("%s: %d", setting, value).isEmpty();
    }
    for (String value : outside(setting)) {
      assertThat(errors(flow(setting, value))).as("%s: %s", setting, value).hasSize(1);
    }
  }

  @ParameterizedTest
  @MethodSource("choicesOfAFlow")
  void choicesTakeEachOfTheirWords(Setting<?> setting) {
    for (String choice : setting.choices()) {
      assertThat(errors(flow(setting, '"' + choice + '"'))).as("%s: %s", setting, choice).isEmpty();
    }
  }

  @Test
  void theSchemaHasEveryKeyThatIsKnown() throws Exception {
    PluginCatalog catalog = SamplePlugins.catalog();
    JsonNode schema = new ObjectMapper().readTree(new SchemaWriter(catalog).write());
    KnownKeys known = new KnownKeys(catalog);
    List<String> agent = new ArrayList<>(known.agent());
    agent.remove(KnownKeys.SCHEMA);
    assertThat(schema.get("properties").fieldNames()).toIterable().containsAll(agent);
    assertThat(schema.at("/definitions/flow/properties").fieldNames())
        .toIterable()
        .containsAll(known.flow());
  }

  @Test
  void theReferencePageHasEveryKeyThatIsKnown() {
    PluginCatalog catalog = SamplePlugins.catalog();
    String page = new ReferenceWriter(catalog).write();
    KnownKeys known = new KnownKeys(catalog);
    List<String> keys = new ArrayList<>(known.agent());
    keys.addAll(known.flow());
    keys.remove(KnownKeys.SCHEMA);
    assertThat(keys).allSatisfy(key -> assertThat(page).contains("`" + key + "`"));
  }

  private static boolean isNumber(Setting<?> setting) {
    return setting.kind() == Setting.Kind.INTEGER || setting.kind() == Setting.Kind.BYTES;
  }

  private static List<Long> inside(Setting<?> setting) {
    return List.of(setting.min(), setting.max());
  }

  private static List<String> outside(Setting<?> setting) {
    List<String> values = new ArrayList<>(List.of(Long.toString(setting.min() - 1)));
    values.add("9223372036854775808");
    if (setting.max() < Long.MAX_VALUE) {
      values.add(Long.toString(setting.max() + 1));
    }
    return values;
  }

  private static ConfigResult agent(Setting<?> setting, Object value) {
    return new ConfigFixture()
        .write(
            "{\""
                + setting
                + "\": "
                + value
                + ", \"flows\": [{\"filePattern\": \"/var/log/app.log\", \"kinesisStream\":"
                + " \"s\"}]}")
        .read();
  }

  private static ConfigResult flow(Setting<?> setting, Object value) {
    return new ConfigFixture().flow("\"" + setting + "\": " + value).read();
  }

  private static List<Problem> errors(ConfigResult result) {
    return result.problems().stream().filter(p -> p.severity() == Severity.ERROR).toList();
  }
}
