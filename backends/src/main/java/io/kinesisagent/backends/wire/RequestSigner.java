package io.kinesisagent.backends.wire;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.SortedMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/**
 * Signs POST requests by Signature Version 4, as the AWS General Reference tells it. The key of a
 * day is derived once. Safe for use by several threads.
 */
final class RequestSigner {
  private static final String ALGORITHM = "AWS4-HMAC-SHA256";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final HexFormat HEX = HexFormat.of();

  /** To look for one takes longer than to hash what is signed. */
  private static final ThreadLocal<MessageDigest> SHA256 =
      ThreadLocal.withInitial(RequestSigner::sha256);

  /** What a day's key is derived from, and what it signs with and for. */
  private static final class Day {
    private final String secret;
    private final String date;
    private final String scope;
    private final Mac mac;

    private Day(String secret, String date, String scope, Mac mac) {
      this.secret = secret;
      this.date = date;
      this.scope = scope;
      this.mac = mac;
    }

    private byte[] sign(String text) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      // It signs some hundred bytes: to wait for it costs less than one of each thread's own.
      synchronized (mac) {
        return mac.doFinal(bytes);
      }
    }
  }

  /** Signs requests that differ in nothing but their bodies. Safe for use by several threads. */
  static final class Series {
    private final Day day;

    /** A request's canonical form, up to its body's hash. */
    private final byte[] request;

    private final String toSign;
    private final String authorization;

    private Series(Day day, String request, String toSign, String authorization) {
      this.day = day;
      this.request = request.getBytes(StandardCharsets.UTF_8);
      this.toSign = toSign;
      this.authorization = authorization;
    }

    /**
     * The header {@code Authorization} of a request.
     *
     * @param bodyHash of {@link #hash}
     */
    String authorization(String bodyHash) {
      MessageDigest sha256 = SHA256.get();
      sha256.update(request);
      String requestHash =
          HEX.formatHex(sha256.digest(bodyHash.getBytes(StandardCharsets.US_ASCII)));
      return authorization.concat(HEX.formatHex(day.sign(toSign.concat(requestHash))));
    }
  }

  private final String region;
  private final String service;
  private volatile Day lastDay;

  RequestSigner(String region, String service) {
    this.region = region;
    this.service = service;
  }

  /** A time as the header {@code X-Amz-Date} has it. */
  static String time(long epochSecond) {
    return TIME.format(Instant.ofEpochSecond(epochSecond));
  }

  /** The SHA-256 of a request's body in hexadecimal digits. */
  static String hash(byte[] bytes, int length) {
    MessageDigest sha256 = SHA256.get();
    sha256.update(bytes, 0, length);
    return HEX.formatHex(sha256.digest());
  }

  /**
   * Signs requests of one second.
   *
   * @param path the path of their URL, not empty
   * @param headers the headers to sign by their names in lower case; {@code host} and {@code
   *     x-amz-date}, of {@link #time}, are among them
   */
  Series series(
      AwsCredentialsIdentity credentials, String path, SortedMap<String, String> headers) {
    String time = headers.get("x-amz-date");
    Day day = day(credentials.secretAccessKey(), time.substring(0, 8));
    String names = String.join(";", headers.keySet());
    StringBuilder request = new StringBuilder(1024).append("POST\n").append(path).append("\n\n");
    headers.forEach(
        (name, value) -> {
          request.append(name).append(':');
          appendTrimmed(value, request);
          request.append('\n');
        });
    request.append('\n').append(names).append('\n');
    return new Series(
        day,
        request.toString(),
        String.join("\n", ALGORITHM, time, day.scope, ""),
        ALGORITHM
            + " Credential="
            + credentials.accessKeyId()
            + "/"
            + day.scope
            + ", SignedHeaders="
            + names
            + ", Signature=");
  }

  /** Appends a value without spaces at its ends, and with single ones within. */
  private static void appendTrimmed(String value, StringBuilder to) {
    String stripped = value.strip();
    if (!stripped.contains("  ")) {
      to.append(stripped);
      return;
    }
    char last = 0;
    for (int i = 0; i < stripped.length(); i++) {
      char c = stripped.charAt(i);
      if (c != ' ' || last != ' ') {
        to.append(c);
      }
      last = c;
    }
  }

  private Day day(String secret, String date) {
    Day last = lastDay;
    if (last == null || !last.date.equals(date) || !last.secret.equals(secret)) {
      byte[] ofSecret = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);
      byte[] ofDate = hmac(ofSecret, date);
      byte[] ofRegion = hmac(ofDate, region);
      byte[] ofService = hmac(ofRegion, service);
      String scope = String.join("/", date, region, service, "aws4_request");
      last = new Day(secret, date, scope, mac(hmac(ofService, "aws4_request")));
      lastDay = last;
    }
    return last;
  }

  private static byte[] hmac(byte[] key, String text) {
    return mac(key).doFinal(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Mac mac(byte[] key) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM has no HmacSHA256", e);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JVM has no SHA-256", e);
    }
  }
}
