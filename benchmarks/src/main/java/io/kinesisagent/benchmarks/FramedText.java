package io.kinesisagent.benchmarks;

import java.nio.charset.Charset;
import java.util.regex.Pattern;

/** Usual records, over and over, in the forms that a flow takes apart. */
enum FramedText {
  /** Lines of an access log. */
  LINES(
      "64.242.88.10 - frank [07/Mar/2004:16:10:02 -0800] \"GET /mailman/listinfo/hsdivision"
          + " HTTP/1.1\" 200 6291 \"https://www.example.com/start.html\" \"Mozilla/5.0 (X11; Linux"
          + " x86_64)\"\n"),
  /** A log line with a stack trace behind it. */
  STACKS(
      """
      2026-11-23 01:50:31,175 ERROR [worker-7] com.example.shop.Cart - cannot be saved
      java.lang.IllegalStateException: no connection
      \tat com.example.shop.Store.save(Store.java:117)
      \tat com.example.shop.Cart.checkOut(Cart.java:42)
      \tat java.base/java.lang.Thread.run(Thread.java:840)
      """),
  /** Lines as containerd writes them. */
  CRI(
      "2026-11-23T01:50:31.175794202Z stdout F 64.242.88.10 - frank \"GET /mailman/listinfo"
          + " HTTP/1.1\" 200 6291 \"https://www.example.com/start.html\"\n"),
  /** Lines as Docker's json-file driver writes them. */
  DOCKER(
      "{\"log\":\"64.242.88.10 - frank \\\"GET /mailman/listinfo HTTP/1.1\\\" 200 6291"
          + " \\\"https://www.example.com/start.html\\\"\\n\",\"stream\":\"stdout\","
          + "\"time\":\"2026-11-23T01:50:31.175794202Z\"}\n");

  static final Pattern STACK_START = Pattern.compile("\\d{4}-\\d{2}-\\d{2} ");

  private static final int CHUNK_CHARACTERS = 256 * 1024;

  private final String record;

  FramedText(String record) {
    this.record = record;
  }

  /** A chunk of whole records. */
  byte[] bytes(Charset charset) {
    return records(CHUNK_CHARACTERS / record.length(), charset);
  }

  byte[] records(int count, Charset charset) {
    return record.repeat(count).getBytes(charset);
  }
}
