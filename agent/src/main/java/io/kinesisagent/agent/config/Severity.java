package io.kinesisagent.agent.config;

import java.util.Locale;

/** How bad a finding in the configuration is. */
public enum Severity {
  /** The agent does not start with it. */
  ERROR,
  /** It is probably not what was meant. */
  WARNING,
  /** Worth saying once. */
  NOTE;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
