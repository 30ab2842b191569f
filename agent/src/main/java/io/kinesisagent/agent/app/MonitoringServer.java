package io.kinesisagent.agent.app;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.kinesisagent.agent.config.HostPort;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * The metrics, the status and the health over HTTP. Where its address cannot be had, shipping goes
 * on without it.
 */
final class MonitoringServer implements AutoCloseable {
  private static final Logger LOG = LogManager.getLogger(MonitoringServer.class);
  private static final int THREADS = 2;
  private static final long ALIVE_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final String JSON = "application/json";
  private static final String TEXT = "text/plain; charset=utf-8";

  private final StatusSource status;
  private final FlowRoster roster;
  private HttpServer server;
  private ExecutorService threads;

  private record Answer(int code, String type, String body) {
    Answer(int code, String sentence) {
      this(code, TEXT, sentence + "\n");
    }
  }

  private interface Page {
    Answer answer() throws IOException;
  }

  MonitoringServer(StatusSource status, FlowRoster roster) {
    this.status = status;
    this.roster = roster;
  }

  void open(HostPort address) {
    try {
      server = HttpServer.create(new InetSocketAddress(address.host(), address.port()), 16);
    } catch (IOException | UnresolvedAddressException e) {
      LOG.error(
          "monitoring.address {}:{} cannot be listened on ({}); the agent goes on without it",
          address.host(),
          address.port(),
          e.toString());
      return;
    }
    threads =
        Executors.newFixedThreadPool(
            THREADS,
            work -> {
              Thread thread = new Thread(work, "monitoring");
              thread.setDaemon(true);
              return thread;
            });
    server.setExecutor(threads);
    serve(
        "/metrics",
        () ->
            new Answer(
                200, PrometheusText.CONTENT_TYPE, PrometheusText.of(status.get(), roster.flows())));
    serve(
        "/status",
        () -> new Answer(200, JSON, new String(status.get().toJson(), StandardCharsets.UTF_8)));
    serve("/healthz", this::health);
    serve("/readyz", this::readiness);
    server.start();
    LOG.info("monitoring at http://{}:{}/metrics", address.host(), server.getAddress().getPort());
  }

  private Answer health() {
    long now = System.nanoTime();
    return roster.flows().stream()
        .filter(flow -> !flow.alive(now, ALIVE_NANOS))
        .findFirst()
        .map(flow -> new Answer(503, "flow " + flow.id() + " makes no progress"))
        .orElseGet(() -> new Answer(200, "ok"));
  }

  private Answer readiness() {
    return roster.flows().stream()
        .map(RunningFlow::status)
        .filter(flow -> !flow.ready())
        .findFirst()
        .map(flow -> new Answer(503, "flow " + flow.flow() + " is " + flow.state()))
        .orElseGet(() -> new Answer(200, "ok"));
  }

  private void serve(String path, Page page) {
    server.createContext(
        path,
        exchange -> {
          try (exchange) {
            boolean found = exchange.getRequestURI().getPath().equals(path);
            send(exchange, found ? page.answer() : new Answer(404, "not here"));
          }
        });
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", answer.type());
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(answer.code(), body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    if (server != null) {
      server.stop(0);
      threads.shutdownNow();
    }
  }
}
