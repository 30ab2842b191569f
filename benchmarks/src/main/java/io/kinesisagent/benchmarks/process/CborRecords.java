package io.kinesisagent.benchmarks.process;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Walks a request in CBOR and shows every byte string that is the value of a key {@code Data}.
 * Nothing is copied. For one thread.
 */
final class CborRecords {
  // A text string of four bytes has the head 0x64, which is the letter d.
  private static final byte[] DATA_KEY = "dData".getBytes(StandardCharsets.US_ASCII);
  private static final int BREAK = 0xFF;
  private static final int INDEFINITE = -1;

  private final RecordVisitor visitor;
  private byte[] body;
  private int limit;
  private int at;

  CborRecords(RecordVisitor visitor) {
    this.visitor = visitor;
  }

  /**
   * Walks {@code body[from, to)}.
   *
   * @throws IllegalArgumentException when that is not one CBOR item
   */
  void walk(byte[] request, int from, int to) {
    body = request;
    at = from;
    limit = to;
    try {
      item(false);
    } catch (ArrayIndexOutOfBoundsException e) {
      throw new IllegalArgumentException("CBOR that ends early", e);
    }
    if (at != to) {
      throw new IllegalArgumentException("CBOR of " + (at - from) + " bytes, not " + (to - from));
    }
  }

  private void item(boolean isData) {
    int head = body[at++] & 0xFF;
    long argument = argument(head & 0x1F);
    switch (head >> 5) {
      case 2, 3 -> string(argument, isData && head >> 5 == 2);
      case 4 -> array(argument);
      case 5 -> map(argument);
      case 6 -> item(isData);
      default -> {
        // Numbers and simple values are their head and argument.
      }
    }
  }

  private long argument(int info) {
    if (info == 31) {
      return INDEFINITE;
    }
    if (info < 24) {
      return info;
    }
    long value = 0;
    for (int i = 1 << (info - 24); i > 0; i--) {
      value = value << Byte.SIZE | (body[at++] & 0xFF);
    }
    return value;
  }

  private void string(long length, boolean isData) {
    if (length == INDEFINITE) {
      while (!ended()) {
        item(isData);
      }
      return;
    }
    if (length > limit - at) {
      throw new IllegalArgumentException("a string beyond the end");
    }
    int end = at + (int) length;
    if (isData) {
      visitor.record(body, at, end);
    }
    at = end;
  }

  private void array(long length) {
    for (long i = 0; length == INDEFINITE ? !ended() : i < length; i++) {
      item(false);
    }
  }

  private void map(long length) {
    for (long i = 0; length == INDEFINITE ? !ended() : i < length; i++) {
      boolean isData =
          at + DATA_KEY.length <= limit
              && Arrays.equals(body, at, at + DATA_KEY.length, DATA_KEY, 0, DATA_KEY.length);
      item(false);
      item(isData);
    }
  }

  private boolean ended() {
    if ((body[at] & 0xFF) == BREAK) {
      at++;
      return true;
    }
    return false;
  }
}
