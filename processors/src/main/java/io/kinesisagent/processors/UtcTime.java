package io.kinesisagent.processors;

import io.kinesisagent.spi.MutableBytes;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Writes times such as {@code 2026-11-23T01:50:31.175Z}. Makes garbage once a second only. Belongs
 * to one flow.
 */
final class UtcTime {
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private long second = Long.MIN_VALUE;
  private byte[] text = new byte[0];

  /** Appends a time, given in milliseconds since 1970 UTC. */
  void append(long epochMillis, MutableBytes out) {
    long newSecond = Math.floorDiv(epochMillis, 1000L);
    if (newSecond != second) {
      second = newSecond;
      text = SECONDS.format(Instant.ofEpochSecond(newSecond)).getBytes(StandardCharsets.US_ASCII);
    }
    int millis = (int) Math.floorMod(epochMillis, 1000L);
    out.append(text);
    out.append('.');
    out.append('0' + millis / 100);
    out.append('0' + millis / 10 % 10);
    out.append('0' + millis % 10);
    out.append('Z');
  }
}
