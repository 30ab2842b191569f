package io.kinesisagent.agent.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinesisagent.spi.Clock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CheckpointerTest implements CheckpointStore, Clock {
  private final List<String> flows = new ArrayList<>();
  private final List<String> alarms = new ArrayList<>();
  private boolean diskFull;
  private long nanos = 1;

  @Test
  void aFlowThatCouldNotBeSaidToBeStartedIsLaterAndTheAlarmIsOver() {
    Checkpointer checkpointer = new Checkpointer(this, this, alarms::add);
    diskFull = true;
    checkpointer.started("flow");
    work(checkpointer);
    assertThat(alarms).singleElement().asString().contains("No space left on device");
    assertThat(checkpointer.trouble()).isNotNull();
    diskFull = false;
    work(checkpointer);
    assertThat(flows).containsExactly("flow");
    assertThat(alarms).hasSize(2).last().asString().contains("written again");
    assertThat(checkpointer.trouble()).isNull();
  }

  private void work(Checkpointer checkpointer) {
    long end = nanos + TimeUnit.SECONDS.toNanos(10);
    while (nanos < end) {
      checkpointer.doWork();
      nanos = Math.max(nanos + 1, Math.min(end, checkpointer.idleUntilNanos(nanos)));
    }
  }

  @Override
  public boolean knows(String flow) {
    return flows.contains(flow);
  }

  @Override
  public void started(String flow, long epochMillis) throws IOException {
    check();
    flows.add(flow);
  }

  @Override
  public List<Checkpoint> load(String flow) {
    return List.of();
  }

  @Override
  public void save(Collection<Checkpoint> moved) throws IOException {
    check();
  }

  @Override
  public void sync() throws IOException {
    check();
  }

  private void check() throws IOException {
    if (diskFull) {
      throw new IOException("No space left on device");
    }
  }

  @Override
  public long nanoTime() {
    return nanos;
  }

  @Override
  public long epochMillis() {
    return TimeUnit.NANOSECONDS.toMillis(nanos);
  }

  @Override
  public void close() {}
}
