package io.kinesisagent.benchmarks.process;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/**
 * Makes lines like those of a web server's access log, about 157 bytes long, each unlike any other.
 */
final class AccessLog {
  private static final String[] PATHS = {
    "/index.html",
    "/api/v1/orders",
    "/static/app.js",
    "/login",
    "/cart/checkout",
    "/images/hero-banner.jpg",
    "/search?q=blue+shoes&page=2",
    "/healthz"
  };
  private static final String[] AGENTS = {
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36", "curl/8.5.0",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X)", "kube-probe/1.29"
  };
  private static final int[] CODES = {200, 200, 200, 304, 404, 500, 302};

  private final SplittableRandom random;
  private long number;

  AccessLog(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** Writes lines to {@code file} until it has {@code bytes} or a few more; gives their sum. */
  RecordSum write(Path file, long bytes) throws IOException {
    return write(file, bytes, 0);
  }

  /**
   * The same with lines of a length.
   *
   * @param lineBytes newline included, at least 12; 0 for lines as they come
   */
  RecordSum write(Path file, long bytes, int lineBytes) throws IOException {
    RecordSum sum = RecordSum.NONE;
    long written = 0;
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
      while (written < bytes) {
        byte[] line = lineBytes == 0 ? line() : line(lineBytes);
        out.write(line);
        written += line.length;
        int end = RecordSum.trimmed(line, 0, line.length);
        sum = sum.plus(new RecordSum(1, end, RecordSum.hash(line, 0, end)));
      }
    }
    return sum;
  }

  /** The next line, newline included. */
  byte[] line() {
    String line =
        address()
            + " - - ["
            + two(1 + random.nextInt(28))
            + "/Nov/2026:"
            + two(random.nextInt(24))
            + ':'
            + two(random.nextInt(60))
            + ':'
            + two(random.nextInt(60))
            + " +0000] \"GET "
            + PATHS[random.nextInt(PATHS.length)]
            + " HTTP/1.1\" "
            + CODES[random.nextInt(CODES.length)]
            + ' '
            + random.nextInt(99_999)
            + " \"https://shop.example/ref/"
            + number++
            + "\" \""
            + AGENTS[random.nextInt(AGENTS.length)]
            + "\"\n";
    return line.getBytes(StandardCharsets.US_ASCII);
  }

  /** A line of {@code length} bytes, which begins with its number. */
  private byte[] line(int length) {
    byte[] text = line();
    byte[] line = new byte[length];
    for (int i = 0; i < length; i += text.length) {
      System.arraycopy(text, 0, line, i, Math.min(text.length, length - i));
    }
    for (int i = 0; i < length - 1; i++) {
      line[i] = line[i] == '\n' ? (byte) ' ' : line[i];
    }
    byte[] start = String.format("%010d", number).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(start, 0, line, 0, start.length);
    line[length - 1] = '\n';
    return line;
  }

  private String address() {
    return String.join(
        ".",
        Integer.toString(1 + random.nextInt(222)),
        Integer.toString(random.nextInt(256)),
        Integer.toString(random.nextInt(256)),
        Integer.toString(random.nextInt(256)));
  }

  private static String two(int value) {
    return value < 10 ? "0" + value : Integer.toString(value);
  }
}
