package io.kinesisagent.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Whatever the file holds, reading it ends with findings of one line each, never with an exception.
 */
class MutatedConfigurationsProperties {
  private static final List<String> PIECES =
      List.of(
          "{",
          "}",
          "[",
          "]",
          ",",
          ":",
          "\"",
          "\\",
          "//",
          "/*",
          "#",
          "null",
          "true",
          "-1",
          "1e999",
          "0x1",
          "${",
          "${HOME}",
          "$${",
          "${A:-",
          "\u0000",
          "\uFEFF",
          "\n",
          "{\"\":{\"\":[",
          "NaN",
          "\"flows\"",
          "\"filePattern\"",
          "\"/a/**/*.log\"",
          "\"kinesisStream\"",
          "[[[[[[[[",
          "\"destination\"",
          "\"dataProcessingOptions\"",
          "\"64MiB\"",
          "99999999999999999999");

  private static final List<byte[]> SEEDS = seeds();

  private static List<byte[]> seeds() {
    try {
      Path cases =
          Path.of(MutatedConfigurationsProperties.class.getResource("bad/table.md").toURI())
              .getParent();
      try (Stream<Path> files = Files.list(cases)) {
        return files
            .filter(file -> file.toString().endsWith(".json"))
            .sorted()
            .map(MutatedConfigurationsProperties::bytes)
            .toList();
      }
    } catch (IOException | URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Property
  void everyFileIsReadToTheEndOfItsFindings(@ForAll long seed) throws IOException {
    byte[] content = mutated(new Random(seed));
    ConfigFixture config = new ConfigFixture("/agent.json");
    config.write("");
    Files.write(config.main, content);
    ConfigResult result = config.read();
    String told = new String(content, StandardCharsets.ISO_8859_1);
    assertThat(result.problems())
        .as(told)
        .allSatisfy(
            problem ->
                assertThat(problem.toString())
                    .doesNotContain("\n", "Exception", "at io.kinesisagent"));
    assertThat(result instanceof ConfigResult.Invalid)
        .as(told)
        .isEqualTo(result.problems().stream().anyMatch(p -> p.severity() == Severity.ERROR));
  }

  @Property(tries = 20)
  void howeverDeepItIsNested(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    String opens =
        List.of("[", "{\"flows\":", "{\"a.b\":{\"c\":", "[{\"a\":[").get(random.nextInt(4));
    ConfigFixture config = new ConfigFixture("/agent.json");
    config.write(opens.repeat(1 + random.nextInt(100_000)));
    assertThat(config.read()).isInstanceOf(ConfigResult.Invalid.class);
  }

  private static byte[] mutated(Random random) {
    byte[] content = SEEDS.get(random.nextInt(SEEDS.size()));
    for (int i = random.nextInt(6); i >= 0; i--) {
      int at = random.nextInt(content.length + 1);
      int until = Math.min(content.length, at + random.nextInt(20));
      byte[] piece =
          switch (random.nextInt(5)) {
            case 0 -> new byte[0];
            case 1 -> PIECES.get(random.nextInt(PIECES.size())).getBytes(StandardCharsets.UTF_8);
            case 2 -> slice(SEEDS.get(random.nextInt(SEEDS.size())), random);
            case 3 -> slice(content, random);
            default -> new byte[] {(byte) random.nextInt(256)};
          };
      content = spliced(content, at, random.nextBoolean() ? at : until, piece);
    }
    return content;
  }

  private static byte[] slice(byte[] from, Random random) {
    int at = random.nextInt(from.length + 1);
    return Arrays.copyOfRange(from, at, Math.min(from.length, at + random.nextInt(60)));
  }

  private static byte[] spliced(byte[] content, int from, int to, byte[] piece) {
    byte[] result = new byte[content.length - (to - from) + piece.length];
    System.arraycopy(content, 0, result, 0, from);
    System.arraycopy(piece, 0, result, from, piece.length);
    System.arraycopy(content, to, result, from + piece.length, content.length - to);
    return result;
  }
}
