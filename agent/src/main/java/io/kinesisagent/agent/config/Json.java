package io.kinesisagent.agent.config;

import java.util.List;
import java.util.Map;

/** A JSON value that knows where it stands in its file. */
sealed interface Json {
  /** Where the value starts. */
  Position at();

  /** The value's JSON path, such as {@code $.flows[0]['kinesis.endpoint']}. */
  String path();

  /** What the value is, as a word for a message. */
  String kind();

  /**
   * A string.
   *
   * @param fromEnvironment whether a part of it was put in from the environment
   */
  record Text(Position at, String path, String value, boolean fromEnvironment) implements Json {
    @Override
    public String kind() {
      return "a string";
    }
  }

  /** A number, as it is written. */
  record Numeral(Position at, String path, String text) implements Json {
    @Override
    public String kind() {
      return "a number";
    }
  }

  /** {@code true} or {@code false}. */
  record Bool(Position at, String path, boolean value) implements Json {
    @Override
    public String kind() {
      return "a boolean";
    }
  }

  /** {@code null}: the key counts as absent. */
  record Null(Position at, String path) implements Json {
    @Override
    public String kind() {
      return "null";
    }
  }

  /** An array. */
  record Array(Position at, String path, List<Json> items) implements Json {
    @Override
    public String kind() {
      return "an array";
    }
  }

  /** An object, in the order of the file; of a repeated key the first. */
  record Obj(Position at, String path, Map<String, Member> members) implements Json {
    @Override
    public String kind() {
      return "an object";
    }
  }

  /**
   * A key of an object and its value.
   *
   * @param keyAt where the key starts
   */
  record Member(Position keyAt, Json value) {}

  /** The path of a key of the object at {@code parent}. */
  static String childPath(String parent, String key) {
    boolean plain = !key.isEmpty() && !Character.isDigit(key.charAt(0));
    for (int i = 0; i < key.length() && plain; i++) {
      char c = key.charAt(i);
      plain = Character.isLetterOrDigit(c) || c == '_';
    }
    return plain ? parent + "." + key : parent + "['" + key.replace("'", "\\'") + "']";
  }
}
