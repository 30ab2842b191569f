package io.kinesisagent.tests.simulation;

import io.kinesisagent.agent.tail.Fingerprint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * What one flow owes: every line that was written into its files, where it can still be read, and
 * how often it came out. It knows by itself which lines could not be kept.
 */
final class Ledger {
  /** How a violation begins that lost nothing: a record came twice with no crash to explain it. */
  static final String REPEATED = "a record came out twice without a reason";

  private static final int MOST_NOTED = 8;
  private static final Pattern BEHIND_NEWLINE = Pattern.compile("(?<=\n)");
  private static final Pattern BEHIND_PART =
      Pattern.compile("(?<=" + SimFlow.Content.PART_END + ")");

  /** A line, or the torn end of a finished file. */
  static final class Line {
    final String record;
    final boolean poison;
    final boolean torn;
    int onDisk;
    int held;
    boolean inMemory;
    boolean excused;
    boolean optional;
    boolean mayRepeat;
    int delivered;
    int deadLettered;
    int epochDelivered = -1;

    Line(String record, boolean poison, boolean torn) {
      this.record = record;
      this.poison = poison;
      this.torn = torn;
    }
  }

  private record Place(Line line, int start, int end) {}

  private final Map<String, Line> lines = new LinkedHashMap<>();
  private final Map<SimDisk.Inode, List<Place>> places = new HashMap<>();
  private final List<String> violations = new ArrayList<>();
  private final SimFlow.Content content;
  private final Coverage coverage;
  private final Consumer<String> notes;
  private int epoch;
  private boolean optional;

  /**
   * @param content of its flow's files
   * @param notes takes what went wrong at the moment that it does, for the history
   */
  Ledger(SimFlow.Content content, Coverage coverage, Consumer<String> notes) {
    this.content = content;
    this.coverage = coverage;
    this.notes = notes;
  }

  List<String> violations() {
    return violations;
  }

  private void wrong(String violation) {
    violations.add(violation);
    if (violations.size() <= MOST_NOTED) {
      notes.accept("WRONG: " + violation);
    }
  }

  // ---- what is written

  /** Says whether what is written from now on is there before a flow begins at its files' ends. */
  void optional(boolean now) {
    optional = now;
  }

  /** A record stands in a file. */
  void place(SimDisk.Inode inode, Line line, int start, int end, Reach reach) {
    if (lines.putIfAbsent(line.record, line) == null) {
      line.optional = optional;
    }
    // What nobody can read any more is in no file that the agent could let go of.
    if (reach != Reach.NOWHERE) {
      places.computeIfAbsent(inode, k -> new ArrayList<>()).add(new Place(line, start, end));
    }
    switch (reach) {
      case ON_DISK -> line.onDisk++;
      case HELD -> line.held++;
      case NOWHERE -> {}
    }
    excuse(line);
  }

  /** Where an agent can read a file. */
  enum Reach {
    ON_DISK,
    HELD,
    NOWHERE
  }

  Line line(String record) {
    return lines.get(record);
  }

  /**
   * A file is being copied. A beginning that is shorter than a fingerprint does not tell a copy:
   * what lies within may come out twice.
   */
  void copying(SimDisk.Inode from) {
    for (Place place : places.getOrDefault(from, List.of())) {
      place.line().mayRepeat |= place.start() < Fingerprint.FULL_LENGTH;
    }
  }

  /** A file was copied: the copy holds the lines, too. */
  void copied(SimDisk.Inode from, SimDisk.Inode to, int upTo) {
    for (Place place : places.getOrDefault(from, List.of())) {
      if (place.end() <= upTo) {
        place(to, place.line(), place.start(), place.end(), Reach.ON_DISK);
      }
    }
  }

  // ---- what is destroyed

  /** A file's content is gone; what was read of it is with the agent. */
  void destroyed(SimDisk.Inode inode, long consumed, boolean wasOnDisk) {
    List<Place> gone = places.remove(inode);
    if (gone == null) {
      return;
    }
    for (Place place : gone) {
      remove(place.line(), wasOnDisk);
      place.line().inMemory |= place.end() <= consumed;
      excuse(place.line());
    }
  }

  /** No path leads to a file any more, but the agent holds it. */
  void onlyHeld(SimDisk.Inode inode) {
    for (Place place : places.getOrDefault(inode, List.of())) {
      place.line().onDisk--;
      place.line().held++;
    }
  }

  /** A path leads to a file again. */
  void reachable(SimDisk.Inode inode) {
    for (Place place : places.getOrDefault(inode, List.of())) {
      place.line().held--;
      place.line().onDisk++;
    }
  }

  /** The agent let go of a file that only it held; what it had read is with it. */
  void letGo(SimDisk.Inode inode, long consumed) {
    List<Place> gone = places.remove(inode);
    if (gone == null) {
      return;
    }
    for (Place place : gone) {
      place.line().held--;
      if (place.end() <= consumed) {
        place.line().inMemory = true;
      } else if (place.line().delivered == 0
          && place.line().onDisk == 0
          && !place.line().torn
          && !place.line().optional) {
        wrong(
            "the agent let go of a file before it had read "
                + shown(place.line().record)
                + " at "
                + place.start()
                + " of inode "
                + inode.number
                + ", read to "
                + consumed);
      }
    }
  }

  /** The agent's memory is gone, and its handles. */
  void crashed(List<SimDisk.Inode> onlyHeld) {
    epoch++;
    for (SimDisk.Inode inode : onlyHeld) {
      List<Place> gone = places.remove(inode);
      if (gone != null) {
        gone.forEach(place -> place.line().held--);
      }
    }
    for (Line line : lines.values()) {
      line.inMemory = false;
      excuse(line);
    }
  }

  /** The agent ended in good order: what it had read has come out; what only it held is gone. */
  void stoppedCleanly(List<SimDisk.Inode> onlyHeld) {
    for (SimDisk.Inode inode : onlyHeld) {
      List<Place> gone = places.remove(inode);
      if (gone != null) {
        gone.forEach(place -> place.line().held--);
      }
    }
    for (Line line : lines.values()) {
      if (line.inMemory
          && !line.torn
          && !line.optional
          && line.delivered == 0
          && line.deadLettered == 0
          && !line.excused) {
        wrong("a clean stop left behind what was read: " + shown(line.record));
      }
      line.inMemory = false;
      excuse(line);
    }
  }

  private static void remove(Line line, boolean wasOnDisk) {
    if (wasOnDisk) {
      line.onDisk--;
    } else {
      line.held--;
    }
  }

  private void excuse(Line line) {
    if (!line.excused
        && line.onDisk <= 0
        && line.held <= 0
        && !line.inMemory
        && line.delivered == 0
        && line.deadLettered == 0) {
      line.excused = true;
      coverage.count("line destroyed before it could be kept");
    }
  }

  // ---- what comes out

  /**
   * A record came out.
   *
   * @param ambiguous whether the agent cannot know
   */
  void delivered(String record, boolean ambiguous) {
    if (content == SimFlow.Content.WRAPPED) {
      messageDelivered(record, ambiguous);
      return;
    }
    if (content != SimFlow.Content.SEVERAL_LINES) {
      lineDelivered(record, ambiguous);
      return;
    }
    List<String> all = BEHIND_NEWLINE.splitAsStream(record).toList();
    for (String line : all.subList(1, all.size())) {
      if (line.charAt(0) != SimFlow.Content.GOES_ON) {
        wrong("a record goes on with a line that begins one: " + shown(line));
      }
    }
    all.forEach(line -> lineDelivered(line, ambiguous));
    if (all.size() > 1) {
      coverage.count("record of several lines delivered");
    }
  }

  private void messageDelivered(String record, boolean ambiguous) {
    List<String> parts = BEHIND_PART.splitAsStream(unwrapped(record)).toList();
    for (int i = 0; i < parts.size(); i++) {
      if (i > 0 && !message(parts.get(i)).equals(message(parts.get(i - 1)))) {
        wrong("parts of different messages were joined: " + shown(record));
      }
      lineDelivered(parts.get(i), ambiguous);
    }
    if (parts.size() > 1) {
      coverage.count("message of several parts delivered");
    }
  }

  /** What a part begins with, up to its number. */
  private static String message(String part) {
    return part.substring(0, Math.max(0, part.indexOf('.')));
  }

  /** A message is given a newline where it ends. */
  private static String unwrapped(String record) {
    return record.endsWith("\n") ? record.substring(0, record.length() - 1) : record;
  }

  private void lineDelivered(String record, boolean ambiguous) {
    Line line = lines.get(record);
    if (line == null) {
      wrong("a record came out that nobody wrote: " + record.length() + " " + shown(record));
      return;
    }
    coverage.count(line.torn ? "torn end delivered" : "record delivered");
    if (line.delivered > 0 && !line.mayRepeat) {
      if (line.epochDelivered == epoch) {
        wrong(REPEATED + ": " + shown(record) + whereabouts(line));
      }
      coverage.count("record repeated after a crash");
    }
    line.delivered++;
    line.epochDelivered = epoch;
    line.mayRepeat |= ambiguous;
  }

  /** What stands at a place may come out again: a part of what became of it was sent. */
  void mayRepeat(long offset) {
    places.values().stream()
        .flatMap(List::stream)
        .filter(place -> place.start() == offset)
        .forEach(place -> place.line().mayRepeat = true);
  }

  /** A request holds a record behind one that its generation has further on. */
  void outOfOrder(String record, long before, long offset) {
    wrong(shown(record) + " at " + offset + " was sent behind one at " + before);
  }

  /** Where a line stands, for the history. */
  private String whereabouts(Line line) {
    StringBuilder found = new StringBuilder();
    places.forEach(
        (inode, all) ->
            all.stream()
                .filter(place -> place.line() == line)
                .forEach(
                    place ->
                        found
                            .append("; in inode ")
                            .append(inode.number)
                            .append(" at ")
                            .append(place.start())));
    return found.toString();
  }

  void deadLettered(String record) {
    Line line = lines.get(content == SimFlow.Content.WRAPPED ? unwrapped(record) : record);
    if (line == null || !line.poison) {
      wrong("a record was put in the dead letters for nothing: " + shown(record));
      return;
    }
    line.deadLettered++;
    coverage.count("record dead-lettered");
  }

  static String shown(String record) {
    String text = record.length() > 30 ? record.substring(0, 30) + "…" : record;
    return text.replace("\n", "\\n").replace("\0", "\\0");
  }

  /** After everything has come to rest: every line that could be kept was. */
  void settleUp() {
    for (Line line : lines.values()) {
      int outcomes = line.poison ? line.deadLettered : line.delivered;
      if (line.optional && outcomes == 0) {
        coverage.count("line passed over by a start at the end");
      } else if (outcomes == 0 && !line.excused && !line.torn) {
        wrong("a line was lost: " + shown(line.record) + whereabouts(line));
      }
    }
  }

  /** How many lines there are, and how many could not be kept. */
  long size() {
    return lines.size();
  }

  long excusedLines() {
    return lines.values().stream().filter(line -> line.excused).count();
  }
}
