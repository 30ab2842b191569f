package io.kinesisagent.benchmarks.process;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** Finds every {@code "Data":"BASE64"} of a request in JSON. For one thread. */
final class JsonRecords {
  private static final byte[] KEY = "\"Data\"".getBytes(StandardCharsets.US_ASCII);

  private final RecordVisitor visitor;

  JsonRecords(RecordVisitor visitor) {
    this.visitor = visitor;
  }

  /**
   * Walks {@code body[from, to)}; base64 holds no quote, so nothing else needs to be understood.
   */
  void walk(byte[] body, int from, int to) {
    int at = from;
    while (at + KEY.length < to) {
      if (body[at] != '"' || !Arrays.equals(body, at, at + KEY.length, KEY, 0, KEY.length)) {
        at++;
        continue;
      }
      int start = indexOf(body, '"', at + KEY.length, to) + 1;
      int end = indexOf(body, '"', start, to);
      byte[] data = Base64.getDecoder().decode(Arrays.copyOfRange(body, start, end));
      visitor.record(data, 0, data.length);
      at = end + 1;
    }
  }

  private static int indexOf(byte[] body, char wanted, int from, int to) {
    for (int i = from; i < to; i++) {
      if (body[i] == wanted) {
        return i;
      }
    }
    throw new IllegalArgumentException("JSON that ends early");
  }
}
