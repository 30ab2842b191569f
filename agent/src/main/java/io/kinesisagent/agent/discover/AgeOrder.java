package io.kinesisagent.agent.discover;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which of two files that are new is likely to be the older one: the one that was changed longer
 * ago, else what their names tell. {@code app.log.2} is older than {@code app.log.1}, that than
 * {@code app.log}; of names that end in a date or a time, the lesser is the older. It decides
 * nothing but what is read first.
 */
final class AgeOrder implements Comparator<FileEntry> {
  private static final Pattern NUMBERED = Pattern.compile("(.*?)[.-]?(\\d+)");

  /** From so many digits on a number is a date or a time, which rises. */
  private static final int DATE_DIGITS = 6;

  @Override
  public int compare(FileEntry a, FileEntry b) {
    int byChange = Long.compare(a.changed(), b.changed());
    if (byChange != 0) {
      return byChange;
    }
    Matcher nameOfA = NUMBERED.matcher(name(a));
    Matcher nameOfB = NUMBERED.matcher(name(b));
    boolean numberedA = nameOfA.matches();
    boolean numberedB = nameOfB.matches();
    if (numberedA && numberedB && nameOfA.group(1).equals(nameOfB.group(1))) {
      int byNumber = compareNumbers(nameOfA.group(2), nameOfB.group(2));
      if (byNumber != 0) {
        return byNumber;
      }
    } else if (numberedA && nameOfA.group(1).equals(name(b))) {
      return -1;
    } else if (numberedB && nameOfB.group(1).equals(name(a))) {
      return 1;
    }
    return a.path().compareTo(b.path());
  }

  private static int compareNumbers(String a, String b) {
    int rising = a.length() != b.length() ? a.length() - b.length() : a.compareTo(b);
    return a.length() >= DATE_DIGITS && b.length() >= DATE_DIGITS ? rising : -rising;
  }

  private static String name(FileEntry file) {
    Path name = file.path().getFileName();
    return name == null ? "" : name.toString();
  }
}
