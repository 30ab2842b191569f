package io.kinesisagent.agent.checkpoint;

import io.kinesisagent.agent.lifecycle.Task;
import io.kinesisagent.spi.Clock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Writes the watermarks that flows hand over: at most every 100 ms, on the disk at most every
 * second. Where the disk takes nothing, the newest are kept and tried again; shipping goes on.
 * {@link #moved} may be called by any thread; the rest belongs to the thread that runs this task.
 */
public final class Checkpointer implements Task, Watermarks {
  private static final long APPEND_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long SYNC_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final CheckpointStore store;
  private final Clock clock;
  private final Consumer<String> alarm;
  private final ConcurrentMap<Checkpoint.Key, Checkpoint> moved = new ConcurrentHashMap<>();
  private final Queue<String> started = new ConcurrentLinkedQueue<>();
  private long appendDueNanos;
  private long syncDueNanos;
  private boolean unsynced;
  private volatile String trouble;

  /**
   * @param alarm told when checkpoints cannot be written, and when they can again
   */
  public Checkpointer(CheckpointStore store, Clock clock, Consumer<String> alarm) {
    this.store = store;
    this.clock = clock;
    this.alarm = alarm;
    appendDueNanos = clock.nanoTime();
    syncDueNanos = appendDueNanos;
  }

  @Override
  public void started(String flow) {
    started.add(flow);
  }

  @Override
  public void moved(Collection<Checkpoint> checkpoints) {
    for (Checkpoint checkpoint : checkpoints) {
      moved.put(checkpoint.key(), checkpoint);
    }
  }

  /**
   * The newest checkpoints of a flow, those not written yet included. May be called by any thread.
   */
  public List<Checkpoint> newest(String flow) throws IOException {
    Map<Checkpoint.Key, Checkpoint> newest = new LinkedHashMap<>();
    synchronized (store) {
      store.load(flow).forEach(checkpoint -> newest.put(checkpoint.key(), checkpoint));
      moved.values().stream()
          .filter(checkpoint -> checkpoint.flow().equals(flow))
          .forEach(checkpoint -> newest.put(checkpoint.key(), checkpoint));
    }
    return newest.values().stream().filter(checkpoint -> !checkpoint.forgotten()).toList();
  }

  /** Whether a flow has been started before. May be called by any thread. */
  public boolean knows(String flow) throws IOException {
    synchronized (store) {
      return store.knows(flow) || started.contains(flow) || !store.load(flow).isEmpty();
    }
  }

  /** Why checkpoints cannot be written at the moment, or null. */
  public String trouble() {
    return trouble;
  }

  @Override
  public String role() {
    return "checkpointer";
  }

  @Override
  public int doWork() {
    long now = clock.nanoTime();
    int work = 0;
    try {
      if (!(moved.isEmpty() && started.isEmpty()) && now - appendDueNanos >= 0) {
        work += append();
        appendDueNanos = now + APPEND_NANOS;
      }
      if (unsynced && now - syncDueNanos >= 0) {
        sync();
        syncDueNanos = now + SYNC_NANOS;
        recovered();
      }
    } catch (IOException e) {
      failed(e);
      appendDueNanos = now + RETRY_NANOS;
      syncDueNanos = now + RETRY_NANOS;
    }
    return work;
  }

  @Override
  public long idleUntilNanos(long nowNanos) {
    if (!moved.isEmpty() || !started.isEmpty()) {
      return appendDueNanos;
    }
    return unsynced ? syncDueNanos : nowNanos + APPEND_NANOS;
  }

  /**
   * Writes everything at once, for a stop.
   *
   * @throws IOException where it cannot be written
   */
  public void flush() throws IOException {
    append();
    sync();
  }

  private void sync() throws IOException {
    synchronized (store) {
      store.sync();
    }
    unsynced = false;
  }

  private int append() throws IOException {
    synchronized (store) {
      return appendMoved();
    }
  }

  private int appendMoved() throws IOException {
    // A flow is said to be started after the checkpoints that it handed over before.
    int flows = started.size();
    List<Checkpoint> taken = new ArrayList<>(moved.values());
    if (!taken.isEmpty()) {
      store.save(taken);
      // One that has moved on meanwhile stays for the next time.
      taken.forEach(checkpoint -> moved.remove(checkpoint.key(), checkpoint));
      unsynced = true;
    }
    for (int i = 0; i < flows; i++) {
      store.started(started.peek(), clock.epochMillis());
      started.remove();
      // So that it is told where it could not be written before.
      unsynced = true;
    }
    return taken.size() + flows;
  }

  private void failed(IOException e) {
    if (trouble == null) {
      alarm.accept(
          "checkpoints cannot be written ("
              + e.getMessage()
              + "); shipping goes on, but a restart would repeat what is shipped from here on: free"
              + " some space or mend the permissions of the checkpoint file's directory");
    }
    trouble = String.valueOf(e.getMessage());
  }

  private void recovered() {
    if (trouble != null) {
      trouble = null;
      alarm.accept("checkpoints are written again");
    }
  }
}
