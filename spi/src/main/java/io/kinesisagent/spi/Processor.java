package io.kinesisagent.spi;

/**
 * A transform of one record. A processor belongs to one flow and is called by one thread at a time;
 * it must not block.
 */
public interface Processor extends AutoCloseable {
  /**
   * Makes zero, one or several records of one.
   *
   * @param in the record, valid during this call
   * @param out takes the results; a call that hands over nothing drops the record by rule
   * @throws ProcessingException where the record cannot be processed; what was committed for it is
   *     discarded, and the flow's {@code onProcessingError} says what becomes of the record
   */
  void process(RecordView in, RecordSink out) throws ProcessingException;

  /**
   * Whether records may be handed over yet. A flow asks before it reads and reads nothing while the
   * answer is no, so that a processor can wait for something without blocking. The first call is
   * the moment to start work in the background; {@link Plugin#create} is not, because a mere check
   * of the configuration calls it too. Must not block.
   */
  default boolean ready() {
    return true;
  }

  /** Lets go of what the processor holds. */
  @Override
  default void close() {}
}
