package io.kinesisagent.processors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** EC2's instance metadata service on the loopback, version 2 only. */
final class FakeMetadataService implements AutoCloseable {
  static final String DOCUMENT =
      """
      {"privateIp": "10.0.0.7", "availabilityZone": "eu-west-1b", "instanceId": "i-0123",
       "instanceType": "m7g.large", "accountId": "123456789012", "imageId": "ami-4567",
       "region": "eu-west-1", "pendingTime": "2026-01-01T00:00:00Z"}
      """;

  private final HttpServer server;
  private final Map<String, String> answers = new ConcurrentHashMap<>();
  private final AtomicInteger tokens = new AtomicInteger();
  private volatile boolean broken;

  FakeMetadataService() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    answers.put("/latest/dynamic/instance-identity/document", DOCUMENT);
  }

  String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  void tag(String key, String value) {
    answers.merge("/latest/meta-data/tags/instance", key, (all, one) -> all + "\n" + one);
    answers.put("/latest/meta-data/tags/instance/" + key, value);
  }

  void setBroken(boolean isBroken) {
    broken = isBroken;
  }

  /** How many sessions were begun. */
  int tokens() {
    return tokens.get();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String token = exchange.getRequestHeaders().getFirst("X-aws-ec2-metadata-token");
    if (broken) {
      respond(exchange, 500, "");
    } else if (path.equals("/latest/api/token")) {
      boolean asked =
          exchange.getRequestMethod().equals("PUT")
              && exchange.getRequestHeaders().containsKey("X-aws-ec2-metadata-token-ttl-seconds");
      respond(exchange, asked ? 200 : 400, asked ? "token-" + tokens.incrementAndGet() : "");
    } else if (token == null || !token.startsWith("token-")) {
      respond(exchange, 401, "");
    } else if (answers.containsKey(path)) {
      respond(exchange, 200, answers.get(path));
    } else {
      respond(exchange, 404, "");
    }
  }

  private static void respond(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
