package io.kinesisagent.agent.flow;

import io.kinesisagent.agent.batch.Batcher;
import io.kinesisagent.agent.batch.MemoryBudget;
import io.kinesisagent.agent.batch.PackedBatch;
import io.kinesisagent.agent.discover.Scanner;
import io.kinesisagent.agent.files.FileSource;
import io.kinesisagent.agent.send.Sender;
import io.kinesisagent.agent.send.SendingContext;
import io.kinesisagent.agent.tail.FingerprintIdentifier;
import io.kinesisagent.agent.tail.Tail;
import io.kinesisagent.agent.tail.TailReader;
import io.kinesisagent.agent.tail.TailSet;
import io.kinesisagent.spi.Backend;

/** Puts the parts of a flow together. */
public final class FlowFactory {
  private final FileSource source;
  private final SendingContext sending;

  /**
   * @param source the files of all flows
   * @param sending what the senders of all flows have in common
   */
  public FlowFactory(FileSource source, SendingContext sending) {
    this.source = source;
    this.sending = sending;
  }

  /**
   * Makes a flow's task.
   *
   * @param backend where its records go; it stays the caller's to close
   * @param memory its share of the budget
   * @param events hears of everything
   * @param wake called on any thread when a request has completed
   */
  public FlowTask create(
      FlowTask.Surroundings around,
      FlowOptions options,
      Backend backend,
      MemoryBudget.Share memory,
      FlowEvents events,
      Runnable wake) {
    Wiring wiring = new Wiring(events);
    Batcher batcher =
        new Batcher(options.limits(), options.sealBytes(), memory, around.flow(), around.host());
    Sender sender = new Sender(backend, around.clock(), options.sender(), sending, wiring);
    sender.onCompletion(wake);
    TailSet tails =
        new TailSet(
            source,
            new FingerprintIdentifier(options.tail().newlines()),
            around.clock(),
            options.tail(),
            wiring);
    RecordPath path =
        new RecordPath(
            batcher,
            sender,
            options.records(),
            events,
            new MemoryWait(memory.budget(), events),
            around);
    TailReader reader = new TailReader(options.framer(), options.tail(), path);
    path.readBy(reader);
    around.chunks().atLeast(TailReader.bufferBytes(options.tail().maxRawBytes()));
    Discovery discovery =
        new Discovery(
            around.changes(),
            new Scanner(source, options.files()),
            tails,
            options.timing(),
            options.fromEnd(),
            wiring::unreadable,
            around.clock().nanoTime());
    FlowParts parts = new FlowParts(discovery, tails, reader, path, batcher, sender);
    wiring.task = new FlowTask(around, parts, options.timing());
    return wiring.task;
  }

  /** Lets the task hear first what concerns its own books. */
  private static final class Wiring extends ForwardingEvents {
    private FlowTask task;

    Wiring(FlowEvents events) {
      super(events);
    }

    @Override
    public void settled(PackedBatch batch) {
      super.settled(batch);
      task.settled(batch);
    }

    @Override
    public void gap(Tail tail, long bytes, String how) {
      super.gap(tail, bytes, how);
      task.started(tail);
    }

    @Override
    public void seen(Tail tail) {
      task.started(tail);
    }

    @Override
    public void started(Tail tail, String why) {
      task.started(tail);
      super.started(tail, why);
    }

    @Override
    public void recognised(Tail tail, String how) {
      task.started(tail);
      super.recognised(tail, how);
    }

    @Override
    public void finished(Tail tail, boolean forget) {
      task.finished(tail, forget);
      super.finished(tail, forget);
    }
  }
}
