package io.kinesisagent.processors;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The named groups of a regular expression in order, with their numbers: read from its text,
 * because JDK 17 has no method for them.
 *
 * @param names the names, in the order of their groups
 * @param numbers the number of the group of each name
 * @param groupCount the number of capturing groups found, named or not
 */
record NamedGroups(List<String> names, List<Integer> numbers, int groupCount) {
  static NamedGroups of(Pattern pattern) {
    String text = pattern.pattern();
    List<String> names = new ArrayList<>();
    List<Integer> numbers = new ArrayList<>();
    int groups = 0;
    int classDepth = 0;
    for (int at = 0; at < text.length(); at++) {
      switch (text.charAt(at)) {
        case '\\' -> at = afterEscape(text, at);
        case '[' -> classDepth++;
        case ']' -> classDepth = Math.max(0, classDepth - 1);
        case '(' -> {
          boolean named = isNamed(text, at);
          if (classDepth == 0 && (named || !text.startsWith("(?", at))) {
            groups++;
            if (named) {
              names.add(text.substring(at + 3, text.indexOf('>', at)));
              numbers.add(groups);
            }
          }
        }
        default -> {}
      }
    }
    return new NamedGroups(names, numbers, groups);
  }

  private static boolean isNamed(String text, int at) {
    return text.startsWith("(?<", at)
        && at + 3 < text.length()
        && Character.isLetter(text.charAt(at + 3))
        && text.indexOf('>', at) > 0;
  }

  /** The index of the last character of an escape, or of a quotation with {@code \Q}. */
  private static int afterEscape(String text, int at) {
    if (!text.startsWith("\\Q", at)) {
      return at + 1;
    }
    int end = text.indexOf("\\E", at);
    return end < 0 ? text.length() : end + 1;
  }
}
