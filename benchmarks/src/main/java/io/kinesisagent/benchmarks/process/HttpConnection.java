package io.kinesisagent.benchmarks.process;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * One connection's requests, one after the other, in one array that grows to the largest. Only what
 * clients of AWS send is understood: bodies with a Content-Length. For one thread.
 */
final class HttpConnection {
  private final InputStream in;
  private final OutputStream out;
  private byte[] data = new byte[1 << 16];
  private int have;
  private int headEnd;
  private int bodyEnd;
  private String head = "";

  HttpConnection(InputStream in, OutputStream out) {
    this.in = in;
    this.out = out;
  }

  /** Reads the next request; false when the client has closed. */
  boolean next() throws IOException {
    System.arraycopy(data, bodyEnd, data, 0, have - bodyEnd);
    have -= bodyEnd;
    headEnd = 0;
    bodyEnd = 0;
    int searched = 0;
    while ((headEnd = endOfHead(searched)) == 0) {
      searched = Math.max(0, have - 3);
      if (!fill()) {
        if (have > 0) {
          throw new EOFException("closed within a request's head");
        }
        return false;
      }
    }
    head = new String(data, 0, headEnd, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
    if (head.contains("\r\ntransfer-encoding:")) {
      throw new IOException("chunked requests are not understood");
    }
    if (head.contains("100-continue")) {
      out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      out.flush();
    }
    bodyEnd = headEnd + contentLength();
    while (have < bodyEnd) {
      if (!fill()) {
        throw new EOFException("closed within a request's body");
      }
    }
    return true;
  }

  /** The head of the current request in lower case, request line first. */
  String head() {
    return head;
  }

  /** Holds the body of the current request, from {@link #bodyStart()} to {@link #bodyEnd()}. */
  byte[] data() {
    return data;
  }

  int bodyStart() {
    return headEnd;
  }

  int bodyEnd() {
    return bodyEnd;
  }

  /** Writes a whole reply, head and body. */
  void reply(byte[] reply) throws IOException {
    out.write(reply);
    out.flush();
  }

  private int contentLength() throws IOException {
    String name = "\r\ncontent-length:";
    int at = head.indexOf(name);
    if (at < 0) {
      return 0;
    }
    int from = at + name.length();
    try {
      return Integer.parseInt(head.substring(from, head.indexOf("\r\n", from)).strip());
    } catch (NumberFormatException e) {
      throw new IOException("a Content-Length that is no number", e);
    }
  }

  private int endOfHead(int from) {
    for (int i = from; i + 3 < have; i++) {
      if (data[i] == '\r' && data[i + 1] == '\n' && data[i + 2] == '\r' && data[i + 3] == '\n') {
        return i + 4;
      }
    }
    return 0;
  }

  private boolean fill() throws IOException {
    if (have == data.length || bodyEnd > data.length) {
      data = Arrays.copyOf(data, Math.max(data.length * 2, bodyEnd));
    }
    int read = in.read(data, have, data.length - have);
    have += Math.max(read, 0);
    return read >= 0;
  }
}
