package io.kinesisagent.agent.discover;

import java.util.ArrayList;
import java.util.List;

/** Takes the text of a glob apart at its slashes. */
final class GlobSegments {
  private static final String SPECIAL = "*?[{\\";

  private GlobSegments() {}

  /**
   * The names of an absolute pattern; empty names and {@code .} are left out.
   *
   * @throws IllegalArgumentException for a slash within a group, and for {@code **} beside other
   *     characters
   */
  static List<String> split(String pattern) {
    List<String> segments = new ArrayList<>();
    StringBuilder segment = new StringBuilder();
    char open = 0;
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c == '/') {
        if (open == '{') {
          throw new IllegalArgumentException(
              "holds a / within { }; give an array of patterns instead");
        }
        add(segment.toString(), segments);
        segment.setLength(0);
        open = 0;
        continue;
      }
      segment.append(c);
      if (c == '\\' && i + 1 < pattern.length() && pattern.charAt(i + 1) != '/') {
        segment.append(pattern.charAt(++i));
      } else if (open == 0 && (c == '[' || c == '{')) {
        open = c;
      } else if ((open == '[' && c == ']') || (open == '{' && c == '}')) {
        open = 0;
      }
    }
    add(segment.toString(), segments);
    return segments;
  }

  private static void add(String segment, List<String> segments) {
    if (segment.contains("**") && !segment.equals("**")) {
      throw new IllegalArgumentException(
          "holds ** beside other characters in \"" + segment + "\"; write /**/ for any depth");
    }
    if (!segment.isEmpty() && !segment.equals(".")) {
      segments.add(segment);
    }
  }

  static boolean isGlob(String segment) {
    for (int i = 0; i < segment.length(); i++) {
      char c = segment.charAt(i);
      if (c == '\\') {
        i++;
      } else if (SPECIAL.indexOf(c) >= 0) {
        return true;
      }
    }
    return false;
  }

  /** A segment without globs as the name that it is. */
  static String unescape(String segment) {
    return segment.replaceAll("\\\\(.)", "$1");
  }
}
