package io.kinesisagent.agent.discover;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which of the files that are new are likely to be the older ones: those that were changed longer
 * ago, and where that is the same what their names tell. {@code app.log.2} is older than {@code
 * app.log.1}; of names with a date or a time, the lesser is the older. {@code app.log} itself is
 * younger than any of its numbered generations, whenever they were changed: a writer may have gone
 * on in one of them. Numbers decide no more than that, for some rotations count up and some down.
 * It decides nothing but what is read first.
 */
final class AgeOrder {
  /** A name with a number at its end, or before its extension. */
  private static final Pattern NUMBERED = Pattern.compile("(.*?)[.-]?(\\d+)(\\.[^.\\d][^.]*)?");

  /** From so many digits on a number is a date or a time, which rises. */
  private static final int DATE_DIGITS = 6;

  private static final Comparator<Aged> BY_CHANGE =
      Comparator.comparingLong((Aged aged) -> aged.file.changed())
          .thenComparing(Aged::current)
          .thenComparing(Aged::number, AgeOrder::compareNumbers)
          .thenComparing(aged -> aged.file.path());

  /**
   * A file with what its name tells.
   *
   * @param current the path that the file had, or will have had, before it got its number
   * @param number empty for the current file itself
   */
  private record Aged(FileEntry file, Path current, String number) {
    static Aged of(FileEntry file) {
      Path path = file.path();
      Path name = path.getFileName();
      Matcher matcher = NUMBERED.matcher(name == null ? "" : name.toString());
      if (!matcher.matches()) {
        return new Aged(file, path, "");
      }
      String extension = matcher.group(3) == null ? "" : matcher.group(3);
      return new Aged(file, path.resolveSibling(matcher.group(1) + extension), matcher.group(2));
    }
  }

  private AgeOrder() {}

  /** Sorts files by their likely age. */
  static List<FileEntry> oldestFirst(Collection<FileEntry> files) {
    List<Aged> byChange = files.stream().map(Aged::of).sorted(BY_CHANGE).toList();
    Map<Path, Integer> generations = new HashMap<>();
    byChange.forEach(aged -> generations.merge(aged.current, 1, Integer::sum));
    Map<Path, FileEntry> waiting = new HashMap<>();
    List<FileEntry> sorted = new ArrayList<>(byChange.size());
    for (Aged aged : byChange) {
      int left = generations.merge(aged.current, -1, Integer::sum);
      if (left > 0 && aged.number.isEmpty()) {
        waiting.put(aged.current, aged.file);
        continue;
      }
      sorted.add(aged.file);
      if (left == 0 && waiting.containsKey(aged.current)) {
        sorted.add(waiting.get(aged.current));
      }
    }
    return sorted;
  }

  private static int compareNumbers(String a, String b) {
    if (a.isEmpty() || b.isEmpty()) {
      return Boolean.compare(a.isEmpty(), b.isEmpty());
    }
    int rising = a.length() != b.length() ? a.length() - b.length() : a.compareTo(b);
    return a.length() >= DATE_DIGITS && b.length() >= DATE_DIGITS ? rising : -rising;
  }
}
