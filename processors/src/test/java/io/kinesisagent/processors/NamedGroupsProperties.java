package io.kinesisagent.processors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Named groups are found, with their numbers, whatever looks like one beside them. */
class NamedGroupsProperties {
  /** What {@code NAME} stands for is another name each time. */
  private static final List<String> GROUPS =
      List.of("(?<NAME>a)", "(?<NAME>[^](]+)", "(?<NAME>\\))", "(b)", "((?:c))", "(?x: (d) # (\n)");

  private static final List<String> NO_GROUPS =
      List.of(
          "(?:x)",
          "(?<=x)",
          "(?<!(?:y))",
          "(?i)",
          "(?s:.)",
          "(?x: # (?<no>\n)",
          "\\(",
          "\\\\",
          "\\(?<no>",
          "\\c(",
          "[(]",
          "[](]",
          "[^](?<no>]",
          "[a[(]&&[^)](]",
          "[a&&](?:x)",
          "[[](]a]",
          "[\\](]",
          "[\\Q](\\E(]",
          "[!-(]",
          "[(-z]",
          "[(-.]",
          "[(-(]",
          "[\\(-.]",
          "\\(+",
          "\\Q(?<no>[\\E",
          "\\Q\\\\E",
          "[\\\\]");

  @Property
  void theyAreThoseOfTheMatcher(@ForAll("parts") List<String> parts) {
    StringBuilder text = new StringBuilder();
    List<String> names = new ArrayList<>();
    List<Integer> numbers = new ArrayList<>();
    int groups = 0;
    for (String part : parts) {
      String name = "n" + names.size();
      text.append(part.replace("NAME", name));
      if (GROUPS.contains(part)) {
        groups++;
      }
      if (part.contains("NAME")) {
        names.add(name);
        numbers.add(groups);
      }
    }
    NamedGroups found = NamedGroups.of(Pattern.compile(text.toString()));
    assertThat(found).isEqualTo(new NamedGroups(names, numbers, groups));

    // What matches nothing by its first alternative has the groups of the other nevertheless.
    Matcher matcher = Pattern.compile("|" + text).matcher("");
    assertThat(matcher.find()).isTrue();
    assertThat(found.groupCount()).isEqualTo(matcher.groupCount());
    for (String name : found.names()) {
      assertThatCode(() -> matcher.start(name)).doesNotThrowAnyException();
    }
  }

  @Provide
  Arbitrary<List<String>> parts() {
    return Arbitraries.oneOf(Arbitraries.of(GROUPS), Arbitraries.of(NO_GROUPS)).list().ofMaxSize(9);
  }
}
