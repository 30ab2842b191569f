package io.kinesisagent.benchmarks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The processors in the plain way: strings, regular expressions that check as much, and Jackson's
 * tree.
 */
public final class PlainProcessors {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String MONTH =
      "(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
          + "|Sep(?:tember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)";
  private static final String DAY = "(?:0[1-9]|[12][0-9]|3[01]|[1-9])";
  private static final String TIME =
      "(?:2[0-3]|[01]?[0-9]):[0-5][0-9]:(?:[0-5]?[0-9]|60)(?:[:.,][0-9]+)?";
  private static final String HOST = "([\\w-]+(?:\\.[\\w-]+)*\\.?|[0-9.]+|[0-9A-Fa-f:.]+)";
  private static final String INT = "[+-]?[0-9]+";
  private static final String ACCESS =
      String.format(
          "%s ([^\\s\"]+) ([^\\s\"]+) \\[(%s/%s/[1-9][0-9]*:%s\\s%s)\\] \"([^\"]*)\" (%s|-) (%s|-)",
          HOST, DAY, MONTH, TIME, INT, INT, INT);
  private static final Pattern COMMON = Pattern.compile(ACCESS + ".*");
  private static final Pattern COMBINED = Pattern.compile(ACCESS + " \"([^\"]*)\" \"([^\"]*)\".*");
  private static final Pattern SYSLOG =
      Pattern.compile(
          String.format(
              "(?:<[0-9]{1,3}>)?(%s\\s+%s\\s+%s) (?:<[0-9]+.[0-9]+> )?%s ([\\w./%%-]+)"
                  + "(?:\\[([0-9]+)\\])?: (.*)",
              MONTH, DAY, TIME, HOST));

  private static final List<String> COMBINED_NAMES =
      List.of(
          "host",
          "ident",
          "authuser",
          "datetime",
          "request",
          "response",
          "bytes",
          "referer",
          "agent");

  private PlainProcessors() {}

  /** A line of the combined format, newline included, as JSON. */
  public static byte[] combinedApacheLog(byte[] record) throws JsonProcessingException {
    return groups(COMBINED, record, COMBINED_NAMES, true);
  }

  static byte[] commonApacheLog(byte[] record) throws JsonProcessingException {
    return groups(COMMON, record, COMBINED_NAMES.subList(0, 7), true);
  }

  static byte[] syslog(byte[] record, List<String> names) throws JsonProcessingException {
    return groups(SYSLOG, record, names, false);
  }

  static byte[] csv(byte[] record, List<String> names) throws JsonProcessingException {
    String[] fields = line(record).split(",", -1);
    ObjectNode object = MAPPER.createObjectNode();
    for (int i = 0; i < names.size(); i++) {
      object.put(names.get(i), i < fields.length ? fields[i].trim() : null);
    }
    return json(object);
  }

  static byte[] singleLine(byte[] record) {
    StringBuilder joined = new StringBuilder();
    for (String line : new String(record, StandardCharsets.UTF_8).split("\n", -1)) {
      joined.append(line.trim());
    }
    return joined.append('\n').toString().getBytes(StandardCharsets.UTF_8);
  }

  static byte[] metadata(byte[] record, JsonNode metadata) throws JsonProcessingException {
    ObjectNode object = MAPPER.createObjectNode();
    object.set("metadata", metadata);
    object.put("data", line(record));
    return json(object);
  }

  static byte[] merged(byte[] record, ObjectNode added) throws JsonProcessingException {
    ObjectNode object = (ObjectNode) MAPPER.readTree(new String(record, StandardCharsets.UTF_8));
    object.setAll(added);
    return json(object);
  }

  static byte[] brackets(byte[] record) {
    String text = new String(record, StandardCharsets.UTF_8);
    return ("{" + text + "}").getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] groups(
      Pattern pattern, byte[] record, List<String> names, boolean dashIsNull)
      throws JsonProcessingException {
    Matcher matcher = pattern.matcher(line(record));
    if (!matcher.matches()) {
      throw new IllegalArgumentException("no match");
    }
    ObjectNode object = MAPPER.createObjectNode();
    for (int i = 0; i < names.size(); i++) {
      String value = matcher.group(i + 1);
      object.put(names.get(i), dashIsNull && "-".equals(value) ? null : value);
    }
    return json(object);
  }

  private static String line(byte[] record) {
    return new String(record, 0, record.length - 1, StandardCharsets.UTF_8);
  }

  private static byte[] json(ObjectNode object) throws JsonProcessingException {
    return (MAPPER.writeValueAsString(object) + "\n").getBytes(StandardCharsets.UTF_8);
  }
}
