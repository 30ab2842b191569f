package io.kinesisagent.backends.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import software.amazon.awssdk.http.Abortable;

/**
 * The body of an answer. When it is closed its connection is told whether it was read to its end.
 * For one thread.
 */
final class BodyStream extends InputStream implements Abortable {
  /** In place of a length: the body comes in chunks (RFC 9112, section 7.1). */
  static final long CHUNKED = -1;

  /** In place of a length: the body ends with the connection. */
  static final long TO_THE_END = -2;

  private static final int MOST_LINE_BYTES = 8 * 1024;

  /** Takes note that a body is done with. */
  interface End {
    /** Called once. */
    void reached(boolean whole);
  }

  private final HttpConnection connection;
  private final long form;
  private final End end;
  private long left;
  private boolean whole;
  private boolean closed;

  /**
   * A body that nothing was read of.
   *
   * @param form its length in bytes, or {@link #CHUNKED} or {@link #TO_THE_END}
   */
  BodyStream(HttpConnection connection, long form, End end) {
    this.connection = connection;
    this.form = form;
    this.end = end;
    left = Math.max(0, form);
    whole = form == 0;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (closed) {
      throw new IOException("the answer is closed");
    }
    if (length == 0) {
      return 0;
    }
    if (form == CHUNKED && left == 0 && !whole) {
      nextChunk();
    }
    if (whole) {
      return -1;
    }
    int most = form == TO_THE_END ? length : (int) Math.min(length, left);
    int count = connection.read(into, offset, most);
    if (count < 0) {
      if (form == TO_THE_END) {
        whole = true;
        return -1;
      }
      throw new EOFException("the server closed the connection before its answer was whole");
    }
    if (form != TO_THE_END) {
      left -= count;
      if (left == 0) {
        chunkOrBodyEnds();
      }
    }
    return count;
  }

  private void chunkOrBodyEnds() throws IOException {
    if (form == CHUNKED) {
      connection.line(MOST_LINE_BYTES);
    } else {
      whole = true;
    }
  }

  private void nextChunk() throws IOException {
    String size = connection.line(MOST_LINE_BYTES);
    int extension = size.indexOf(';');
    left = HttpConnection.number(extension < 0 ? size : size.substring(0, extension), 16);
    if (left == 0) {
      String trailer;
      do {
        trailer = connection.line(MOST_LINE_BYTES);
      } while (!trailer.isEmpty());
      whole = true;
    }
  }

  /** Gives up what was not read. */
  @Override
  public void abort() {
    whole = false;
    close();
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      end.reached(whole && form != TO_THE_END);
    }
  }
}
