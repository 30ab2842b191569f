package io.kinesisagent.agent.flow;

/** What becomes of a record that is longer than its destination takes. */
public enum Oversize {
  /** It is cut to fit. */
  TRUNCATE,
  /** It becomes several records. */
  SPLIT,
  /** It is dropped by rule. */
  DROP,
  /** It goes to the dead letters. */
  DEAD_LETTER
}
