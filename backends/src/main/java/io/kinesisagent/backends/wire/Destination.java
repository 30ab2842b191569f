package io.kinesisagent.backends.wire;

import java.util.Optional;

/**
 * A stream by name or by ARN.
 *
 * @param text what agent.json says
 */
public record Destination(String text) {
  /** Whether the stream is named by its ARN. */
  public boolean isArn() {
    return text.startsWith("arn:");
  }

  /** The region that the ARN names; empty for a bare name. */
  public Optional<String> region() {
    return isArn() ? Optional.of(text.split(":", -1)[3]) : Optional.empty();
  }

  /** The stream's bare name: of an ARN, what follows the slash. */
  public String name() {
    return isArn() ? text.substring(text.indexOf('/') + 1) : text;
  }
}
