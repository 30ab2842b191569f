package io.kinesisagent.tests.simulation;

import io.kinesisagent.agent.batch.MemoryBudget;
import io.kinesisagent.agent.checkpoint.Checkpoint;
import io.kinesisagent.agent.checkpoint.Checkpointer;
import io.kinesisagent.agent.checkpoint.JournalCheckpointStore;
import io.kinesisagent.agent.flow.ChunkPool;
import io.kinesisagent.agent.flow.FlowFactory;
import io.kinesisagent.agent.flow.FlowTask;
import io.kinesisagent.agent.send.DeadLetter;
import io.kinesisagent.agent.send.Permits;
import io.kinesisagent.agent.send.SendingContext;
import io.kinesisagent.agent.tail.Account;
import io.kinesisagent.agent.tail.Tail;
import io.kinesisagent.spi.RecordView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;

/** The agent as the program puts it together, started, stopped and killed within one thread. */
final class SimAgent {
  private final SimClock clock;
  private final SimDisk disk;
  private final SimState state;
  private final List<SimFlow> flows;
  private final RandomGenerator random;
  private final World world;
  private final List<String> violations = new ArrayList<>();
  private final Map<SimFlow, FlowTask> tasks = new LinkedHashMap<>();
  private final Map<SimFlow, MemoryBudget.Share> shares = new LinkedHashMap<>();
  private final Map<SimFlow, Set<SimDisk.Inode>> heldByNobodyElse = new LinkedHashMap<>();

  /** How far generations that are known no longer had read files that only the agent holds. */
  private final Map<SimFlow, Map<SimDisk.Inode, Long>> readByForgotten = new LinkedHashMap<>();

  /** What lies before what was read of each generation: it began there, or passed it over. */
  private final Map<Tail, Long> notReadOf = new HashMap<>();

  /** Generations that went on at another place since the last look at their books. */
  private final Set<Tail> jumped = new HashSet<>();

  private final ChunkPool chunks = new ChunkPool();
  private MemoryBudget budget;
  private Checkpointer checkpointer;
  private JournalCheckpointStore store;
  private boolean up;

  SimAgent(
      SimClock clock,
      SimDisk disk,
      SimState state,
      List<SimFlow> flows,
      RandomGenerator random,
      World world) {
    this.clock = clock;
    this.disk = disk;
    this.state = state;
    this.flows = flows;
    this.random = random;
    this.world = world;
  }

  List<String> violations() {
    return violations;
  }

  // ---- life

  void start() {
    if (up || state.full()) {
      return;
    }
    world.note("agent starts");
    world.coverage().count("start");
    try {
      store = new JournalCheckpointStore(state, what -> world.note("agent: " + what));
      checkpointer = new Checkpointer(store, clock, what -> world.note("agent: " + what));
      long bytes = world.memoryBytes();
      budget = new MemoryBudget(bytes, flows.size() * bytes / 4);
      for (SimFlow flow : flows) {
        start(flow);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    up = true;
  }

  private void start(SimFlow flow) throws IOException {
    SendingContext sending =
        new SendingContext(
            new Permits(1 + random.nextInt(6)), letters -> keep(flow, letters), random);
    MemoryBudget.Share share = budget.share(world.memoryBytes() / 4);
    FlowTask.Surroundings around =
        new FlowTask.Surroundings(flow.id(), "host", clock, flow.changes(), chunks, checkpointer);
    readByForgotten.put(flow, new HashMap<>());
    SimEvents events =
        new SimEvents(
            world.coverage(), world::note, jumped::add, tail -> noteForgotten(flow, tail));
    FlowTask task =
        new FlowFactory(disk, sending)
            .create(
                around,
                flow.options(checkpointer.knows(flow.id())),
                flow.backend(),
                share,
                events,
                () -> {});
    for (Checkpoint checkpoint : checkpointer.newest(flow.id())) {
      task.restore(checkpoint.tail());
    }
    flow.changes().overflow();
    tasks.put(flow, task);
    shares.put(flow, share);
  }

  private CompletionStage<Void> keep(SimFlow flow, List<DeadLetter> letters) {
    for (int i = 0; i < letters.size(); i++) {
      if (random.nextInt(4) == 0 && !world.mended()) {
        return CompletableFuture.failedFuture(new IOException("No space left on device"));
      }
    }
    for (DeadLetter letter : letters) {
      RecordView record = letter.record();
      flow.ledger()
          .deadLettered(
              new String(
                  record.array(), record.offset(), record.length(), StandardCharsets.ISO_8859_1));
    }
    return CompletableFuture.completedFuture(null);
  }

  /** Dies without a word; the machine with it, or not. */
  void crash(boolean machine) {
    if (!up) {
      return;
    }
    world.note("agent crashes" + (machine ? ", and its machine" : ""));
    world.coverage().count(machine ? "crash of the machine" : "crash of the process");
    noteClosedFiles();
    flows.forEach(flow -> flow.backend().abandonAll());
    over();
    if (machine) {
      state.loseUnsynced(random);
    }
  }

  /** Ends in good order: nothing is repeated afterwards if all was sent in time. */
  void stop() {
    if (!up) {
      return;
    }
    noteClosedFiles();
    tasks.values().forEach(FlowTask::drain);
    for (int i = 0; i < 200 && !tasks.values().stream().allMatch(FlowTask::drained); i++) {
      work(1);
      clock.advance(20_000_000L);
    }
    boolean drained = tasks.values().stream().allMatch(FlowTask::drained);
    tasks.forEach(
        (flow, task) ->
            task.tails().stream()
                .filter(tail -> tail.piecesTaken() > 0)
                .forEach(tail -> leaveInPieces(flow, tail)));
    noteClosedFiles();
    tasks.values().forEach(FlowTask::close);
    Map<SimFlow, Set<SimDisk.Inode>> stillHeld = new LinkedHashMap<>(heldByNobodyElse);
    boolean kept = true;
    try {
      checkpointer.flush();
    } catch (IOException e) {
      kept = false;
    }
    world.note("agent stops, " + (drained && kept ? "everything sent" : "not everything sent"));
    if (drained && kept) {
      world.coverage().count("clean stop");
      for (SimFlow flow : flows) {
        flow.ledger().stoppedCleanly(List.copyOf(stillHeld.getOrDefault(flow, Set.of())));
      }
      end();
    } else {
      world.coverage().count("stop that ran out of time");
      flows.forEach(flow -> flow.backend().abandonAll());
      over();
    }
  }

  /** A flow is changed, as by a reload: it drains and begins again; the others go on meanwhile. */
  void reload(SimFlow flow) {
    if (!up) {
      return;
    }
    world.note("reload of " + flow.id());
    noteClosedFiles();
    FlowTask task = tasks.get(flow);
    task.drain();
    for (int i = 0; i < 100 && !task.drained(); i++) {
      work(1);
      clock.advance(20_000_000L);
    }
    boolean drained = task.drained();
    task.tails().stream()
        .filter(tail -> tail.piecesTaken() > 0)
        .forEach(tail -> leaveInPieces(flow, tail));
    noteClosedFiles();
    task.close();
    shares.get(flow).close();
    Set<SimDisk.Inode> held = heldByNobodyElse.remove(flow);
    List<SimDisk.Inode> gone = held == null ? List.of() : List.copyOf(held);
    if (drained) {
      world.coverage().count("reload");
      flow.ledger().stoppedCleanly(gone);
    } else {
      world.coverage().count("reload that ran out of time");
      flow.backend().abandonAll();
      flow.ledger().crashed(gone);
    }
    try {
      start(flow);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The rest of a record that was sent in part is nowhere to be read any more. */
  private void leaveInPieces(SimFlow flow, Tail tail) {
    world.coverage().count("stop within what became of a record");
    flow.ledger().mayRepeat(tail.position().offset());
  }

  private void over() {
    for (SimFlow flow : flows) {
      flow.ledger().crashed(List.copyOf(heldByNobodyElse.getOrDefault(flow, Set.of())));
    }
    end();
  }

  private void end() {
    disk.closeAll();
    heldByNobodyElse.clear();
    readByForgotten.clear();
    notReadOf.clear();
    jumped.clear();
    tasks.clear();
    shares.clear();
    up = false;
  }

  // ---- work

  void work(int steps) {
    if (!up) {
      return;
    }
    for (int i = 0; i < steps; i++) {
      for (SimFlow flow : flows) {
        flow.backend().answer();
        tasks.get(flow).doWork();
        noteClosedFiles();
      }
      checkpointer.doWork();
      noteStartedFlows();
    }
  }

  /** From its first start on, everything that is written into its files is for a flow to ship. */
  private void noteStartedFlows() {
    for (SimFlow flow : flows) {
      if (store.knows(flow.id())) {
        flow.ledger().optional(false);
      }
    }
  }

  void workUntilIdle(int most) {
    if (!up) {
      return;
    }
    long quietSince = clock.nanoTime();
    for (int i = 0; i < most; i++) {
      int work = 0;
      long until = clock.nanoTime() + 60_000_000_000L;
      for (SimFlow flow : flows) {
        FlowTask task = tasks.get(flow);
        work += flow.backend().answer() ? 1 : 0;
        work += task.doWork();
        noteClosedFiles();
        until = Math.min(until, task.idleUntilNanos(clock.nanoTime()));
        until = Math.min(until, flow.backend().nextDueNanos());
      }
      work += checkpointer.doWork();
      noteStartedFlows();
      if (work > 0) {
        quietSince = clock.nanoTime();
      } else {
        clock.advance(Math.max(1_000_000L, until - clock.nanoTime()));
        if (clock.nanoTime() - quietSince > 400_000_000_000L) {
          return;
        }
      }
    }
  }

  // ---- what the books ask

  /** Whether the agent has a handle on a file for a flow. */
  boolean holds(Ledger ledger, SimDisk.Inode inode) {
    if (!up || inode.handles.stream().allMatch(SimDisk.Handle::stale)) {
      return false;
    }
    for (SimFlow flow : flows) {
      if (flow.ledger() == ledger && tailOf(flow, inode) != null) {
        heldByNobodyElse.computeIfAbsent(flow, k -> new LinkedHashSet<>()).add(inode);
        return true;
      }
    }
    return false;
  }

  /** How far the agent has in memory what a file has now. */
  long consumed(SimFlow flow, SimDisk.Inode inode) {
    long most = 0;
    if (up) {
      most = readByForgotten.get(flow).getOrDefault(inode, 0L);
      for (Tail tail : tasks.get(flow).tails()) {
        if (tail.phase() != Tail.Phase.HELD) {
          most = Math.max(most, World.consumed(tail, inode));
        }
      }
    }
    return most;
  }

  private Tail tailOf(SimFlow flow, SimDisk.Inode inode) {
    for (Tail tail : tasks.get(flow).tails()) {
      if (tail.open() && tail.key().inode() == inode.number) {
        return tail;
      }
    }
    return null;
  }

  /** What was read of a generation is still with the agent when the generation is forgotten. */
  private void noteForgotten(SimFlow flow, Tail tail) {
    if (tail.phase() != Tail.Phase.HELD) {
      for (SimDisk.Inode inode : heldByNobodyElse.getOrDefault(flow, Set.of())) {
        readByForgotten.get(flow).merge(inode, World.consumed(tail, inode), Math::max);
      }
    }
  }

  /** Takes note of files that only the agent held and that it has let go of. */
  private void noteClosedFiles() {
    heldByNobodyElse.forEach(
        (flow, inodes) ->
            inodes.removeIf(
                inode -> {
                  boolean closed = inode.handles.isEmpty();
                  boolean back =
                      !closed && disk.pathOf(inode).stream().anyMatch(p -> p.startsWith("/logs"));
                  if (closed) {
                    flow.ledger().letGo(inode, consumed(flow, inode));
                  }
                  if (closed || back) {
                    readByForgotten.get(flow).remove(inode);
                  }
                  return closed || back;
                }));
  }

  /** What the tails are like, a line each. */
  List<String> tails() {
    List<String> lines = new ArrayList<>();
    tasks.forEach(
        (flow, task) ->
            task.tails()
                .forEach(
                    tail ->
                        lines.add(
                            flow.id()
                                + " "
                                + tail
                                + " "
                                + tail.phase()
                                + " of "
                                + tail.size()
                                + ", settled to "
                                + tail.watermark().offset()
                                + (tail.rotated() ? ", rotated" : "")
                                + (tail.gone() ? ", gone" : ""))));
    return lines;
  }

  // ---- what always holds

  void check() {
    if (!up) {
      return;
    }
    long held = shares.values().stream().mapToLong(MemoryBudget.Share::held).sum();
    if (held > world.memoryBytes()) {
      violations.add("memory bound exceeded: " + held);
    }
    for (SimFlow flow : flows) {
      for (Tail tail : tasks.get(flow).tails()) {
        check(tail);
      }
    }
    jumped.clear();
  }

  private void check(Tail tail) {
    Account account = tail.account();
    if (account.inFlight() < 0) {
      violations.add(
          "the books of " + tail + " do not balance: " + account.inFlight() + " in flight");
    }
    if (account.bytesRead() != account.recordBytes() + account.skippedBytes()) {
      violations.add(
          tail
              + " has read "
              + account.bytesRead()
              + " bytes, "
              + account.recordBytes()
              + " of records and "
              + account.skippedBytes()
              + " others");
    }
    long notRead = tail.position().offset() - account.bytesRead();
    Long before = notReadOf.put(tail, notRead);
    if (before != null && before != notRead && !jumped.contains(tail)) {
      violations.add(
          tail + " has read " + account.bytesRead() + " bytes, and not " + before + " before them");
    }
    if (tail.watermark().offset() > tail.position().offset()) {
      violations.add("the watermark of " + tail + " is ahead of what was read");
    }
  }

  /** When nothing is left to do: the books are closed, and memory and handles are given back. */
  void checkAtRest() {
    check();
    for (SimFlow flow : flows) {
      FlowTask task = tasks.get(flow);
      if (task.batches() != 0 || shares.get(flow).held() != 0) {
        violations.add(
            flow.id()
                + " is not at rest: "
                + task.batches()
                + " batches, "
                + shares.get(flow).held()
                + " bytes");
      }
      for (Tail tail : task.tails()) {
        if (tail.account().inFlight() != 0) {
          violations.add(tail + " still has records in flight: " + tail.account().inFlight());
        }
        if (tail.watermark().offset() != tail.position().offset()) {
          violations.add("the watermark of " + tail + " stayed at " + tail.watermark().offset());
        }
      }
    }
  }
}
