package io.kinesisagent.backends.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * A connection that carries one request after the other. Used by one thread at a time; {@link #cut}
 * may be run by any.
 */
final class HttpConnection {
  private static final int BUFFER_BYTES = 8 * 1024;
  private static final int MOST_HEAD_BYTES = 64 * 1024;
  private static final long CHECK_AFTER_IDLE_NANOS = 1_000_000_000;

  private final Socket tcp;
  private final Runnable cut;
  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;

  /** What {@code out} comes to in the end. */
  private final GatheredOutput gathered;

  private final int silenceMillis;
  private final long openedNanos = System.nanoTime();
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int at;
  private int limit;
  private long idleSinceNanos;

  private HttpConnection(BufferedSocket tcp, Runnable cut, Socket socket, int silenceMillis)
      throws IOException {
    this.tcp = tcp;
    this.cut = cut;
    this.socket = socket;
    this.silenceMillis = silenceMillis;
    in = socket.getInputStream();
    out = socket.getOutputStream();
    gathered = tcp.getOutputStream();
  }

  /**
   * Connects to the first of a host's addresses that answers.
   *
   * @param watcher told, before each attempt, what cuts it
   */
  static HttpConnection open(
      SocketOptions options, String host, int port, boolean tls, Consumer<Runnable> watcher)
      throws IOException {
    IOException failure = null;
    for (InetAddress address : InetAddress.getAllByName(host)) {
      BufferedSocket tcp = new BufferedSocket();
      Runnable cut = () -> closeQuietly(tcp);
      watcher.accept(cut);
      try {
        tcp.setTcpNoDelay(true);
        tcp.setKeepAlive(options.tcpKeepAlive());
        tcp.connect(new InetSocketAddress(address, port), millis(options.connectMillis()));
      } catch (IOException e) {
        closeQuietly(tcp);
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
        continue;
      }
      try {
        int silence = millis(options.silenceMillis());
        tcp.setSoTimeout(silence);
        return new HttpConnection(tcp, cut, tls ? secured(options, tcp, host, port) : tcp, silence);
      } catch (IOException | RuntimeException e) {
        closeQuietly(tcp);
        throw e;
      }
    }
    throw failure;
  }

  private static Socket secured(SocketOptions options, Socket tcp, String host, int port)
      throws IOException {
    SSLSocket secured = (SSLSocket) options.tls().createSocket(tcp, host, port, true);
    secured.startHandshake();
    if (!options.names().verify(host, secured.getSession())) {
      throw new SSLPeerUnverifiedException(
          "it is for \""
              + secured.getSession().getPeerPrincipal().getName()
              + "\" and not for \""
              + host
              + "\"");
    }
    return secured;
  }

  private static int millis(long millis) {
    return (int) Math.min(Integer.MAX_VALUE, millis);
  }

  long openedNanos() {
    return openedNanos;
  }

  long idleSinceNanos() {
    return idleSinceNanos;
  }

  void idleSince(long nowNanos) {
    idleSinceNanos = nowNanos;
  }

  /** Whether the other end has closed it, or sent what nobody asked for; asked while it is idle. */
  boolean stale() {
    if (at < limit) {
      return true;
    }
    if (System.nanoTime() - idleSinceNanos < CHECK_AFTER_IDLE_NANOS) {
      return false;
    }
    try {
      socket.setSoTimeout(1);
      try {
        // The end, or a byte that answers nothing.
        in.read(buffer, 0, 1);
        return true;
      } catch (SocketTimeoutException silent) {
        socket.setSoTimeout(silenceMillis);
        return false;
      }
    } catch (IOException e) {
      return true;
    }
  }

  /** Writes a request. */
  void send(SdkHttpRequest request, ContentStreamProvider body) throws IOException {
    gathered.gather();
    out.write(head(request));
    if (body != null) {
      try (InputStream content = body.newStream()) {
        content.transferTo(out);
      }
    }
    out.flush();
    gathered.push();
  }

  private static byte[] head(SdkHttpRequest request) {
    StringBuilder head = new StringBuilder(1024);
    String path = request.encodedPath();
    head.append(request.method()).append(' ').append(path.isEmpty() ? "/" : path);
    Optional<String> query = request.encodedQueryParameters();
    if (query.isPresent()) {
      head.append('?').append(query.get());
    }
    head.append(" HTTP/1.1\r\n");
    if (request.firstMatchingHeader("Host").isEmpty()) {
      head.append("Host: ").append(request.host());
      boolean usual = request.port() == (request.protocol().equals("https") ? 443 : 80);
      head.append(usual ? "" : ":" + request.port()).append("\r\n");
    }
    request.forEachHeader((name, values) -> appendHeader(name, values, head));
    return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private static void appendHeader(String name, List<String> values, StringBuilder to) {
    for (int i = 0; i < values.size(); i++) {
      String value = values.get(i);
      if (value.indexOf('\n') >= 0 || value.indexOf('\r') >= 0) {
        throw new IllegalArgumentException(
            "the header " + name + " of a request has a line break in it");
      }
      to.append(name).append(": ").append(value).append("\r\n");
    }
  }

  /** The beginning of an answer, and how its body is delimited. */
  final class Reply {
    private final SdkHttpFullResponse.Builder head;
    private final boolean ofVersion11;
    private boolean closes;
    private boolean chunked;
    private String length;

    private Reply(int status, boolean ofVersion11) {
      head = SdkHttpResponse.builder().statusCode(status);
      this.ofVersion11 = ofVersion11;
    }

    SdkHttpResponse head() {
      return head.build();
    }

    /** Whether another request may follow once the body has been read. */
    boolean keepsAlive() {
      return ofVersion11 && !closes;
    }

    /**
     * The body.
     *
     * @param end told once, when the body was read or given up, whether it was read to its end
     */
    BodyStream body(BodyStream.End end) throws IOException {
      if (head.statusCode() == 204 || head.statusCode() == 304) {
        return new BodyStream(HttpConnection.this, 0, end);
      }
      if (chunked) {
        return new BodyStream(HttpConnection.this, BodyStream.CHUNKED, end);
      }
      return new BodyStream(
          HttpConnection.this, length == null ? BodyStream.TO_THE_END : number(length, 10), end);
    }

    private void header(String name, String value) {
      head.appendHeader(name, value);
      if (name.equalsIgnoreCase("Connection")) {
        closes |= value.toLowerCase(Locale.ROOT).contains("close");
      } else if (name.equalsIgnoreCase("Transfer-Encoding")) {
        chunked |= value.toLowerCase(Locale.ROOT).contains("chunked");
      } else if (name.equalsIgnoreCase("Content-Length") && length == null) {
        length = value;
      }
    }
  }

  /** Reads the beginning of an answer. */
  Reply reply() throws IOException {
    while (true) {
      String status = line(MOST_HEAD_BYTES);
      int space = status.indexOf(' ');
      if (!status.startsWith("HTTP/1.") || space < 0 || status.length() < space + 4) {
        throw new ProtocolException("the answer does not begin as HTTP/1.1 does: " + shown(status));
      }
      int code = (int) number(status.substring(space + 1, space + 4), 10);
      Reply reply = new Reply(code, status.startsWith("HTTP/1.1"));
      if (status.length() > space + 5) {
        reply.head.statusText(status.substring(space + 5));
      }
      headers(reply);
      // Such as 100 Continue: the answer is still to come.
      if (code >= 200) {
        return reply;
      }
    }
  }

  private void headers(Reply into) throws IOException {
    int room = MOST_HEAD_BYTES;
    for (String line = line(room); !line.isEmpty(); line = line(room)) {
      room -= line.length();
      int colon = line.indexOf(':');
      if (colon <= 0) {
        throw new ProtocolException("the answer has a header without a name: " + shown(line));
      }
      into.header(line.substring(0, colon).strip(), line.substring(colon + 1).strip());
    }
  }

  private static String shown(String line) {
    return line.length() <= 100 ? line : line.substring(0, 100) + "...";
  }

  static long number(String digits, int radix) throws ProtocolException {
    try {
      long value = Long.parseLong(digits.strip(), radix);
      if (value >= 0) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Told below.
    }
    throw new ProtocolException("the answer has \"" + shown(digits) + "\" for a number");
  }

  /** A line without its end. */
  String line(int mostBytes) throws IOException {
    StringBuilder line = null;
    while (true) {
      for (int i = at; i < limit; i++) {
        if (buffer[i] == '\n') {
          int end = i > at && buffer[i - 1] == '\r' ? i - 1 : i;
          String part = new String(buffer, at, end - at, StandardCharsets.ISO_8859_1);
          at = i + 1;
          if (line == null) {
            return part;
          }
          String whole = line.append(part).toString();
          return whole.endsWith("\r") ? whole.substring(0, whole.length() - 1) : whole;
        }
      }
      if (line == null) {
        line = new StringBuilder();
      }
      line.append(new String(buffer, at, limit - at, StandardCharsets.ISO_8859_1));
      at = limit;
      if (line.length() > mostBytes) {
        throw new ProtocolException("the answer's head is longer than " + mostBytes + " bytes");
      }
      if (!fill()) {
        throw new EOFException("the server closed the connection before its answer was whole");
      }
    }
  }

  private boolean fill() throws IOException {
    int count = in.read(buffer, 0, buffer.length);
    at = 0;
    limit = Math.max(0, count);
    return count > 0;
  }

  /** Reads some bytes of a body; -1 at the end of the connection. */
  int read(byte[] into, int offset, int length) throws IOException {
    if (at == limit) {
      if (length >= BUFFER_BYTES) {
        return in.read(into, offset, length);
      }
      if (!fill()) {
        return -1;
      }
    }
    int count = Math.min(length, limit - at);
    System.arraycopy(buffer, at, into, offset, count);
    at += count;
    return count;
  }

  /** Ends it whatever is going on, from any thread: whoever reads or writes gets an exception. */
  Runnable cut() {
    return cut;
  }

  /** Closes it. */
  void close() {
    closeQuietly(socket);
    closeQuietly(tcp);
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // There is nothing left to be done for a connection that is given up.
      System.getLogger(HttpConnection.class.getName())
          .log(System.Logger.Level.DEBUG, "closing a connection", e);
    }
  }
}
