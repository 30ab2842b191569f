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
import java.util.Map;
import java.util.SortedMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/**
 * Signs POST requests by Signature Version 4, as the AWS General Reference tells it. The key of a
 * day is derived once, and the text of a second made once. Safe for use by several threads.
 */
final class RequestSigner {
  private static final String ALGORITHM = "AWS4-HMAC-SHA256";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final HexFormat HEX = HexFormat.of();

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

  /** A second, and how headers have it. */
  private record Second(long epochSecond, String text) {}

  private static volatile Second lastSecond = new Second(Long.MIN_VALUE, "");

  private final String region;
  private final String service;
  private volatile Day lastDay;

  RequestSigner(String region, String service) {
    this.region = region;
    this.service = service;
  }

  /** A time as the header {@code X-Amz-Date} has it. */
  static String time(long epochMillis) {
    long epochSecond = Math.floorDiv(epochMillis, 1000);
    Second last = lastSecond;
    if (last.epochSecond != epochSecond) {
      last = new Second(epochSecond, TIME.format(Instant.ofEpochSecond(epochSecond)));
      lastSecond = last;
    }
    return last.text;
  }

  /** The SHA-256 of a request's body in hexadecimal digits. */
  static String hash(byte[] bytes, int length) {
    MessageDigest sha256 = sha256();
    sha256.update(bytes, 0, length);
    return HEX.formatHex(sha256.digest());
  }

  /**
   * The header {@code Authorization} of a request.
   *
   * @param path the path of its URL, not empty
   * @param headers the headers to sign by their names in lower case; {@code host} and {@code
   *     x-amz-date}, of {@link #time}, are among them
   * @param bodyHash of {@link #hash}
   */
  String authorization(
      AwsCredentialsIdentity credentials,
      String path,
      SortedMap<String, String> headers,
      String bodyHash) {
    String time = headers.get("x-amz-date");
    Day day = day(credentials.secretAccessKey(), time.substring(0, 8));
    StringBuilder names = new StringBuilder(128);
    StringBuilder request = new StringBuilder(1024).append("POST\n").append(path).append("\n\n");
    for (Map.Entry<String, String> header : headers.entrySet()) {
      names.append(names.length() == 0 ? "" : ";").append(header.getKey());
      request.append(header.getKey()).append(':');
      appendTrimmed(header.getValue(), request);
      request.append('\n');
    }
    request.append('\n').append(names).append('\n').append(bodyHash);
    String toSign = String.join("\n", ALGORITHM, time, day.scope, hash(request.toString()));
    request.setLength(0);
    request.append(ALGORITHM).append(" Credential=").append(credentials.accessKeyId());
    request.append('/').append(day.scope).append(", SignedHeaders=").append(names);
    request.append(", Signature=").append(HEX.formatHex(day.sign(toSign)));
    return request.toString();
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

  private static String hash(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return hash(bytes, bytes.length);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JVM has no SHA-256", e);
    }
  }
}
