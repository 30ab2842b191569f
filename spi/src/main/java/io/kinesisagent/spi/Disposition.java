package io.kinesisagent.spi;

/** What a failure asks of the sender. */
public enum Disposition {
  /** The destination or the way to it failed: send again after a back-off. */
  RETRY,
  /** The destination is over its rate: send again after a back-off, and slower. */
  THROTTLED,
  /**
   * The configuration, the credentials or the destination itself must be mended first: send again
   * slowly, raise an alarm, never drop.
   */
  BLOCKED,
  /**
   * What was sent can never be accepted. Of one record: it is dead-lettered. Of a whole batch: it
   * is halved until the offending record is found.
   */
  REJECTED,
  /**
   * Not tried at all: it has to wait for a record before it in a batch that is {@link
   * Batch#inOrder}. Of one record only; it counts neither as an attempt nor as a failure.
   */
  UNTRIED
}
