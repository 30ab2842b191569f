package io.kinesisagent.backends.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ProtocolException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;

/** Against a server that says, byte for byte, what a test has told it to. */
class SocketHttpClientTest {
  private static final String HANG_UP = "";

  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<Integer> connections = new CopyOnWriteArrayList<>();
  private final BlockingQueue<Runnable> afterAMinute = new ArrayBlockingQueue<>(10);
  private ServerSocket server;
  private SocketHttpClient client;

  @BeforeEach
  void start() throws IOException {
    server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::accept, "server");
    thread.setDaemon(true);
    thread.start();
    client = client(2, 30_000);
  }

  private SocketHttpClient client(int connectionsAtMost, long silenceMillis) {
    SocketOptions options =
        new SocketOptions(
            connectionsAtMost, 5_000, silenceMillis, 1, -1, true, null, (host, session) -> true);
    return new SocketHttpClient(options, afterAMinute::add);
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    server.close();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        Thread thread = new Thread(() -> serve(socket), "connection");
        thread.setDaemon(true);
        thread.start();
      }
    } catch (IOException e) {
      if (!server.isClosed()) {
        throw new IllegalStateException(e);
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
      while (true) {
        StringBuilder head = new StringBuilder();
        int length = 0;
        for (String line = in.readLine(); line == null || !line.isEmpty(); line = in.readLine()) {
          if (line == null) {
            return;
          }
          head.append(line).append('\n');
          if (line.startsWith("Content-Length: ")) {
            length = Integer.parseInt(line.substring(16));
          }
        }
        for (int i = 0; i < length; i++) {
          head.append((char) in.read());
        }
        requests.add(head.toString());
        connections.add(socket.getPort());
        String answer = answers.take();
        socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
        if (answer.equals(HANG_UP) || answer.contains("close")) {
          return;
        }
      }
    } catch (IOException | InterruptedException e) {
      // The client went away, which some tests want.
      assertThat(e).isNotNull();
    }
  }

  private ExecutableHttpRequest post(String body) {
    SdkHttpRequest request =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.POST)
            .uri(URI.create("http://127.0.0.1:" + server.getLocalPort() + "/path?query=1"))
            .putHeader("Content-Length", Integer.toString(body.length()))
            .build();
    return client.prepareRequest(
        HttpExecuteRequest.builder()
            .request(request)
            .contentStreamProvider(
                () -> new ByteArrayInputStream(body.getBytes(StandardCharsets.ISO_8859_1)))
            .build());
  }

  private String answer(String body) throws IOException {
    HttpExecuteResponse response = post(body).call();
    try (InputStream in = response.responseBody().orElseThrow()) {
      return response.httpResponse().statusCode()
          + " "
          + new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  @Test
  void requestsArriveWholeAndTheConnectionIsUsedAgain() throws IOException {
    answers.add("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
    answers.add("HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n");

    assertThat(answer("first")).isEqualTo("200 hello");
    assertThat(answer("second")).isEqualTo("404 ");
    assertThat(requests.get(0))
        .startsWith("POST /path?query=1 HTTP/1.1\nHost: 127.0.0.1:" + server.getLocalPort())
        .endsWith("first");
    assertThat(connections.get(0)).isEqualTo(connections.get(1));
  }

  @Test
  void bodiesInChunksAreReadToTheirEnd() throws IOException {
    String chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n";
    answers.add(chunked + "5;x=y\r\nhello\r\n7\r\n, world\r\n0\r\nTrailer: z\r\n\r\n");
    answers.add(chunked + "0\r\n\r\n");

    assertThat(answer("a")).isEqualTo("200 hello, world");
    assertThat(answer("b")).isEqualTo("200 ");
    assertThat(connections.get(0)).isEqualTo(connections.get(1));
  }

  @Test
  void aLengthThatIsNotNeededIsNotRead() throws IOException {
    String chunked =
        "HTTP/1.1 200 OK\r\nContent-Length: many\r\nTransfer-Encoding: chunked\r\n\r\n";
    answers.add(chunked + "5\r\nhello\r\n0\r\n\r\n");
    answers.add("HTTP/1.1 204 No Content\r\nContent-Length: many\r\n\r\n");

    assertThat(answer("a")).isEqualTo("200 hello");
    assertThat(answer("b")).isEqualTo("204 ");
    assertThat(connections.get(0)).isEqualTo(connections.get(1));
  }

  @Test
  void aBodyMayEndWithItsConnection() throws IOException {
    answers.add("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nall of it");
    answers.add("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nConnection: close\r\n\r\nx");
    answers.add("HTTP/1.1 204 No Content\r\n\r\n");

    assertThat(answer("a")).isEqualTo("200 all of it");
    assertThat(answer("b")).isEqualTo("200 x");
    assertThat(answer("c")).isEqualTo("204 ");
    assertThat(connections).doesNotHaveDuplicates();
  }

  @Test
  void whatComesBeforeTheAnswerIsPassedOver() throws IOException {
    answers.add("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");

    assertThat(answer("a")).isEqualTo("200 ok");
  }

  @Test
  void anAnswerThatIsCutIsAFailure() {
    answers.add("HTTP/1.1 200 OK\r\nContent-Length: 50\r\nX: close\r\n\r\nhello");
    answers.add(HANG_UP);

    assertThatThrownBy(() -> answer("a")).isInstanceOf(EOFException.class);
    assertThatThrownBy(() -> answer("b")).isInstanceOf(IOException.class);
  }

  @Test
  void whatIsNotHttpIsAFailure() {
    answers.add("SSH-2.0-OpenSSH_9.2\r\n");
    answers.add("HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n");

    assertThatThrownBy(() -> answer("a"))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("SSH-2.0");
    assertThatThrownBy(() -> answer("b"))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("many");
  }

  @Test
  void aServerThatSaysNothingIsWaitedForAsLongAsIsAllowed() {
    client = client(2, 50);

    assertThatThrownBy(() -> answer("a")).isInstanceOf(SocketTimeoutException.class);
  }

  @Test
  void anAbortEndsTheWait() {
    ExecutableHttpRequest call = post("a");
    Thread aborter =
        new Thread(
            () -> {
              while (requests.isEmpty()) {
                Thread.onSpinWait();
              }
              call.abort();
            });
    aborter.start();

    assertThatThrownBy(call::call).isInstanceOf(SocketException.class);
    assertThatThrownBy(() -> callAborted(post("b"))).isInstanceOf(IOException.class);
  }

  @Test
  void anAbortThatComesBehindTheAnswerCutsNobodyElsesConnection() throws IOException {
    answers.add("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
    answers.add("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nagain");
    ExecutableHttpRequest call = post("a");
    try (InputStream in = call.call().responseBody().orElseThrow()) {
      assertThat(in.readAllBytes()).hasSize(5);
    }
    call.abort();

    assertThat(answer("b")).isEqualTo("200 again");
    assertThat(connections.get(0)).isEqualTo(connections.get(1));
  }

  private static void callAborted(ExecutableHttpRequest call) throws IOException {
    call.abort();
    call.call();
  }

  @Test
  void thereAreNoMoreConnectionsThanAllowed() throws IOException {
    client = client(1, 30_000);
    answers.add("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
    answers.add("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nagain");
    HttpExecuteResponse unread = post("a").call();

    assertThatThrownBy(() -> answer("b")).hasMessageContaining("all 1 connections were busy");
    unread.responseBody().orElseThrow().abort();
    assertThat(answer("c")).isEqualTo("200 again");
    assertThat(connections).doesNotHaveDuplicates();
  }

  @Test
  void aConnectionThatTheServerClosedIsNotUsedAgain() throws Exception {
    answers.add("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX: close\r\n\r\nhello");
    answers.add("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nagain");
    assertThat(answer("a")).isEqualTo("200 hello");
    HttpConnection idle = client.reusable();
    // As if a while had gone by, in which the server has closed it.
    idle.idleSince(System.nanoTime() - 2_000_000_000L);

    assertThat(idle.stale()).isTrue();
    client.acquire();
    client.drop(idle);
    assertThat(answer("b")).isEqualTo("200 again");
    assertThat(afterAMinute).hasSize(1);
  }

  @Test
  void aHeaderWithALineBreakIsNotSent() {
    SdkHttpRequest request =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.GET)
            .uri(URI.create("http://127.0.0.1:" + server.getLocalPort()))
            .putHeader("User-Agent", "a\r\nInjected: b")
            .build();

    assertThatThrownBy(
            () ->
                client.prepareRequest(HttpExecuteRequest.builder().request(request).build()).call())
        .hasMessageContaining("User-Agent");
    assertThat(requests).isEmpty();
  }
}
