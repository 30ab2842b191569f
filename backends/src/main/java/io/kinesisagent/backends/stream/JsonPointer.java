package io.kinesisagent.backends.stream;

import io.kinesisagent.spi.RecordView;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import software.amazon.awssdk.thirdparty.jackson.core.JsonFactory;
import software.amazon.awssdk.thirdparty.jackson.core.JsonParser;
import software.amazon.awssdk.thirdparty.jackson.core.JsonToken;

/** A JSON pointer (RFC 6901) that reads one value out of a record without building a tree. */
record JsonPointer(List<String> path) {
  private static final JsonFactory JSON = new JsonFactory();

  /**
   * A pointer as people write it.
   *
   * @throws IllegalArgumentException where it does not begin with a slash
   */
  static JsonPointer parse(String text) {
    if (!text.startsWith("/")) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is not a JSON pointer; it begins with '/', such as \"/user/id\"");
    }
    return new JsonPointer(
        Arrays.stream(text.substring(1).split("/", -1))
            .map(part -> part.replace("~1", "/").replace("~0", "~"))
            .toList());
  }

  /**
   * The string, number or boolean at this pointer, as text.
   *
   * @return null where there is none
   */
  String text(RecordView record) {
    try (JsonParser parser = JSON.createParser(record.array(), record.offset(), record.length())) {
      JsonToken token = parser.nextToken();
      for (String part : path) {
        token = child(parser, token, part);
      }
      return token != null && token.isScalarValue() && token != JsonToken.VALUE_NULL
          ? parser.getText()
          : null;
    } catch (IOException e) {
      // Not JSON: the record has no such field.
      return null;
    }
  }

  /** Moves on to a member or an element; null where there is none. */
  private static JsonToken child(JsonParser parser, JsonToken token, String part)
      throws IOException {
    if (token == JsonToken.START_OBJECT) {
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean found = parser.currentName().equals(part);
        JsonToken value = parser.nextToken();
        if (found) {
          return value;
        }
        parser.skipChildren();
      }
    } else if (token == JsonToken.START_ARRAY) {
      int index = 0;
      for (JsonToken value = parser.nextToken();
          value != null && value != JsonToken.END_ARRAY;
          value = parser.nextToken()) {
        if (part.equals(Integer.toString(index))) {
          return value;
        }
        index++;
        parser.skipChildren();
      }
    }
    return null;
  }
}
