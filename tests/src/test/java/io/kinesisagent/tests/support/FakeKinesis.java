package io.kinesisagent.tests.support;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;

/**
 * The data plane of Kinesis and Firehose on a free port of 127.0.0.1, which can be made to fail. It
 * takes PutRecords (JSON, CBOR, RPC v2 CBOR) and PutRecordBatch (JSON), and answers whatever else
 * with an empty object. Answers that were scripted are given first, in their order; then the
 * current {@link Faults} decide, from a seeded generator. Any thread may use it.
 */
public final class FakeKinesis implements AutoCloseable {
  static {
    // Without it each reply waits for the client's delayed acknowledgement, 40 ms.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private static final String THROTTLED = "ProvisionedThroughputExceededException";

  private final SSLContext tls;
  private volatile HttpServer server;
  private final String scheme;
  private final RecordListener listener;
  private final SplittableRandom random;
  private final ExecutorService threads;
  private final Queue<Answer> script = new ConcurrentLinkedQueue<>();
  private final AtomicLong requests = new AtomicLong();
  private final AtomicLong failures = new AtomicLong();
  private final AtomicLong acceptedAndCut = new AtomicLong();
  private final AtomicInteger largestRecordBytes = new AtomicInteger();
  private final AtomicInteger atOnce = new AtomicInteger();
  private final AtomicInteger mostAtOnce = new AtomicInteger();
  private final Map<String, Stream> streams = new ConcurrentHashMap<>();
  private volatile Faults faults = Faults.NONE;
  private volatile Poison poison;
  private volatile Throwable defect;

  /** What was put into one stream, and what goes wrong there. */
  private static final class Stream {
    private final AtomicLong accepted = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private volatile Faults faults;
    private long second;
    private int acceptedInSecond;
  }

  /** Requests with such records are refused. */
  private record Poison(Predicate<byte[]> is, Answer.Refuse answer) {}

  /** Starts to serve over plain HTTP. */
  public FakeKinesis(long seed, RecordListener listener) {
    this(seed, listener, null);
  }

  /**
   * Starts to serve.
   *
   * @param tls null for plain HTTP
   */
  public FakeKinesis(long seed, RecordListener listener, SSLContext tls) {
    this.listener = listener;
    this.random = new SplittableRandom(seed);
    this.scheme = tls == null ? "http" : "https";
    this.tls = tls;
    this.threads =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "fake-kinesis");
              thread.setDaemon(true);
              return thread;
            });
    serve(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  private void serve(InetSocketAddress address) {
    server = bind(address, tls);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /** Connections are cut, and from now on refused: nobody listens any more. */
  public void away() {
    server.stop(0);
  }

  /** Listens again, where it did. */
  public void back() {
    serve(server.getAddress());
  }

  private static HttpServer bind(InetSocketAddress address, SSLContext tls) {
    try {
      if (tls == null) {
        return HttpServer.create(address, 0);
      }
      HttpsServer secure = HttpsServer.create(address, 0);
      secure.setHttpsConfigurator(new HttpsConfigurator(tls));
      return secure;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Where to send to. */
  public URI endpoint() {
    return URI.create(scheme + "://127.0.0.1:" + server.getAddress().getPort());
  }

  /** From now on these go wrong. */
  public void faults(Faults now) {
    faults = now;
  }

  /** From now on these go wrong with one stream, and not what goes wrong with others. */
  public void faults(String stream, Faults now) {
    stream(stream).faults = now;
  }

  /** From now on requests that hold such a record are refused. */
  public void poison(Predicate<byte[]> is, Answer.Refuse answer) {
    poison = new Poison(is, answer);
  }

  /** The largest record that was accepted, in bytes. */
  public int largestRecordBytes() {
    return largestRecordBytes.get();
  }

  /** Records of a stream that were accepted. */
  public long accepted(String stream) {
    return stream(stream).accepted.get();
  }

  /** Records of a stream that were refused one by one. */
  public long refused(String stream) {
    return stream(stream).refused.get();
  }

  private Stream stream(String name) {
    return streams.computeIfAbsent(name, absent -> new Stream());
  }

  /** Appends to the answers that are given before the faults decide again. */
  public void answerNext(Answer... answers) {
    script.addAll(java.util.List.of(answers));
  }

  /** Requests seen, whatever became of them. */
  public long requests() {
    return requests.get();
  }

  /** Requests refused or cut, and records refused. */
  public long failures() {
    return failures.get();
  }

  /** Records that were accepted without telling the sender, who therefore sends them again. */
  public long acceptedAndCut() {
    return acceptedAndCut.get();
  }

  /** The most requests that were under way at one moment. */
  public int mostAtOnce() {
    return mostAtOnce.get();
  }

  private void handle(HttpExchange exchange) throws IOException {
    requests.incrementAndGet();
    mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      WireFormat format = WireFormat.of(exchange.getRequestHeaders());
      String operation = operation(exchange);
      if (operation.equals("PutRecords") || operation.equals("PutRecordBatch")) {
        put(exchange, format, operation, body);
      } else {
        respond(exchange, format, 200, format.empty());
      }
    } catch (RuntimeException | Error e) {
      defect = e;
      throw e;
    } finally {
      atOnce.decrementAndGet();
    }
  }

  private void put(HttpExchange exchange, WireFormat format, String operation, byte[] body)
      throws IOException {
    WireFormat.Request request = format.read(operation, body);
    int records = request.data().size();
    Stream stream = stream(request.stream());
    Faults current = stream.faults == null ? faults : stream.faults;
    Answer answer = script.poll();
    if (answer == null) {
      answer = poisoned(request) ? poison.answer() : draw(current, stream, records, operation);
    }
    if (current.latencyMillis() > 0) {
      Await.instant(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(current.latencyMillis()));
    }
    if (answer instanceof Answer.Accept accept) {
      accept(request, accept.failed());
      failures.addAndGet(accept.failed().size());
      stream.accepted.addAndGet(records - accept.failed().size());
      stream.refused.addAndGet(accept.failed().size());
      try {
        respond(exchange, format, 200, format.reply(operation, records, accept.failed()));
      } catch (IOException e) {
        acceptedAndCut.addAndGet(records - accept.failed().size());
        throw e;
      }
    } else if (answer instanceof Answer.Refuse refuse) {
      failures.incrementAndGet();
      exchange.getResponseHeaders().set("x-amzn-ErrorType", refuse.type());
      respond(exchange, format, refuse.status(), format.error(refuse.type(), refuse.message()));
    } else {
      // An exchange that is closed before it was answered takes the connection with it.
      failures.incrementAndGet();
      if (answer instanceof Answer.AcceptAndCut) {
        accept(request, Map.of());
        acceptedAndCut.addAndGet(records);
      }
    }
  }

  private void accept(WireFormat.Request request, Map<Integer, String> failed) {
    for (int i = 0; i < request.data().size(); i++) {
      if (!failed.containsKey(i)) {
        largestRecordBytes.accumulateAndGet(request.data().get(i).length, Math::max);
        listener.accepted(request.stream(), request.partitionKeys().get(i), request.data().get(i));
      }
    }
  }

  private boolean poisoned(WireFormat.Request request) {
    return poison != null && request.data().stream().anyMatch(poison.is());
  }

  private synchronized Answer draw(Faults current, Stream stream, int records, String operation) {
    if (random.nextDouble() < current.failedRequests()) {
      return new Answer.Refuse(500, "InternalFailure", "failed for the test");
    }
    if (random.nextDouble() < current.cutRequests()) {
      return new Answer.AcceptAndCut();
    }
    String code = operation.equals("PutRecords") ? THROTTLED : "ServiceUnavailableException";
    Map<Integer, String> failed = new HashMap<>();
    for (int i = 0; i < records; i++) {
      if (random.nextDouble() < current.failedRecords() || throttled(current, stream)) {
        failed.put(i, code);
      }
    }
    return new Answer.Accept(failed);
  }

  private static boolean throttled(Faults current, Stream stream) {
    if (current.recordsPerSecond() == 0) {
      return false;
    }
    long now = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime());
    if (now != stream.second) {
      stream.second = now;
      stream.acceptedInSecond = 0;
    }
    return ++stream.acceptedInSecond > current.recordsPerSecond();
  }

  private static String operation(HttpExchange exchange) {
    String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
    String path = exchange.getRequestURI().getPath();
    return target != null
        ? target.substring(target.lastIndexOf('.') + 1)
        : path.substring(path.lastIndexOf('/') + 1);
  }

  private static void respond(HttpExchange exchange, WireFormat format, int status, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", format.contentType());
    if (format == WireFormat.RPC_V2_CBOR) {
      exchange.getResponseHeaders().set("Smithy-Protocol", "rpc-v2-cbor");
    }
    exchange.getResponseHeaders().set("x-amzn-RequestId", "fake");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  /** Stops at once; requests under way are cut. Fails when a request met a defect of this class. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    if (defect != null) {
      throw new AssertionError("the fake endpoint met a defect of its own", defect);
    }
  }
}
