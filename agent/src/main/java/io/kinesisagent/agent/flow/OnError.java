package io.kinesisagent.agent.flow;

/** What becomes of a record that a processor failed on. */
public enum OnError {
  /** It is sent as it was before the processors. */
  RAW,
  /** It is dropped by rule. */
  DROP,
  /** It goes to the dead letters. */
  DEAD_LETTER
}
