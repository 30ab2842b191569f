package io.kinesisagent.processors;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The named groups of a regular expression in order, with their numbers: read from its text,
 * because JDK 17 has no method for them.
 *
 * @param names the names, in the order of their groups
 * @param numbers the number of the group of each name
 * @param groupCount the number of capturing groups found, named or not
 */
record NamedGroups(List<String> names, List<Integer> numbers, int groupCount) {
  private static final Pattern NAMED = Pattern.compile("\\(\\?<([A-Za-z][A-Za-z0-9]*)>");

  static NamedGroups of(Pattern pattern) {
    String text = pattern.pattern();
    Matcher named = NAMED.matcher(text);
    List<String> names = new ArrayList<>();
    List<Integer> numbers = new ArrayList<>();
    int groups = 0;
    for (int at = text.indexOf('('); at >= 0; at = text.indexOf('(', at + 1)) {
      boolean isNamed = named.region(at, text.length()).lookingAt();
      if ((isNamed || !text.startsWith("(?", at)) && opens(text, at)) {
        groups++;
        if (isNamed) {
          names.add(named.group(1));
          numbers.add(groups);
        }
      }
    }
    return new NamedGroups(names, numbers, groups);
  }

  /**
   * Whether a parenthesis opens a group, and is not one of a class, a quotation or a comment, or
   * escaped. The compiler of patterns alone knows all the rules, and is asked: what is put behind
   * the parenthesis is no kind of group, but may stand anywhere else, also in a range of a class.
   */
  private static boolean opens(String text, int at) {
    try {
      Pattern unused = Pattern.compile(text.substring(0, at + 1) + "?'" + text.substring(at + 1));
      return false;
    } catch (PatternSyntaxException noKindOfGroup) {
      return true;
    }
  }
}
