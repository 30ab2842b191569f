package io.kinesisagent.agent.flow;

import io.kinesisagent.agent.batch.PackedBatch;
import io.kinesisagent.agent.tail.Tail;
import io.kinesisagent.spi.Failure;
import io.kinesisagent.spi.ProcessingException;
import java.nio.file.Path;

/** Passes everything on; for whoever wants to hear of some of it, too. */
public class ForwardingEvents implements FlowEvents {
  private final FlowEvents next;

  public ForwardingEvents(FlowEvents next) {
    this.next = next;
  }

  @Override
  public void unreadable(Path path, String reason) {
    next.unreadable(path, reason);
  }

  @Override
  public void processingFailed(Tail tail, long offset, ProcessingException failure, OnError then) {
    next.processingFailed(tail, offset, failure, then);
  }

  @Override
  public void oversize(Tail tail, long offset, Oversize then) {
    next.oversize(tail, offset, then);
  }

  @Override
  public void dropped(long records) {
    next.dropped(records);
  }

  @Override
  public void waitsForMemory(int neededBytes, long heldBytes, long boundBytes) {
    next.waitsForMemory(neededBytes, heldBytes, boundBytes);
  }

  @Override
  public void memoryFound() {
    next.memoryFound();
  }

  @Override
  public void unreadable(Tail tail, String reason) {
    next.unreadable(tail, reason);
  }

  @Override
  public void readable(Tail tail) {
    next.readable(tail);
  }

  @Override
  public void gap(Tail tail, long bytes, String how) {
    next.gap(tail, bytes, how);
  }

  @Override
  public void recognised(Tail tail, String how) {
    next.recognised(tail, how);
  }

  @Override
  public void started(Tail tail, String why) {
    next.started(tail, why);
  }

  @Override
  public void finished(Tail tail, boolean forget) {
    next.finished(tail, forget);
  }

  @Override
  public void delivered(int records, long bytes, long latencyNanos) {
    next.delivered(records, bytes, latencyNanos);
  }

  @Override
  public void failed(Failure failure, int records) {
    next.failed(failure, records);
  }

  @Override
  public void rejected(int records) {
    next.rejected(records);
  }

  @Override
  public void deadLettered(Failure failure, PackedBatch batch, int index) {
    next.deadLettered(failure, batch, index);
  }

  @Override
  public void requestFailed(Failure failure, int consecutive) {
    next.requestFailed(failure, consecutive);
  }

  @Override
  public void recovered() {
    next.recovered();
  }

  @Override
  public void deadLetterFailed(String reason) {
    next.deadLetterFailed(reason);
  }

  @Override
  public void settled(PackedBatch batch) {
    next.settled(batch);
  }
}
