package io.kinesisagent.backends.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * An HTTP server on 127.0.0.1 that gives prepared answers, to the last byte of their heads, each on
 * a connection of its own; it keeps what it was asked.
 */
public final class CannedServer implements AutoCloseable {
  private final LinkedBlockingQueue<String> answers = new LinkedBlockingQueue<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final ServerSocket socket;

  private CannedServer(ServerSocket socket) {
    this.socket = socket;
    Thread thread = new Thread(this::run, "canned-server");
    thread.setDaemon(true);
    thread.start();
  }

  public static CannedServer start() throws IOException {
    return new CannedServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort());
  }

  /**
   * Answers the next request that has no answer yet.
   *
   * @param head the status line and headers, without those of length and connection
   */
  public void answer(String head, String body) {
    answers.add(
        head
            + "\r\nContent-Length: "
            + body.getBytes(StandardCharsets.UTF_8).length
            + "\r\nConnection: close\r\n\r\n"
            + body);
  }

  /** Heads and bodies of the requests, in order. */
  public List<String> requests() {
    return requests;
  }

  private void run() {
    try {
      while (true) {
        try (Socket connection = socket.accept()) {
          requests.add(request(connection.getInputStream()));
          connection.getOutputStream().write(answers.take().getBytes(StandardCharsets.UTF_8));
          connection.getOutputStream().flush();
        }
      }
    } catch (SocketException e) {
      if (!socket.isClosed()) {
        throw new UncheckedIOException(e);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String request(InputStream in) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int length = -1;
    int head = -1;
    while (head < 0 || bytes.size() < head + length) {
      int next = in.read();
      if (next < 0) {
        break;
      }
      bytes.write(next);
      if (head < 0 && bytes.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
        head = bytes.size();
        length =
            bytes
                .toString(StandardCharsets.ISO_8859_1)
                .lines()
                .filter(line -> line.regionMatches(true, 0, "content-length:", 0, 15))
                .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
                .findFirst()
                .orElse(0);
      }
    }
    return bytes.toString(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
