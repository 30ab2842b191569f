package io.kinesisagent.tests.simulation;

import io.kinesisagent.agent.discover.FilePattern;
import io.kinesisagent.agent.discover.FileSelection;
import io.kinesisagent.agent.tail.Crc32c;
import io.kinesisagent.agent.tail.Position;
import io.kinesisagent.agent.tail.Tail;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** One seed's world: a disk, writers, the agent, and what befalls them. */
final class World {
  private static final int MAX_DATA_BYTES = 2000;
  private static final long MEMORY_BYTES = 1 << 20;
  private static final long SCARCE_MEMORY_BYTES = 256 * 1024;
  private static final int WORLDS_TO_A_RARE_ONE = 14;
  private static final int WORLDS_TO_ONE_ON_A_NETWORK = 20;
  private static final int WORLDS_TO_ONE_WITH_ROOM = 25;

  private final SplittableRandom random;
  private final Coverage coverage = new Coverage();
  private final List<String> history;
  private final SimClock clock = new SimClock();
  private final SimDisk disk;
  private final SimState state = new SimState();
  private final List<SimFlow> flows = new ArrayList<>();
  private final List<SimWriter> writers = new ArrayList<>();
  private final List<SimDisk.Inode> locked = new ArrayList<>();
  private final SimAgent agent;
  private final boolean interferes;
  private final long memoryBytes;

  /** Of what happens in one of so many worlds only; null elsewhere. */
  private final SplittableRandom rare;

  /** Of what befalls handles where the disk is a server's; null elsewhere. */
  private final SplittableRandom network;

  /** Of reloads, in worlds that have some; null elsewhere. */
  private final SplittableRandom reloads;

  /** Of times in which the directory cannot be listed for longer; null in most worlds. */
  private final SplittableRandom unlisted;

  private boolean mended;
  private boolean writing;
  private int listableAgainIn;

  /**
   * @param number of a world; a negative one is that of the positive with room set aside in files
   * @param keepHistory whether to write down what happens, for people
   */
  World(long number, boolean keepHistory) {
    long seed = Math.abs(number);
    random = new SplittableRandom(seed);
    history = keepHistory ? new ArrayList<>() : null;
    interferes = random.nextInt(3) == 0;
    // None of the seeds that failed before there were such worlds is one of these: they keep
    // theirs.
    boolean isRare = seed % WORLDS_TO_A_RARE_ONE == 10;
    rare = isRare ? new SplittableRandom(seed + 1) : null;
    boolean isNetwork = seed % WORLDS_TO_ONE_ON_A_NETWORK == 4;
    network = isNetwork ? new SplittableRandom(seed + 2) : null;
    disk = new SimDisk(clock, this::hint, this::interfere, random.nextBoolean());
    if (isNetwork) {
      disk.failReads(this::readFails);
    }
    boolean headers = random.nextInt(4) == 0;
    boolean events = random.nextInt(3) != 0;
    // Its own: the seeds that once failed keep their worlds.
    SplittableRandom starts = new SplittableRandom(~seed);
    SplittableRandom room =
        number < 0 || seed % WORLDS_TO_ONE_WITH_ROOM == 20 ? new SplittableRandom(seed + 3) : null;
    SimFlow.Content content = SimFlow.Content.of(seed);
    memoryBytes = content == SimFlow.Content.PROCESSED ? SCARCE_MEMORY_BYTES : MEMORY_BYTES;
    boolean hasReloads =
        content != SimFlow.Content.LINES && content != SimFlow.Content.SEVERAL_LINES;
    reloads = hasReloads ? new SplittableRandom(seed + 4) : null;
    boolean isUnlisted =
        content == SimFlow.Content.WRAPPED
            || content == SimFlow.Content.SPLIT
            || content == SimFlow.Content.DEAD_LETTERED;
    unlisted = isUnlisted ? new SplittableRandom(seed + 5) : null;
    SimFlow.Format format = new SimFlow.Format(headers, content);
    int flowCount = 1 + random.nextInt(2);
    for (int i = 0; i < flowCount; i++) {
      Ledger ledger = new Ledger(format.content(), coverage, this::note);
      SimBackend backend =
          new SimBackend(
              SimFlow.limits(random, MAX_DATA_BYTES), clock, random.split(), ledger, coverage);
      FileSelection files =
          FileSelection.of(
              List.of(
                  FilePattern.parse(
                      "/logs/" + (char) ('a' + i) + "*.log*", FileSystems.getDefault())));
      boolean fromEnd = starts.nextInt(8) == 0 && !format.content().splits();
      ledger.optional(fromEnd);
      flows.add(
          new SimFlow(
              "flow" + i,
              files,
              backend,
              ledger,
              format,
              fromEnd,
              new SimChanges(events),
              random.split()));
      int writerCount = 1 + random.nextInt(2);
      for (int w = 0; w < writerCount; w++) {
        writers.add(
            new SimWriter(
                this,
                random.split(),
                ledger,
                (char) ('a' + i) + "" + w,
                new SimWriter.Traits(format, MAX_DATA_BYTES, room)));
      }
    }
    agent = new SimAgent(clock, disk, state, flows, random.split(), this);
  }

  SimDisk disk() {
    return disk;
  }

  Coverage coverage() {
    return coverage;
  }

  /** The bound on the memory of all flows; in some worlds it is soon reached. */
  long memoryBytes() {
    return memoryBytes;
  }

  int maxDataBytes() {
    return MAX_DATA_BYTES;
  }

  void note(String what) {
    if (history != null) {
      history.add(String.format("%9.3f s  %s", clock.nanoTime() / 1e9, what));
    }
  }

  /** What the agent's tails are like, a line each. */
  List<String> tails() {
    return agent.tails();
  }

  List<String> history() {
    return history;
  }

  private void hint(Path path, boolean named) {
    flows.forEach(flow -> flow.changes().changed(path, named));
  }

  /** Somebody else does something in the middle of what the agent does. */
  private void interfere() {
    if (interferes && !writing && random.nextInt(40) == 0) {
      coverage.count("writer between two operations of the agent");
      write();
    }
  }

  private void write() {
    writing = true;
    writers.get(random.nextInt(writers.size())).act();
    writing = false;
  }

  // ---- the life of a seed

  /** Lives through it all, and returns what was wrong. */
  List<String> live() {
    if (random.nextInt(3) != 0) {
      agent.start();
    }
    int steps = 60 + random.nextInt(200);
    for (int i = 0; i < steps; i++) {
      step();
      agent.check();
    }
    rest();
    flows.forEach(flow -> flow.ledger().settleUp());
    List<String> violations = new ArrayList<>(agent.violations());
    flows.forEach(flow -> violations.addAll(flow.ledger().violations()));
    return violations;
  }

  private void step() {
    if (rare != null && rare.nextInt(12) == 0) {
      befallRarely();
    }
    if (network != null && network.nextInt(8) == 0) {
      handlesGoStale();
    }
    if (reloads != null && reloads.nextInt(40) == 0) {
      agent.reload(flows.get(reloads.nextInt(flows.size())));
    }
    if (unlisted != null && unlisted.nextInt(12) == 0) {
      note("directory cannot be listed for longer");
      disk.listable(false);
      letSecondsPass(unlisted, 20_000_000_000L);
      disk.listable(true);
    }
    int dice = random.nextInt(1000);
    if (dice < 420) {
      write();
    } else if (dice < 860) {
      agent.work(1 + random.nextInt(4));
      clock.advance(random.nextLong(random.nextInt(10) == 0 ? 3_000_000_000L : 150_000_000L));
    } else if (dice < 880) {
      agent.workUntilIdle(20);
    } else if (dice < 900) {
      clock.advance(random.nextLong(20_000_000_000L));
    } else {
      befall(random.nextInt(100));
    }
  }

  private void befall(int dice) {
    if (dice < 14) {
      agent.crash(random.nextBoolean());
    } else if (dice < 24) {
      agent.stop();
    } else if (dice < 48) {
      agent.start();
    } else if (dice < 58) {
      SimFlow flow = flows.get(random.nextInt(flows.size()));
      boolean away = random.nextBoolean();
      flow.backend().away(away);
      note("destination of " + flow.id() + (away ? " is away" : " is back"));
    } else if (dice < 66) {
      lockOrUnlock();
    } else if (dice < 72) {
      boolean full = !state.full();
      state.full(full);
      coverage.count("disk full for checkpoints");
      note("disk " + (full ? "full" : "has room again"));
    } else if (dice < 80) {
      clock.stepWall(random.nextLong(-100_000_000L, 100_000_000L));
      coverage.count("wall clock stepped");
    } else if (dice < 86) {
      flows.forEach(flow -> flow.changes().overflow());
      coverage.count("file events lost");
    } else if (dice < 92) {
      disk.listable(false);
      listableAgainIn = 1;
      coverage.count("directory unreadable");
      note("directory cannot be listed");
    } else {
      disk.listable(true);
      agent.work(3);
    }
    if (listableAgainIn > 0 && random.nextInt(3) == 0) {
      disk.listable(true);
      listableAgainIn = 0;
    }
  }

  /** What takes several of the agent's steps to matter. */
  private void befallRarely() {
    if (rare.nextBoolean()) {
      writing = true;
      writers.get(rare.nextInt(writers.size())).rotateWithinALine(rare, this::letSomeSecondsPass);
      writing = false;
    } else {
      disk.listable(false);
      coverage.count("directory unreadable");
      note("directory cannot be listed for a while");
      letSomeSecondsPass();
      disk.listable(true);
    }
  }

  /** With the agent at work. */
  private void letSomeSecondsPass() {
    letSecondsPass(rare, 7_000_000_000L);
  }

  private void letSecondsPass(SplittableRandom dice, long mostNanos) {
    long end = clock.nanoTime() + dice.nextLong(mostNanos);
    while (clock.nanoTime() < end) {
      agent.work(1 + dice.nextInt(4));
      clock.advance(1 + dice.nextLong(end - clock.nanoTime()));
    }
  }

  private void lockOrUnlock() {
    if (!locked.isEmpty()) {
      locked.remove(0).readable = true;
      return;
    }
    List<SimDisk.Inode> inodes = new ArrayList<>(disk.names().values());
    if (!inodes.isEmpty()) {
      SimDisk.Inode inode = inodes.get(random.nextInt(inodes.size()));
      inode.readable = false;
      locked.add(inode);
      note("inode " + inode.number + " is unreadable");
    }
  }

  private boolean readFails() {
    boolean fails = network.nextInt(50) == 0;
    if (fails) {
      coverage.count("read that failed");
    }
    return fails;
  }

  private void handlesGoStale() {
    List<SimDisk.Inode> open =
        disk.names().values().stream()
            .filter(inode -> !inode.handles.isEmpty() && onDisk(inode))
            .toList();
    if (!open.isEmpty()) {
      SimDisk.Inode inode = open.get(network.nextInt(open.size()));
      disk.staleHandles(inode);
      coverage.count("handle gone stale");
      note("handles of inode " + inode.number + " go stale");
    }
  }

  /** Whether what can be mended is, and stays so. */
  boolean mended() {
    return mended;
  }

  /** Everything that was wrong is mended, and the agent has all the time it wants. */
  private void rest() {
    mended = true;
    locked.forEach(inode -> inode.readable = true);
    disk.listable(true);
    state.full(false);
    flows.forEach(flow -> flow.backend().faultless());
    writing = true;
    writers.forEach(SimWriter::finish);
    note("rest");
    agent.start();
    agent.workUntilIdle(50_000);
    agent.checkAtRest();
  }

  // ---- what writers do to files, with its meaning for the books

  void rotated(String writer, SimWriter.Style style) {
    coverage.count("rotation " + style.name().toLowerCase(java.util.Locale.ROOT));
    note(writer + " rotates: " + style);
  }

  /** Where the agent can read a file of a flow from now on. */
  Ledger.Reach reach(Ledger ledger, SimDisk.Inode inode) {
    if (onDisk(inode)) {
      return Ledger.Reach.ON_DISK;
    }
    if (aside(inode)) {
      // Written aside, to be renamed into the pattern: it counts from then on.
      return Ledger.Reach.HELD;
    }
    return agent.holds(ledger, inode) ? Ledger.Reach.HELD : Ledger.Reach.NOWHERE;
  }

  private boolean onDisk(SimDisk.Inode inode) {
    return disk.pathOf(inode).stream().anyMatch(path -> path.startsWith("/logs"));
  }

  private boolean aside(SimDisk.Inode inode) {
    return disk.pathOf(inode).stream().anyMatch(path -> path.toString().endsWith(".aside"));
  }

  void truncate(SimDisk.Inode inode) {
    boolean reachable = onDisk(inode);
    flows.forEach(flow -> flow.ledger().destroyed(inode, agent.consumed(flow, inode), reachable));
    disk.truncate(inode);
    note("inode " + inode.number + " truncated");
  }

  void delete(Path path) {
    SimDisk.Inode inode = disk.at(path);
    disk.delete(path);
    unreachable(inode);
    note(path + " deleted (inode " + inode.number + ")");
  }

  void rename(Path from, Path to) {
    SimDisk.Inode inode = disk.at(from);
    SimDisk.Inode replaced = disk.at(to);
    disk.rename(from, to);
    note(from + " renamed to " + to + " (inode " + inode.number + ")");
    if (replaced != null && replaced != inode) {
      unreachable(replaced);
    }
    if (!to.startsWith("/logs")) {
      unreachable(inode);
    } else if (!from.startsWith("/logs")) {
      flows.forEach(flow -> flow.ledger().reachable(inode));
    }
  }

  private void unreachable(SimDisk.Inode inode) {
    for (SimFlow flow : flows) {
      if (agent.holds(flow.ledger(), inode)) {
        flow.ledger().onlyHeld(inode);
      } else {
        flow.ledger().destroyed(inode, agent.consumed(flow, inode), true);
      }
    }
  }

  /** How far a tail has read the content that an inode has now; 0 where it has not. */
  static long consumed(Tail tail, SimDisk.Inode inode) {
    long end = tail.position().offset();
    long origin = tail.origin();
    if (tail.key().inode() != inode.number
        || end > inode.size
        || origin > end
        || !tail.head().matches(inode.data, inode.size)) {
      return 0;
    }
    int crc = Crc32c.of(inode.data, (int) origin, (int) (end - origin));
    long near = Position.START.advance(inode.data, 0, (int) end).near();
    return crc == tail.position().crc() && near == tail.position().near() ? end : 0;
  }
}
