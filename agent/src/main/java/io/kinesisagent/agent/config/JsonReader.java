package io.kinesisagent.agent.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Turns the text of one file into {@link Json}. Comments and trailing commas are allowed, repeated
 * keys are reported. Of broken syntax only the first fault of a file can be told.
 */
final class JsonReader {
  private static final int MOST_LEVELS = 100;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          // What is too deep is told with its place, and the rest is read.
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(Integer.MAX_VALUE).build())
          .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
          .enable(JsonReadFeature.ALLOW_YAML_COMMENTS)
          .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
          .build();

  private final SourceText source;
  private final Problems problems;
  private final JsonParser parser;

  private JsonReader(SourceText source, Problems problems, JsonParser parser) {
    this.source = source;
    this.problems = problems;
    this.parser = parser;
  }

  /** The value that the file holds, or nothing where it is not JSON; then a problem says why. */
  static Optional<Json> read(SourceText source, Problems problems) {
    try (JsonParser parser = FACTORY.createParser(source.text())) {
      return new JsonReader(source, problems, parser).document();
    } catch (JsonProcessingException e) {
      SyntaxError error = SyntaxError.explain(e, source);
      problems.error(error.at(), "", error.message());
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("reading a string cannot fail", e);
    }
  }

  private Optional<Json> document() throws IOException {
    if (parser.nextToken() == null) {
      problems.error(
          Position.wholeFile(source.file()), "", "is empty; it must hold an object { … }");
      return Optional.empty();
    }
    Json value = value("$");
    if (parser.nextToken() != null) {
      problems.error(
          position(), "", "there is more text after the end of the configuration's value");
      return Optional.empty();
    }
    return Optional.of(value);
  }

  private Json value(String path) throws IOException {
    Position at = position();
    JsonToken token = parser.currentToken();
    if (token.isStructStart() && parser.getParsingContext().getNestingDepth() > MOST_LEVELS) {
      problems.error(
          at, path, "is nested deeper than the " + MOST_LEVELS + " levels that are read");
      parser.skipChildren();
      return new Json.Null(at, path);
    }
    return switch (token) {
      case START_OBJECT -> object(at, path);
      case START_ARRAY -> array(at, path);
      case VALUE_STRING -> new Json.Text(at, path, parser.getText(), false);
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Json.Numeral(at, path, parser.getText());
      case VALUE_TRUE -> new Json.Bool(at, path, true);
      case VALUE_FALSE -> new Json.Bool(at, path, false);
      case VALUE_NULL -> new Json.Null(at, path);
      default -> throw new IllegalStateException("no value starts with " + token);
    };
  }

  private Json object(Position at, String path) throws IOException {
    Map<String, Json.Member> members = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      Position keyAt = position();
      parser.nextToken();
      String childPath = Json.childPath(path, key);
      Json.Member member = new Json.Member(keyAt, value(childPath));
      Json.Member first = members.putIfAbsent(key, member);
      if (first != null) {
        problems.error(
            keyAt,
            childPath,
            "is given twice in the same object, first in line " + first.keyAt().line());
      }
    }
    return new Json.Obj(at, path, members);
  }

  private Json array(Position at, String path) throws IOException {
    List<Json> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(value(path + "[" + items.size() + "]"));
    }
    return new Json.Array(at, path, items);
  }

  private Position position() {
    JsonLocation location = parser.currentTokenLocation();
    return new Position(source.file(), location.getLineNr(), location.getColumnNr());
  }
}
