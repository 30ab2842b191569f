package io.kinesisagent.agent.tail;

/**
 * Hears what operators and the books need to know of a flow's files. Called by the flow's thread.
 */
public interface TailListener {
  /** A file cannot be read at the moment. Said once for each new reason. */
  void unreadable(Tail tail, String reason);

  /** A file can be read again. */
  void readable(Tail tail);

  /**
   * Content was destroyed before it could be read.
   *
   * @param bytes as many as were known to be there; more may have been
   */
  void gap(Tail tail, long bytes, String how);

  /**
   * A file was seen to hold more than before, whether that can be read yet or not, or something
   * else is known of it that the next start is to know.
   */
  default void seen(Tail tail) {}

  /** A file turned out to hold what another generation had, and goes on in its place. */
  void recognised(Tail tail, String how);

  /** A new generation begins. */
  void started(Tail tail, String why);

  /** A generation is over; its state may be forgotten once it is settled. */
  void finished(Tail tail, boolean forget);
}
