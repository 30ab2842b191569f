package io.kinesisagent.spi;

/**
 * A record that a processor cannot process. Cheap: it has no stack trace, because it may be thrown
 * for every record of a file.
 */
public final class ProcessingException extends Exception {
  /** What becomes of the record when the flow has no {@code onProcessingError}. */
  public enum Kind {
    /** The record is not of the form that the processor is for: it is dropped, and counted. */
    UNMATCHED,
    /** The processor failed: the record is sent as it was before the chain. */
    FAILED
  }

  private static final long serialVersionUID = 1;

  private final Kind kind;

  private ProcessingException(Kind kind, String message) {
    super(message, null, false, false);
    this.kind = kind;
  }

  /** The record is not of the form that the processor is for. */
  public static ProcessingException unmatched(String message) {
    return new ProcessingException(Kind.UNMATCHED, message);
  }

  /** The processor failed on the record. */
  public static ProcessingException failed(String message) {
    return new ProcessingException(Kind.FAILED, message);
  }

  /** Why, in one word. */
  public Kind kind() {
    return kind;
  }
}
