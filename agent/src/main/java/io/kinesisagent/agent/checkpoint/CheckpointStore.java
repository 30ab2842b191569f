package io.kinesisagent.agent.checkpoint;

import java.io.IOException;
import java.util.Collection;
import java.util.List;

/** Keeps the newest checkpoint of each generation. Used by one thread at a time. */
public interface CheckpointStore extends AutoCloseable {
  /** The flows that have ever been started with this store. */
  boolean knows(String flow) throws IOException;

  /** Takes note that a flow has been started. */
  void started(String flow, long epochMillis) throws IOException;

  /** The newest checkpoint of each generation of a flow that was not forgotten. */
  List<Checkpoint> load(String flow) throws IOException;

  /**
   * Keeps checkpoints that have moved. They are sure to be there after the process has died; after
   * the machine has, only once {@link #sync} has returned.
   */
  void save(Collection<Checkpoint> moved) throws IOException;

  /** Waits until everything saved is on the disk. */
  void sync() throws IOException;

  @Override
  void close() throws IOException;
}
