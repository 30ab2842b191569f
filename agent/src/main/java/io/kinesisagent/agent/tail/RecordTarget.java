package io.kinesisagent.agent.tail;

/** Takes the records that a {@link TailReader} frames. Called by the flow's thread. */
public interface RecordTarget {
  /**
   * Takes one record, or refuses it while there is no room; then the same record is offered again
   * later. Before it seals a batch it calls {@link TailReader#commit()}.
   *
   * @param length the bytes at hand; fewer than the record has where {@code cut}
   * @param cut whether the record is longer than what is held in memory
   * @return whether it was taken
   */
  boolean offer(Tail tail, byte[] data, int offset, int length, boolean cut);

  /**
   * Says that the record just taken is behind the reader's position, so that a full batch may go.
   */
  void taken();

  /** Whether there is no room before something was sent. */
  boolean blocked();
}
