package io.kinesisagent.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What is said of bad configurations. {@code bad/table.md} holds every case and its findings; after
 * a wanted change it is written anew with {@code -DupdateGolden=true}.
 */
class BadConfigurationsTest {
  private static final Path SOURCES =
      Path.of("src/test/resources/io/kinesisagent/agent/config/bad");

  @Test
  void whatIsSaidOfEachIsWhatTheTableSays() throws Exception {
    String table = table();
    if (Boolean.getBoolean("updateGolden")) {
      Files.writeString(SOURCES.resolve("table.md"), table);
      return;
    }
    assertThat(table).isEqualTo(Files.readString(cases().resolve("table.md")));
  }

  @Test
  void eachHasAFindingWithAPlaceInOneLine() throws Exception {
    List<Path> files = jsonFiles();
    assertThat(files).hasSizeGreaterThan(40);
    for (Path file : files) {
      ConfigResult result = read(file);
      assertThat(result.problems()).as(file.toString()).isNotEmpty();
      assertThat(result.problems())
          .as(file.toString())
          .allSatisfy(
              problem -> {
                assertThat(problem.toString()).doesNotContain("\n").doesNotContain("Exception");
                assertThat(problem.toString()).doesNotContain("never shown");
              });
    }
  }

  private static String table() throws Exception {
    StringBuilder table = new StringBuilder("# Bad configurations, and what is said of each\n");
    for (Path file : jsonFiles()) {
      String name = file.getFileName().toString();
      table
          .append("\n## ")
          .append(name.substring(4, name.length() - ".json".length()).replace('-', ' '))
          .append("\n```\n")
          .append(Files.readString(file))
          .append("```\n\n");
      for (Problem problem : read(file).problems()) {
        table.append("- ").append(problem).append('\n');
      }
    }
    return table.toString();
  }

  private static ConfigResult read(Path file) throws IOException {
    ConfigFixture fixture = new ConfigFixture("/agent.json");
    return fixture.write(Files.readString(file)).read();
  }

  private static List<Path> jsonFiles() throws Exception {
    try (Stream<Path> files = Files.list(cases())) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
  }

  private static Path cases() throws URISyntaxException {
    return Path.of(BadConfigurationsTest.class.getResource("bad/table.md").toURI()).getParent();
  }
}
