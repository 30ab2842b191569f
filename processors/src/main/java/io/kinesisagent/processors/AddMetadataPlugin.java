package io.kinesisagent.processors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.kinesisagent.spi.InvalidSettingException;
import io.kinesisagent.spi.PluginContext;
import io.kinesisagent.spi.Processor;
import io.kinesisagent.spi.ProcessorPlugin;
import io.kinesisagent.spi.Setting;
import io.kinesisagent.spi.Settings;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/** {@code ADDMETADATA}: wraps a line in a JSON object, beside metadata. */
public final class AddMetadataPlugin implements ProcessorPlugin {
  private static final Setting<String> METADATA =
      Setting.json("metadata", "Any JSON value: what metadata is in each record.")
          .defaultTo("null");
  private static final Setting<Boolean> TIMESTAMP =
      Setting.bool(
              "timestamp", "Whether each record begins with the time of its processing, as ts.")
          .defaultTo(false);
  private static final Setting<List<String>> FIELDS =
      Setting.choices(
              "fields",
              List.of("file", "offset", "host", "flow", "recordId"),
              "What to tell of a record's origin, in an object context: its file, its offset in"
                  + " bytes, this host, its flow, and an id that stays the same when it is sent"
                  + " again.")
          .defaultTo(List.of());

  @Override
  public String name() {
    return "ADDMETADATA";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(CommonSettings.JSON_FORMAT, METADATA, TIMESTAMP, FIELDS);
  }

  @Override
  public Processor create(Settings settings, PluginContext context) throws InvalidSettingException {
    boolean pretty = CommonSettings.isPretty(settings);
    boolean timestamp = settings.get(TIMESTAMP);
    List<ContextField> fields = contextFields(settings.get(FIELDS), pretty);
    String separator = pretty ? ",\n  " : ",";
    String colon = pretty ? " : " : ":";
    boolean first = !timestamp && fields.isEmpty();
    String metadata =
        (first ? "" : separator)
            + member(settings.get(METADATA), pretty)
            + separator
            + "\"data\""
            + colon;
    return new AddMetadataProcessor(
        new AddMetadataProcessor.Parts(
            ascii(pretty ? "{\n  " : "{"),
            timestamp ? ascii("\"ts\"" + colon + '"') : new byte[0],
            fields.isEmpty()
                ? new byte[0]
                : ascii((timestamp ? separator : "") + "\"context\"" + colon + "{"),
            ascii(pretty ? "\n  }" : "}"),
            metadata.getBytes(StandardCharsets.UTF_8),
            ascii(pretty ? "\n}\n" : "}\n")),
        fields,
        context);
  }

  private static List<ContextField> contextFields(List<String> names, boolean pretty) {
    List<ContextField> fields = new ArrayList<>();
    for (String name : new LinkedHashSet<>(names)) {
      String before = fields.isEmpty() ? "" : ",";
      fields.add(
          ContextField.of(
              name, pretty ? before + "\n    \"" + name + "\" : " : before + '"' + name + "\":"));
    }
    return fields;
  }

  /** The member {@code "metadata"} as Jackson writes it into an object. */
  private static String member(String json, boolean pretty) throws InvalidSettingException {
    try {
      JsonNode metadata = Json.MAPPER.readTree(json);
      String object =
          Json.writer(pretty)
              .writeValueAsString(JsonNodeFactory.instance.objectNode().set("metadata", metadata));
      return object.substring(1, object.length() - 1).strip();
    } catch (JsonProcessingException e) {
      throw new InvalidSettingException(METADATA.name(), e.getOriginalMessage());
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
