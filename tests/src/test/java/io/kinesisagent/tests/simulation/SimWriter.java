package io.kinesisagent.tests.simulation;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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

  private final World world;
  private final RandomGenerator random;
  private final Ledger ledger;
  private final String name;
  private final SimFlow.Format format;
  private final int giantBytes;

  /** How much room it sets aside where it writes into such; null where it appends. */
  private final RandomGenerator room;

  private SimDisk.Inode current;
  private SimDisk.Inode old;
  private int oldLinesLeft;
  private String torn = "";
  private int tornAt;
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
    this.format = traits.format();
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
    if (format.headers()) {
      disk().write(inode, inode.written, bytes(HEADER + " " + name + " " + serial++ + "\n"));
    }
  }

  private void setRoomAside(SimDisk.Inode inode) {
    if (room != null && inode.written == inode.size) {
      disk().setAside(inode, 1 + room.nextInt(3000));
      world.coverage().count("room set aside");
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private String text() {
    int id = serial++;
    String start = name + "-" + id + " ";
    int dice = random.nextInt(200);
    if (format.multiLine()) {
      return multiLineText(start);
    }
    if (dice == 0) {
      return start + "g".repeat(giantBytes + random.nextInt(3 * giantBytes));
    }
    if (dice == 1) {
      return start + SimBackend.POISON;
    }
    if (dice == 2) {
      return start + "nul\0nul \r x";
    }
    return start + "x".repeat(random.nextInt(120));
  }

  /** A line that begins a record, or goes on with it; no record is longer than one may be. */
  private String multiLineText(String start) {
    boolean goesOn = goesOnWith < MOST_LINES_A_RECORD - 1 && random.nextInt(3) != 0;
    goesOnWith = goesOn ? goesOnWith + 1 : 0;
    return (goesOn ? String.valueOf(SimFlow.Format.GOES_ON) : "")
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
    String record = text + "\n";
    if (record.length() > world.maxDataBytes()) {
      record = text.substring(0, world.maxDataBytes() - 1) + "\n";
      world.coverage().count("giant line");
    }
    Ledger.Line line = new Ledger.Line(record, text.contains(SimBackend.POISON), false);
    ledger.place(inode, line, start, start + text.length() + 1, world.reach(ledger, inode));
  }

  // ---- torn lines

  private void beginTornLine() {
    torn = text();
    tornAt = current.written;
    int part = 1 + random.nextInt(torn.length());
    disk().write(current, tornAt, bytes(torn.substring(0, part)));
    world.coverage().count("line written in two pieces");
  }

  private void endTornLine() {
    int written = current.written - tornAt;
    disk()
        .write(
            current,
            current.written,
            bytes(torn.substring(Math.min(written, torn.length())) + "\n"));
    place(current, torn, tornAt);
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
    int part = 1 + rare.nextInt(text.length());
    disk().write(inode, start, bytes(text.substring(0, part)));
    world.rotated(name, Style.RENAME_AND_KEEP_WRITING);
    world.coverage().count("file renamed within a line");
    rename(true);
    meanwhile.run();
    disk().write(inode, inode.written, bytes(text.substring(part) + "\n"));
    place(inode, text, start);
  }

  /** A file is left with a line that will never get its newline. */
  private void leaveTornLine(SimDisk.Inode inode) {
    if (random.nextInt(4) != 0) {
      return;
    }
    String text = name + "-" + serial++ + " torn";
    int start = inode.written;
    disk().write(inode, start, bytes(text));
    ledger.place(
        inode,
        new Ledger.Line(text, false, true),
        start,
        start + text.length(),
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
    if (format.headers()) {
      disk().write(current, at, bytes(HEADER + " " + name + " " + serial++ + "\n"));
      at = current.written;
    }
    String text = name + "-" + serial++ + " behind a hole";
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
