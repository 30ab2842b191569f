package io.kinesisagent.tests.simulation;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A program that logs: whole lines, torn lines, giant ones, empty ones, into a file that it rotates
 * in every way that programs and logrotate do.
 */
final class SimWriter {
  /** The ways to rotate. */
  enum Style {
    RENAME,
    RENAME_AND_KEEP_WRITING,
    NEW_NAME,
    RENAME_OUT_OF_PATTERN,
    COPY_AND_TRUNCATE,
    COPY_OUT_OF_PATTERN_AND_TRUNCATE,
    COPY_WITHOUT_TRUNCATION,
    TRUNCATE,
    TRUNCATE_AND_OUTGROW,
    TRUNCATE_UNDER_A_WRITER_THAT_DOES_NOT_APPEND,
    DELETE,
    REPLACE_ATOMICALLY,
    DELETE_THE_OLDEST
  }

  static final String HEADER = "#header";

  private static final int MOST_LINES_A_RECORD = 6;

  /** What the lines of a container's runtime are made of. */
  private static final String OUT = "stdout ";

  private static final String ERR = "stderr ";
  private static final String PART = "P ";
  private static final String WHOLE = "F ";
  private static final int PREFIX_LENGTH = ("t " + OUT + WHOLE).length();

  private final World world;
  private final RandomGenerator random;
  private final Ledger ledger;
  private final String name;
  private final boolean headers;
  private final SimFlow.Content content;
  private final int giantBytes;

  /** How much room it sets aside where it writes into such; null where it appends. */
  private final RandomGenerator room;

  private SimDisk.Inode current;
  private SimDisk.Inode old;
  private int oldLinesLeft;
  private String torn = "";
  private int tornAt;

  /** How much of the torn line is in the books. */
  private int tornPlaced;

  private int serial;
  private int rotations;

  /** How many lines have gone on with a record since one began one. */
  private int goesOnWith;

  private Path copying;
  private int copied;

  SimWriter(World world, RandomGenerator random, Ledger ledger, String name, Traits traits) {
    this.world = world;
    this.random = random;
    this.ledger = ledger;
    this.name = name;
    this.headers = traits.format().headers();
    this.content = traits.format().content();
    this.giantBytes = traits.giantBytes();
    this.room = traits.room();
  }

  /**
   * What a writer is like.
   *
   * @param format what its files are like
   * @param giantBytes the length from which a line is longer than the destination takes
   * @param room of how much room it sets aside before it writes, as one does that maps its file;
   *     null where it appends
   */
  record Traits(SimFlow.Format format, int giantBytes, RandomGenerator room) {}

  private Path path() {
    return Path.of("/logs", name + ".log");
  }

  private SimDisk disk() {
    return world.disk();
  }

  /** Does one thing. */
  void act() {
    if (copying != null) {
      copyOn();
      return;
    }
    if (!torn.isEmpty()) {
      endTornLine();
      return;
    }
    if (current == null) {
      open();
    }
    int dice = random.nextInt(100);
    if (old != null && oldLinesLeft-- > 0) {
      line(old);
    } else if (dice < 70) {
      old = null;
      int lines = random.nextInt(12) + 1;
      for (int i = 0; i < lines; i++) {
        line(current);
      }
    } else if (dice < 80) {
      beginTornLine();
    } else {
      rotate(Style.values()[random.nextInt(Style.values().length)]);
    }
  }

  /** Comes to an end: what is torn is completed, what is being copied is copied. */
  void finish() {
    while (copying != null) {
      copyOn();
    }
    if (!torn.isEmpty()) {
      endTornLine();
    }
    if (current == null) {
      open();
    }
    line(current);
  }

  private void open() {
    current = disk().at(path());
    if (current == null) {
      current = disk().create(path());
      begin(current);
    }
  }

  /** Begins a file, or what it holds after it was cut. */
  private void begin(SimDisk.Inode inode) {
    setRoomAside(inode);
    if (headers) {
      disk().write(inode, inode.written, bytes(HEADER + " " + name + " " + serial++ + "\n"));
    }
  }

  private void setRoomAside(SimDisk.Inode inode) {
    if (room != null && inode.written == inode.size) {
      disk().setAside(inode, 1 + room.nextInt(3000));
      world.coverage().count("room set aside");
    }
  }

  private byte[] bytes(String text) {
    return text.getBytes(content.charset());
  }

  private String text() {
    int id = serial++;
    String start = name + "-" + id + " ";
    int dice = random.nextInt(200);
    if (content == SimFlow.Content.SEVERAL_LINES) {
      return multiLineText(start);
    }
    if (content == SimFlow.Content.WRAPPED) {
      return dice == 1 ? wrapped(OUT, WHOLE, name + "-" + id, 0, SimBackend.POISON) : messages(id);
    }
    if (content == SimFlow.Content.PROCESSED && random.nextInt(4) == 0) {
      return start + SimProcessor.MARKS.get(random.nextInt(SimProcessor.MARKS.size()));
    }
    if (dice == 0 || (content.splits() && dice < 12)) {
      return giantText(start, giantBytes + random.nextInt(3 * giantBytes));
    }
    if (dice == 1) {
      return start + SimBackend.POISON;
    }
    if (dice == 2) {
      return start + "nul\0nul \r x";
    }
    return start + "x".repeat(random.nextInt(120));
  }

  /** A line of which no two pieces are the same, and none is short, where it is to be cut. */
  private String giantText(String start, int length) {
    if (!content.splits()) {
      return start + "g".repeat(length);
    }
    StringBuilder text = new StringBuilder(start);
    for (int i = 0; text.length() < length || text.length() % giantBytes < 100; i++) {
      text.append(start).append(i).append(' ');
    }
    return text.toString();
  }

  /** A message of one stream, and maybe one of the other within it, some of them in parts. */
  private String messages(int id) {
    int outs = random.nextInt(3) == 0 ? 1 + random.nextInt(3) : 1;
    int errors = random.nextInt(4) == 0 ? 1 + random.nextInt(2) : 0;
    int errorId = errors > 0 ? serial++ : 0;
    StringBuilder text = new StringBuilder();
    int out = 0;
    int error = 0;
    while (out < outs || error < errors) {
      text.append(text.length() > 0 ? "\n" : "");
      if (error == errors || (out < outs && random.nextBoolean())) {
        out++;
        text.append(wrapped(OUT, out == outs ? WHOLE : PART, name + "-" + id, out, filler()));
      } else {
        error++;
        text.append(
            wrapped(ERR, error == errors ? WHOLE : PART, name + "-" + errorId, error, filler()));
      }
    }
    return text.toString();
  }

  private String prefix() {
    return content == SimFlow.Content.WRAPPED ? "t " + OUT + WHOLE : "";
  }

  private String filler() {
    return "x".repeat(random.nextInt(120));
  }

  private static String wrapped(String stream, String tag, String message, int part, String text) {
    return "t " + stream + tag + message + "." + part + " " + text + SimFlow.Content.PART_END;
  }

  /** A line that begins a record, or goes on with it; no record is longer than one may be. */
  private String multiLineText(String start) {
    boolean goesOn = goesOnWith < MOST_LINES_A_RECORD - 1 && random.nextInt(3) != 0;
    goesOnWith = goesOn ? goesOnWith + 1 : 0;
    return (goesOn ? String.valueOf(SimFlow.Content.GOES_ON) : "")
        + start
        + "x".repeat(random.nextInt(120));
  }

  private void line(SimDisk.Inode inode) {
    setRoomAside(inode);
    int start = inode.written;
    String text = text();
    disk().write(inode, start, bytes(text + "\n"));
    place(inode, text, start);
  }

  /** What is to come out of a line, and where it stands. */
  private void place(SimDisk.Inode inode, String text, int start) {
    place(inode, text, start, placePieces(inode, text, start, 0, text.length()));
  }

  /**
   * What is to come out of a line that ends.
   *
   * @param from how much of it was placed before it ended
   */
  private void place(SimDisk.Inode inode, String text, int start, int from) {
    if (content == SimFlow.Content.WRAPPED) {
      placeParts(inode, text, start, from, text.length());
      return;
    }
    int max = world.maxDataBytes();
    int at = start + bytes(text.substring(0, from)).length;
    int end = start + bytes(text + "\n").length;
    String record = text.substring(from) + "\n";
    boolean giant = record.length() > max;
    if (giant) {
      world.coverage().count("giant line");
    }
    boolean poison = text.contains(SimBackend.POISON);
    if (content == SimFlow.Content.PROCESSED) {
      List<String> all = SimProcessor.records(record, max);
      world
          .coverage()
          .count(
              all.isEmpty()
                  ? "line dropped by rule"
                  : all.size() > 1 ? "several records made of a line" : "line processed");
      for (String made : all) {
        put(inode, made, poison || SimProcessor.fails(record), at, end);
      }
    } else if (giant && content == SimFlow.Content.DEAD_LETTERED) {
      // One byte more than may be: it tells that the line was longer.
      put(inode, text.substring(0, max + 1), true, at, end);
    } else {
      String cut = giant ? text.substring(0, max - 1) + "\n" : record;
      put(inode, cut, poison, at, end);
    }
  }

  /** The same of the lines of wrapped messages that end before {@code to}. */
  private int placeParts(SimDisk.Inode inode, String text, int start, int from, int to) {
    int at = from;
    for (int end = partEnd(text, at); at < text.length() && end <= to; end = partEnd(text, at)) {
      String part = text.substring(at + PREFIX_LENGTH, end);
      put(inode, part, part.contains(SimBackend.POISON), start + at, start + end + 1);
      at = end + 1;
    }
    return at;
  }

  private static int partEnd(String text, int at) {
    int newline = text.indexOf('\n', at);
    return newline < 0 ? text.length() : newline;
  }

  private void put(SimDisk.Inode inode, String record, boolean poison, int start, int end) {
    ledger.place(
        inode, new Ledger.Line(record, poison, false), start, end, world.reach(ledger, inode));
  }

  /**
   * What is to come out of a line before it ends, where it is cut into pieces.
   *
   * @param from how much of it was placed before
   * @param written how much of it is written
   * @return how much of it is placed now
   */
  private int placePieces(SimDisk.Inode inode, String text, int start, int from, int written) {
    if (content == SimFlow.Content.WRAPPED) {
      return placeParts(inode, text, start, from, Math.min(written, text.length()) - 1);
    }
    int at = from;
    while (content.splits() && written - at >= giantBytes) {
      String piece = text.substring(at, at + giantBytes);
      put(inode, piece, false, start + at, start + at + giantBytes);
      world.coverage().count("piece of a giant line");
      at += giantBytes;
    }
    return at;
  }

  // ---- torn lines

  private void beginTornLine() {
    torn = text();
    tornAt = current.written;
    byte[] bytes = bytes(torn);
    int part = 1 + random.nextInt(bytes.length);
    disk().write(current, tornAt, Arrays.copyOf(bytes, part));
    tornPlaced = placePieces(current, torn, tornAt, 0, part);
    world.coverage().count("line written in two pieces");
  }

  private void endTornLine() {
    byte[] bytes = bytes(torn + "\n");
    int written = Math.min(current.written - tornAt, bytes(torn).length);
    disk().write(current, current.written, Arrays.copyOfRange(bytes, written, bytes.length));
    tornPlaced = placePieces(current, torn, tornAt, tornPlaced, torn.length());
    place(current, torn, tornAt, tornPlaced);
    torn = "";
  }

  /**
   * Renames its file in the middle of a line, which it ends there a little later.
   *
   * @param meanwhile takes less time than a rotated file has to grow
   */
  void rotateWithinALine(RandomGenerator rare, Runnable meanwhile) {
    if (copying != null || !torn.isEmpty()) {
      return;
    }
    if (current == null) {
      open();
    }
    SimDisk.Inode inode = current;
    String text = text();
    int start = inode.written;
    byte[] bytes = bytes(text + "\n");
    int part = 1 + rare.nextInt(bytes(text).length);
    disk().write(inode, start, Arrays.copyOf(bytes, part));
    int placed = placePieces(inode, text, start, 0, part);
    world.rotated(name, Style.RENAME_AND_KEEP_WRITING);
    world.coverage().count("file renamed within a line");
    rename(true);
    meanwhile.run();
    disk().write(inode, inode.written, Arrays.copyOfRange(bytes, part, bytes.length));
    placed = placePieces(inode, text, start, placed, text.length());
    place(inode, text, start, placed);
  }

  /** A file is left with a line that will never get its newline. */
  private void leaveTornLine(SimDisk.Inode inode) {
    if (random.nextInt(4) != 0) {
      return;
    }
    String text = name + "-" + serial++ + " torn";
    int start = inode.written;
    byte[] bytes = bytes(prefix() + text);
    disk().write(inode, start, bytes);
    ledger.place(
        inode,
        new Ledger.Line(text, false, true),
        start,
        start + bytes.length,
        world.reach(ledger, inode));
    world.coverage().count("file left without its last newline");
  }

  // ---- rotation

  private void rotate(Style style) {
    world.rotated(name, style);
    switch (style) {
      case RENAME -> rename(false);
      case RENAME_AND_KEEP_WRITING -> rename(true);
      case NEW_NAME -> {
        leaveTornLine(current);
        world.rename(path(), Path.of("/logs", name + ".log-" + rotations++));
        current = null;
      }
      case RENAME_OUT_OF_PATTERN -> {
        leaveTornLine(current);
        world.rename(path(), Path.of("/old", name + ".log." + rotations++));
        current = null;
      }
      case COPY_AND_TRUNCATE, COPY_WITHOUT_TRUNCATION -> {
        if (room == null) {
          beginCopy(style);
        } else {
          rename(false);
        }
      }
      case COPY_OUT_OF_PATTERN_AND_TRUNCATE, TRUNCATE -> {
        world.truncate(current);
        begin(current);
      }
      case TRUNCATE_AND_OUTGROW -> {
        int size = current.written;
        world.truncate(current);
        begin(current);
        while (current.written <= size) {
          line(current);
        }
      }
      case TRUNCATE_UNDER_A_WRITER_THAT_DOES_NOT_APPEND -> hole();
      case DELETE -> {
        boolean keepWriting = random.nextBoolean();
        if (!keepWriting) {
          leaveTornLine(current);
        }
        world.delete(path());
        if (keepWriting) {
          old = current;
          oldLinesLeft = random.nextInt(3);
        }
        current = null;
      }
      case REPLACE_ATOMICALLY -> {
        Path aside = Path.of("/old", name + ".aside");
        SimDisk.Inode fresh = disk().create(aside);
        begin(fresh);
        current = fresh;
        for (int i = random.nextInt(4); i >= 0; i--) {
          line(fresh);
        }
        world.rename(aside, path());
      }
      case DELETE_THE_OLDEST -> {
        Path oldest = Path.of("/logs", name + ".log.3");
        if (disk().at(oldest) != null) {
          world.delete(oldest);
        }
      }
    }
  }

  private void rename(boolean keepWriting) {
    for (int i = 3; i >= 1; i--) {
      Path from = Path.of("/logs", name + ".log." + i);
      if (disk().at(from) != null) {
        if (i == 3) {
          world.delete(from);
        } else {
          world.rename(from, Path.of("/logs", name + ".log." + (i + 1)));
        }
      }
    }
    if (!keepWriting) {
      leaveTornLine(current);
    }
    world.rename(path(), Path.of("/logs", name + ".log.1"));
    old = keepWriting ? current : null;
    oldLinesLeft = random.nextInt(4);
    current = null;
    if (random.nextBoolean()) {
      open();
    }
  }

  private void hole() {
    int at = current.written;
    world.truncate(current);
    if (at < 16) {
      begin(current);
      return;
    }
    if (headers) {
      disk().write(current, at, bytes(HEADER + " " + name + " " + serial++ + "\n"));
      at = current.written;
    }
    String text = prefix() + name + "-" + serial++ + " behind a hole";
    disk().write(current, at, bytes(text + "\n"));
    place(current, text, at);
  }

  // ---- copies

  private Style copyStyle;

  private void beginCopy(Style style) {
    copyStyle = style;
    copying = Path.of("/logs", name + ".log-copy" + rotations++);
    disk().create(copying);
    copied = 0;
    if (random.nextBoolean()) {
      copyOn();
    }
  }

  private void copyOn() {
    ledger.copying(current);
    SimDisk.Inode copy = disk().at(copying);
    if (copied < current.size) {
      int step = 1 + random.nextInt(random.nextInt(4) == 0 ? 700 : 20_000);
      int to = Math.min(current.size, copied + step);
      disk().write(copy, copied, current.content(copied, to));
      copied = to;
      if (random.nextInt(3) != 0 && copied < current.size) {
        return;
      }
      if (copied < current.size) {
        copyOn();
        return;
      }
    }
    ledger.copied(current, copy, copied);
    if (random.nextInt(5) == 0) {
      // A line between the copy's last read and the cut: lost to everybody but a quick agent.
      line(current);
    }
    if (copyStyle == Style.COPY_AND_TRUNCATE) {
      world.truncate(current);
      begin(current);
    }
    copying = null;
  }
}
