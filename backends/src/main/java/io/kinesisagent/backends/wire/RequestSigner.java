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
 * day is derived once. Safe for use by several threads.
 */
final class RequestSigner {
  private static final String ALGORITHM = "AWS4-HMAC-SHA256";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final HexFormat HEX = HexFormat.of();

  /** What a day's key is derived from, and the key. */
  private record DayKey(String secret, String date, SecretKeySpec key) {
    @Override
    public String toString() {
      return "DayKey[" + date + "]";
    }
  }

  private final String region;
  private final String service;
  private volatile DayKey dayKey;

  RequestSigner(String region, String service) {
    this.region = region;
    this.service = service;
  }

  /** A time as the header {@code X-Amz-Date} has it. */
  static String time(long epochMillis) {
    return TIME.format(Instant.ofEpochMilli(epochMillis));
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
    String date = time.substring(0, 8);
    String scope = date + "/" + region + "/" + service + "/aws4_request";
    String signedHeaders = String.join(";", headers.keySet());
    StringBuilder request = new StringBuilder(1024).append("POST\n").append(path).append("\n\n");
    for (Map.Entry<String, String> header : headers.entrySet()) {
      request.append(header.getKey()).append(':');
      appendTrimmed(header.getValue(), request);
      request.append('\n');
    }
    request.append('\n').append(signedHeaders).append('\n').append(bodyHash);
    String toSign = ALGORITHM + "\n" + time + "\n" + scope + "\n" + hash(request.toString());
    String signature = HEX.formatHex(hmac(key(credentials.secretAccessKey(), date), toSign));
    return ALGORITHM
        + " Credential="
        + credentials.accessKeyId()
        + "/"
        + scope
        + ", SignedHeaders="
        + signedHeaders
        + ", Signature="
        + signature;
  }

  /** Appends a value without spaces at its ends, and with single ones within. */
  private static void appendTrimmed(String value, StringBuilder to) {
    String stripped = value.strip();
    char last = 0;
    for (int i = 0; i < stripped.length(); i++) {
      char c = stripped.charAt(i);
      if (c != ' ' || last != ' ') {
        to.append(c);
      }
      last = c;
    }
  }

  private SecretKeySpec key(String secret, String date) {
    DayKey last = dayKey;
    if (last != null && last.date.equals(date) && last.secret.equals(secret)) {
      return last.key;
    }
    SecretKeySpec ofSecret = spec(("AWS4" + secret).getBytes(StandardCharsets.UTF_8));
    SecretKeySpec ofDate = spec(hmac(ofSecret, date));
    SecretKeySpec ofRegion = spec(hmac(ofDate, region));
    SecretKeySpec ofService = spec(hmac(ofRegion, service));
    SecretKeySpec key = spec(hmac(ofService, "aws4_request"));
    dayKey = new DayKey(secret, date, key);
    return key;
  }

  private static SecretKeySpec spec(byte[] key) {
    return new SecretKeySpec(key, "HmacSHA256");
  }

  private static byte[] hmac(SecretKeySpec key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
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
