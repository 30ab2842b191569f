package io.kinesisagent.agent.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;

/** Writes {@link Json} as compact JSON text. */
final class JsonText {
  private static final JsonFactory FACTORY = new JsonFactory();

  private JsonText() {}

  static String of(Json json) {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = FACTORY.createGenerator(text)) {
      write(json, out);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to a string cannot fail", e);
    }
    return text.toString();
  }

  private static void write(Json json, JsonGenerator out) throws IOException {
    if (json instanceof Json.Text text) {
      out.writeString(text.value());
    } else if (json instanceof Json.Numeral number) {
      out.writeNumber(number.text());
    } else if (json instanceof Json.Bool bool) {
      out.writeBoolean(bool.value());
    } else if (json instanceof Json.Array array) {
      out.writeStartArray();
      for (Json item : array.items()) {
        write(item, out);
      }
      out.writeEndArray();
    } else if (json instanceof Json.Obj object) {
      out.writeStartObject();
      for (Map.Entry<String, Json.Member> member : object.members().entrySet()) {
        out.writeFieldName(member.getKey());
        write(member.getValue().value(), out);
      }
      out.writeEndObject();
    } else {
      out.writeNull();
    }
  }
}
