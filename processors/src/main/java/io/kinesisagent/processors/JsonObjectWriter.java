package io.kinesisagent.processors;

import io.kinesisagent.spi.Counter;
import io.kinesisagent.spi.InvalidSettingException;
import io.kinesisagent.spi.MutableBytes;
import io.kinesisagent.spi.PluginContext;
import io.kinesisagent.spi.Settings;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Writes the fields of a line as one JSON object and a newline. All that does not depend on the
 * line is prepared: writing makes no garbage. Belongs to one flow.
 */
final class JsonObjectWriter {
  private static final byte[] NULL = {'n', 'u', 'l', 'l'};

  private final int[] fields;
  private final byte[][] prefixes;
  private final FieldType[] types;
  private final byte[] suffix;
  private final Counter malformedBytes;
  private final Counter typeMismatches;

  /**
   * A writer of {@code names}, one for each field, by {@link CommonSettings}. A repeated name keeps
   * its first place and its last field.
   *
   * @throws InvalidSettingException where {@code fieldTypes} names no type or no field
   */
  JsonObjectWriter(List<String> names, Settings settings, PluginContext context)
      throws InvalidSettingException {
    boolean pretty = CommonSettings.isPretty(settings);
    Map<String, Integer> fieldsByName = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      fieldsByName.put(names.get(i), i);
    }
    List<String> keys = new ArrayList<>(fieldsByName.keySet());
    fields = fieldsByName.values().stream().mapToInt(Integer::intValue).toArray();
    prefixes = new byte[fields.length][];
    for (int i = 0; i < fields.length; i++) {
      prefixes[i] = prefix(keys.get(i), i == 0, pretty);
    }
    suffix = (pretty ? "\n}\n" : "}\n").getBytes(StandardCharsets.US_ASCII);
    types = types(keys, settings.get(CommonSettings.FIELD_TYPES));
    malformedBytes = context.counter(CommonSettings.MALFORMED_BYTES);
    typeMismatches = context.counter("field_type_mismatches");
  }

  /** Appends the object that a line's fields make. */
  void write(byte[] line, FieldSpans spans, MutableBytes out) {
    int malformed = 0;
    for (int i = 0; i < fields.length; i++) {
      int field = fields[i];
      int start = spans.start(field);
      if (start < 0) {
        out.append(prefixes[i]);
        out.append(NULL);
      } else if (types[i] == FieldType.STRING) {
        malformed += JsonText.appendString(prefixes[i], line, start, spans.end(field), out);
      } else {
        out.append(prefixes[i]);
        malformed += writeTyped(types[i], line, start, spans.end(field), out);
      }
    }
    out.append(suffix);
    if (malformed > 0) {
      malformedBytes.add(malformed);
    }
  }

  private int writeTyped(FieldType type, byte[] line, int start, int end, MutableBytes out) {
    if (type.append(line, start, end, out)) {
      return 0;
    }
    typeMismatches.add(1);
    return JsonText.appendString(line, start, end, out);
  }

  private static byte[] prefix(String name, boolean first, boolean pretty) {
    String before = first ? "{" : ",";
    MutableBytes prefix = new MutableBytes(name.length() + 8);
    prefix.append(pretty ? before + "\n  " : before);
    prefix.append(JsonText.string(name));
    prefix.append(pretty ? " : " : ":");
    byte[] bytes = new byte[prefix.length()];
    System.arraycopy(prefix.array(), 0, bytes, 0, bytes.length);
    return bytes;
  }

  private static FieldType[] types(List<String> keys, Map<String, String> named)
      throws InvalidSettingException {
    String setting = CommonSettings.FIELD_TYPES.name();
    for (String name : named.keySet()) {
      if (!keys.contains(name)) {
        throw new InvalidSettingException(
            setting, "there is no field " + name + "; the fields are " + String.join(", ", keys));
      }
    }
    FieldType[] types = new FieldType[keys.size()];
    for (int i = 0; i < types.length; i++) {
      String type = named.getOrDefault(keys.get(i), "string");
      if (!Set.of("string", "integer", "number", "boolean")
          .contains(type.toLowerCase(Locale.ROOT))) {
        throw new InvalidSettingException(
            setting,
            "the type of field "
                + keys.get(i)
                + " is "
                + type
                + "; allowed are string, integer, number and boolean");
      }
      types[i] = FieldType.valueOf(type.toUpperCase(Locale.ROOT));
    }
    return types;
  }
}
