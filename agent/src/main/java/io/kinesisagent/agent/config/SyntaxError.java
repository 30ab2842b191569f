package io.kinesisagent.agent.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A fault in the syntax of a file, in plain words. */
record SyntaxError(Position at, String message) {
  private static final Pattern START_MARKER =
      Pattern.compile("(?:start marker|starting) at \\[.*?line: (\\d+)");
  private static final Pattern NOISE = Pattern.compile(" \\(code \\d+[^)]*\\)|\\[Source:[^]]*]");

  /** Says in plain words what the parser says in its own. */
  static SyntaxError explain(JsonProcessingException e, SourceText source) {
    JsonLocation location = e.getLocation();
    Position at =
        location == null
            ? Position.wholeFile(source.file())
            : new Position(source.file(), location.getLineNr(), location.getColumnNr());
    String text = source.text();
    int index = location == null ? -1 : (int) location.getCharOffset();
    char found = index >= 0 && index < text.length() ? text.charAt(index) : 0;
    String original = e.getOriginalMessage();
    if (original.contains("end-of-input")) {
      return new SyntaxError(source.positionOf(text.length()), unfinished(original));
    }
    return new SyntaxError(at, "not JSON: " + words(original, found));
  }

  private static String unfinished(String original) {
    Matcher marker = START_MARKER.matcher(original);
    String line = marker.find() ? " that starts in line " + marker.group(1) : "";
    if (original.contains("for Object")) {
      return "not JSON: the file ends before the object" + line + " is closed with }";
    }
    if (original.contains("for Array")) {
      return "not JSON: the file ends before the array" + line + " is closed with ]";
    }
    if (original.contains("comment")) {
      return "not JSON: the file ends within a comment; close it with */";
    }
    return "not JSON: the file ends too early; a string may lack its closing quote";
  }

  private static String words(String original, char found) {
    if (original.contains("comma to separate")) {
      return "a comma is missing before " + show(found);
    }
    if (original.contains("colon to separate")) {
      return "a colon is missing between a key and its value, before " + show(found);
    }
    if (original.contains("double-quote to start")) {
      return "a key must stand in double quotes, or } must end the object; found " + show(found);
    }
    if (original.contains("Unrecognized character escape")) {
      return "the string holds a backslash that starts no escape of JSON; a backslash itself is"
          + " written \\\\";
    }
    if (original.contains("has to be escaped using backslash")) {
      return "a string must not go on over the end of its line (or hold a tab); is its closing"
          + " quote missing? A line feed is written \\n, a tab \\t";
    }
    if (original.contains("Unrecognized token")) {
      return "a value must be a string in double quotes, a number, true, false, null, [ … ] or"
          + " { … }; found "
          + original.replaceAll("^Unrecognized token ('[^']*').*", "$1");
    }
    if (original.contains("close marker")) {
      return unbalanced(original, found);
    }
    if (original.contains("for a comment")) {
      return "a value must stand in double quotes; found '/', which starts no comment here";
    }
    if (original.contains("expected a value") || original.contains("expected a valid value")) {
      return "a value is missing, or must stand in double quotes; found " + show(found);
    }
    return NOISE.matcher(original).replaceAll("");
  }

  private static String unbalanced(String original, char found) {
    Matcher marker = START_MARKER.matcher(original);
    if (!marker.find()) {
      return show(found) + " closes nothing; there is one too many";
    }
    boolean array = original.contains("for Array");
    return (array ? "the array" : "the object")
        + " that starts in line "
        + marker.group(1)
        + " must be closed with "
        + (array ? "]" : "}")
        + "; found "
        + show(found);
  }

  private static String show(char found) {
    return found == 0 ? "the end" : "'" + found + "'";
  }
}
