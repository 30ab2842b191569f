package io.kinesisagent.processors;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kinesisagent.spi.ProcessingException;
import io.kinesisagent.spi.Processor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

/**
 * The hand-written parsers find in generated and mutated lines just what regular expressions find.
 * {@code -Dcomparisons=} says how many lines of each format are compared.
 */
class LineFormatProperties {
  private static final int TRIES = 100;
  private static final int LINES_PER_TRY =
      Integer.getInteger("comparisons", Boolean.getBoolean("long") ? 500_000 : 20_000) / TRIES;

  /** By format: lines compared, and how many of them matched. */
  private static final TreeMap<String, long[]> COUNTS = new TreeMap<>();

  @Property(tries = TRIES)
  boolean commonApacheLog(@ForAll("seeds") long seed) throws IOException {
    return holds("COMMONAPACHELOG", seed);
  }

  @Property(tries = TRIES)
  boolean combinedApacheLog(@ForAll("seeds") long seed) throws IOException {
    return holds("COMBINEDAPACHELOG", seed);
  }

  @Property(tries = TRIES)
  boolean apacheErrorLog(@ForAll("seeds") long seed) throws IOException {
    return holds("APACHEERRORLOG", seed);
  }

  @Property(tries = TRIES)
  boolean syslog(@ForAll("seeds") long seed) throws IOException {
    return holds("SYSLOG", seed);
  }

  @Property(tries = TRIES)
  boolean rfc3339Syslog(@ForAll("seeds") long seed) throws IOException {
    return holds("RFC3339SYSLOG", seed);
  }

  @Property(tries = TRIES)
  boolean rfc5424Syslog(@ForAll("seeds") long seed) throws IOException {
    return holds("RFC5424SYSLOG", seed);
  }

  @Property(tries = TRIES)
  boolean nginxErrorLog(@ForAll("seeds") long seed) throws IOException {
    return holds("NGINXERRORLOG", seed);
  }

  @Property(tries = TRIES)
  boolean albAccessLog(@ForAll("seeds") long seed) throws IOException {
    return holds("ALBACCESSLOG", seed);
  }

  @Provide
  Arbitrary<Long> seeds() {
    return Arbitraries.longs().withoutEdgeCases();
  }

  @AfterContainer
  static void printCounts() {
    long all = 0;
    for (var entry : COUNTS.entrySet()) {
      long[] counts = entry.getValue();
      all += counts[0];
      System.out.printf(
          "%s: %d lines compared with the regular expression, %d of them matched%n",
          entry.getKey(), counts[0], counts[1]);
      assertThat(counts[1]).as("lines of %s that match", entry.getKey()).isPositive();
    }
    System.out.println(all + " comparisons in all");
  }

  private static boolean holds(String format, long seed) throws IOException {
    GeneratedLines lines = new GeneratedLines(seed);
    Processor processor =
        TestProcessors.create(
            "{\"optionName\":\"LOGTOJSON\",\"logFormat\":\"" + format + "\"}", new TestContext());
    long[] counts = COUNTS.computeIfAbsent(format, f -> new long[2]);
    byte[] line = lines.line(format);
    for (int i = 0; i < LINES_PER_TRY; i++) {
      if (i % 8 == 0) {
        line = lines.line(format);
      }
      byte[] compared = i % 8 == 0 ? line : lines.mutated(line);
      counts[0]++;
      counts[1] += compare(format, processor, compared) ? 1 : 0;
    }
    return true;
  }

  /** Fails where the two differ; whether the line matches. */
  private static boolean compare(String format, Processor processor, byte[] line)
      throws IOException {
    String text = decoded(line);
    List<String> found = fields(processor, line);
    List<String> expected = groups(format, ReferencePatterns.EXTENDED.get(format), text);
    assertThat(found).as("%s: %s", format, text).isEqualTo(expected);
    Pattern strict = ReferencePatterns.STRICT.get(format);
    if (strict != null) {
      List<String> strictly = groups(format, strict, text);
      if (strictly != null) {
        assertThat(found).as("of old, %s: %s", format, text).isEqualTo(strictly);
      }
    }
    return expected != null;
  }

  private static String decoded(byte[] line) {
    String text = new String(line, StandardCharsets.UTF_8);
    text = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }

  private static List<String> fields(Processor processor, byte[] line) throws IOException {
    try {
      byte[] json = Transform.one(processor, line);
      assertThat(json).endsWith('\n');
      JsonNode object = TestProcessors.MAPPER.readTree(json);
      // Jackson writes what it read just as it was written.
      assertThat(TestProcessors.MAPPER.writeValueAsString(object) + "\n")
          .isEqualTo(new String(json, StandardCharsets.UTF_8));
      List<String> fields = new ArrayList<>();
      object.forEach(value -> fields.add(value.textValue()));
      return fields;
    } catch (ProcessingException e) {
      return null;
    }
  }

  private static List<String> groups(String format, Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.matches()) {
      return null;
    }
    List<String> groups = new ArrayList<>();
    for (int i = 1; i <= matcher.groupCount(); i++) {
      boolean dashIsNull =
          ReferencePatterns.DASH_IS_NULL.contains(format)
              || (format.equals("RFC5424SYSLOG") && i < matcher.groupCount());
      String group = matcher.group(i);
      if (format.equals("ALBACCESSLOG") && group != null && group.startsWith("\"")) {
        group = group.substring(1, group.length() - 1);
      }
      groups.add(dashIsNull && Objects.equals(group, "-") ? null : group);
    }
    return groups;
  }
}
