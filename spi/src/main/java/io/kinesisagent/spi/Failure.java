package io.kinesisagent.spi;

import java.util.Objects;

/**
 * Why a record, or a whole batch, was not delivered.
 *
 * @param disposition what to do about it
 * @param code the destination's own short name of the error, such as {@code
 *     ProvisionedThroughputExceededException}; metrics count by it
 * @param detail a sentence for the log: what happened and what mends it; no record's bytes and no
 *     secret
 */
public record Failure(Disposition disposition, String code, String detail) {
  /** The code of a failure for want of credentials. */
  public static final String NO_CREDENTIALS = "CredentialsUnavailable";

  public Failure {
    Objects.requireNonNull(disposition, "disposition");
    Objects.requireNonNull(code, "code");
    Objects.requireNonNull(detail, "detail");
  }

  /** Whether credentials are missing or have expired: an operator may have to look after them. */
  public boolean ofCredentials() {
    return code.equals(NO_CREDENTIALS) || code.startsWith("ExpiredToken");
  }
}
