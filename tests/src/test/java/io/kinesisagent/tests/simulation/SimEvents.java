package io.kinesisagent.tests.simulation;

import io.kinesisagent.agent.batch.PackedBatch;
import io.kinesisagent.agent.flow.FlowEvents;
import io.kinesisagent.agent.flow.OnError;
import io.kinesisagent.agent.flow.Oversize;
import io.kinesisagent.agent.tail.Tail;
import io.kinesisagent.spi.Failure;
import io.kinesisagent.spi.ProcessingException;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Counts what a flow says, and keeps it for the history of a failing seed. */
final class SimEvents implements FlowEvents {
  private final Coverage coverage;
  private final Consumer<String> history;
  private final Consumer<Tail> jumps;
  private final Consumer<Tail> forgotten;

  /**
   * @param jumps takes a generation that goes on at a place that it has not read up to
   * @param forgotten takes a generation that is over and is known no longer, whatever of it is
   *     still on its way
   */
  SimEvents(
      Coverage coverage, Consumer<String> history, Consumer<Tail> jumps, Consumer<Tail> forgotten) {
    this.coverage = coverage;
    this.history = history;
    this.jumps = jumps;
    this.forgotten = forgotten;
  }

  @Override
  public void unreadable(Path path, String reason) {
    coverage.count("path unreadable");
  }

  @Override
  public void unreadable(Tail tail, String reason) {
    coverage.count("file unreadable");
    history.accept("agent: unreadable " + tail + ": " + reason);
  }

  @Override
  public void readable(Tail tail) {
    coverage.count("file readable again");
  }

  @Override
  public void gap(Tail tail, long bytes, String how) {
    coverage.count("gap reported");
    history.accept("agent: gap of " + bytes + " in " + tail + ": " + how);
  }

  @Override
  public void recognised(Tail tail, String how) {
    coverage.count("copy recognised");
    jumps.accept(tail);
    history.accept("agent: recognised " + tail + ": " + how);
  }

  @Override
  public void started(Tail tail, String why) {
    coverage.count("generation begun");
    jumps.accept(tail);
    history.accept("agent: begins " + tail + ": " + why);
  }

  @Override
  public void finished(Tail tail, boolean forget) {
    coverage.count("generation finished");
    history.accept("agent: finishes " + tail + (forget ? " and forgets it" : ""));
    if (forget) {
      forgotten.accept(tail);
    }
  }

  @Override
  public void delivered(int records, long bytes, long latencyNanos) {}

  @Override
  public void failed(Failure failure, int records) {}

  @Override
  public void deadLettered(Failure failure, PackedBatch batch, int index) {}

  @Override
  public void requestFailed(Failure failure, int consecutive) {}

  @Override
  public void recovered() {}

  @Override
  public void deadLetterFailed(String reason) {
    coverage.count("dead letter could not be written");
  }

  @Override
  public void settled(PackedBatch batch) {}

  @Override
  public void processingFailed(Tail tail, long offset, ProcessingException failure, OnError then) {}

  @Override
  public void oversize(Tail tail, long offset, Oversize then) {}

  @Override
  public void dropped(long records) {}

  @Override
  public void waitsForMemory(int neededBytes, long heldBytes, long boundBytes) {
    coverage.count("long wait for memory");
    history.accept(
        "agent: waits for " + neededBytes + " bytes, " + heldBytes + " of " + boundBytes);
  }

  @Override
  public void memoryFound() {}
}
