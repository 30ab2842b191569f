package io.kinesisagent.backends.aws;

import io.kinesisagent.spi.Disposition;
import io.kinesisagent.spi.Failure;
import java.util.Locale;
import java.util.Set;

/**
 * What the services' error codes ask for. Sources: the common errors of the Kinesis and Firehose
 * API references, and the SDK's own lists of throttling and clock skew codes.
 */
public final class Faults {
  private static final Set<String> THROTTLED =
      Set.of(
          "ProvisionedThroughputExceeded",
          "LimitExceeded",
          "Throttling",
          "Throttled",
          "ThrottledRequest",
          "RequestThrottled",
          "RequestLimitExceeded",
          "TooManyRequests",
          "BandwidthLimitExceeded",
          "SlowDown",
          "PriorRequestNotComplete",
          "KMSThrottling",
          "ServiceUnavailable");

  private static final Set<String> RETRY =
      Set.of(
          "InternalFailure",
          "InternalError",
          "InternalServer",
          "InternalServerError",
          "RequestTimeout",
          "RequestExpired",
          "RequestTimeTooSkewed",
          "RequestInTheFuture",
          "AuthFailure.Expired",
          "ExpiredToken",
          "ExpiredTokenException",
          "IDPCommunicationError");

  private static final Set<String> REJECTED =
      Set.of(
          "InvalidArgument",
          "Validation",
          "ValidationError",
          "Serialization",
          "InvalidParameterValue",
          "InvalidParameterCombination",
          "MalformedQueryString",
          "RequestEntityTooLarge",
          "RequestTooLarge");

  /** Keys that were replaced at their source are refused by the last two. */
  private static final Set<String> STALE =
      Set.of("ExpiredToken", "UnrecognizedClient", "InvalidClientTokenId");

  private Faults() {}

  /**
   * What a service's answer means.
   *
   * @param status the HTTP status; 0 for the entry of one record
   * @param code the service's error code; empty where the answer has none
   * @param message the service's own words
   */
  public static Failure of(int status, String code, String message) {
    String name = code.isEmpty() ? "HTTP " + status : code;
    return new Failure(disposition(status, base(code), message), name, detail(status, message));
  }

  /** Whether a code says that the credentials are no longer what their source would give now. */
  public static boolean stale(String code) {
    return STALE.contains(base(code));
  }

  /**
   * Whether an answer says that this host's clock is off: the request was signed too early or too
   * late.
   */
  public static boolean clockSkew(String code, String message) {
    String base = base(code);
    return base.equals("RequestTimeTooSkewed")
        || base.equals("RequestExpired")
        || base.equals("RequestInTheFuture")
        || (isSignature(base)
            && (message.contains("Signature expired") || message.contains("not yet current")));
  }

  private static Disposition disposition(int status, String code, String message) {
    if (THROTTLED.contains(code) || (code.isEmpty() && status == 429)) {
      return Disposition.THROTTLED;
    }
    if (RETRY.contains(code) || clockSkew(code, message) || status >= 500 || status == 408) {
      return Disposition.RETRY;
    }
    if (status == 413 || REJECTED.contains(code)) {
      // What is wrong with the stream, such as its name, fails every request: no record is to
      // blame, and none may be given up for it.
      return blamesStream(message) ? Disposition.BLOCKED : Disposition.REJECTED;
    }
    // An answer that no service gave, of a proxy for instance, tells nothing about the records; a
    // code that nobody knows does not either, and what is in doubt is not dropped.
    return status == 0 || (code.isEmpty() && status == 400)
        ? Disposition.RETRY
        : Disposition.BLOCKED;
  }

  private static boolean blamesStream(String message) {
    String text = message.toLowerCase(Locale.ROOT);
    return text.contains("streamname")
        || text.contains("streamarn")
        || text.contains("streamid")
        || text.contains("delivery stream type")
        || text.contains("operation is not permitted");
  }

  private static boolean isSignature(String code) {
    return code.equals("InvalidSignature")
        || code.equals("SignatureDoesNotMatch")
        || code.equals("AuthFailure");
  }

  /** A code without its ending, which services and protocols do not agree on. */
  private static String base(String code) {
    return code.endsWith("Exception")
        ? code.substring(0, code.length() - "Exception".length())
        : code;
  }

  private static String detail(int status, String message) {
    String said = message.isEmpty() ? "no reason given" : shortened(message);
    return status == 0 ? said : said + " (HTTP " + status + ")";
  }

  /** A service may quote what was sent; the log must not hold whole records. */
  private static String shortened(String message) {
    return message.length() <= 500 ? message : message.substring(0, 500) + "…";
  }
}
