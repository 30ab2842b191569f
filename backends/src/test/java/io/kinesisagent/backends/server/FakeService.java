package io.kinesisagent.backends.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.net.ssl.SSLContext;

/**
 * An HTTP server on 127.0.0.1 that takes PutRecords and PutRecordBatch, keeps what it decoded, and
 * answers as a script says, or else that every record was taken.
 */
public final class FakeService implements AutoCloseable {
  /** An answer, its body in the request's own protocol. */
  public static final class Reply {
    /** The connection is cut with no answer. */
    public static final Reply CUT = new Reply(0, Map.of(), new byte[0]);

    private final int status;
    private final Map<String, String> headers;
    private final byte[] body;
    private final boolean crawls;

    public Reply(int status, Map<String, String> headers, byte[] body) {
      this(status, headers, body, false);
    }

    private Reply(int status, Map<String, String> headers, byte[] body, boolean crawls) {
      this.status = status;
      this.headers = headers;
      this.body = body;
      this.crawls = crawls;
    }

    /** An answer that begins with a body and then goes on with a blank now and then, for ever. */
    public static Reply crawling(String body) {
      return new Reply(200, Map.of(), body.getBytes(StandardCharsets.UTF_8), true);
    }
  }

  static {
    // The JDK's server sends heads and bodies apart; without this each answer takes 40 ms.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final List<PutRequest> requests = new CopyOnWriteArrayList<>();
  private final List<byte[]> taken = new CopyOnWriteArrayList<>();
  private final ConcurrentLinkedQueue<Function<PutRequest, Reply>> script =
      new ConcurrentLinkedQueue<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Set<InetSocketAddress> connections = ConcurrentHashMap.newKeySet();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final String scheme;
  private final HttpServer server;

  private FakeService(String scheme, HttpServer server) {
    this.scheme = scheme;
    this.server = server;
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  public static FakeService start() throws IOException {
    return new FakeService("http", HttpServer.create(anyPort(), 0));
  }

  /** Starts a server that speaks TLS. */
  public static FakeService start(SSLContext context) throws IOException {
    HttpsServer server = HttpsServer.create(anyPort(), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    return new FakeService("https", server);
  }

  private static InetSocketAddress anyPort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  public URI endpoint() {
    return URI.create(scheme + "://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Answers the next request that nothing was scripted for yet. */
  public void next(Function<PutRequest, Reply> reply) {
    script.add(reply);
  }

  /** Every request, in the order of arrival. */
  public List<PutRequest> requests() {
    return requests;
  }

  /** The data of every record of the requests that were answered by success. */
  public List<byte[]> taken() {
    return taken;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      connections.add(exchange.getRemoteAddress());
      PutRequest request =
          PutRequest.decode(exchange.getRequestHeaders(), exchange.getRequestBody().readAllBytes());
      requests.add(request);
      Reply reply = Optional.ofNullable(script.poll()).orElse(PutReplies::success).apply(request);
      if (reply.status == 0) {
        return;
      }
      if (reply.status == 200) {
        taken.addAll(request.records());
      }
      exchange.getResponseHeaders().set("Content-Type", request.contentType());
      reply.headers.forEach(exchange.getResponseHeaders()::set);
      if (reply.crawls) {
        crawl(exchange, reply);
        return;
      }
      exchange.sendResponseHeaders(reply.status, reply.body.length == 0 ? -1 : reply.body.length);
      exchange.getResponseBody().write(reply.body);
    }
  }

  private void crawl(HttpExchange exchange, Reply reply) throws IOException {
    exchange.sendResponseHeaders(reply.status, 0);
    OutputStream body = exchange.getResponseBody();
    body.write(reply.body);
    try {
      while (!closed.await(50, TimeUnit.MILLISECONDS)) {
        body.write(' ');
        body.flush();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** How many connections requests came by. */
  public int connections() {
    return connections.size();
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
