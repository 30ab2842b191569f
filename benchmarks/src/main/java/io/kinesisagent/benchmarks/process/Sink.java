package io.kinesisagent.benchmarks.process;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;

/**
 * A data plane of Kinesis and Firehose that accepts everything on a free port of 127.0.0.1 and
 * keeps the sum of it, at so little cost that what is measured beside it is the sender. One thread
 * a connection.
 */
final class Sink implements AutoCloseable {
  private final ServerSocket server;
  private final RecordVisitor visitor;
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private final Map<String, byte[]> replies = new ConcurrentHashMap<>();
  private final LongAdder wireRecords = new LongAdder();
  private final LongAdder wireBytes = new LongAdder();
  private final LongAdder requests = new LongAdder();
  private final LongAdder cuts = new LongAdder();
  private final AtomicReference<RecordSum> sum = new AtomicReference<>(RecordSum.NONE);
  private volatile boolean undoesJoining;
  private final AtomicReference<Exception> failure = new AtomicReference<>();

  /**
   * Starts to serve.
   *
   * @param tls null for plain HTTP
   * @param visitor is shown each record too, on any thread
   */
  Sink(SSLContext tls, RecordVisitor visitor) throws IOException {
    this.visitor = visitor;
    InetAddress loopback = InetAddress.getLoopbackAddress();
    this.server =
        tls == null
            ? new ServerSocket(0, 512, loopback)
            : tls.getServerSocketFactory().createServerSocket(0, 512, loopback);
    start("sink", this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  /** What has arrived since the start or the last reset. */
  RecordSum sum() {
    return sum.get();
  }

  /** Records as the service sees them, where lines were joined: fewer than lines. */
  long wireRecords() {
    return wireRecords.sum();
  }

  /** Bytes of those records' data. */
  long wireBytes() {
    return wireBytes.sum();
  }

  /** Whether, until the next reset, lines that were joined are shown one by one. */
  void undoJoining(boolean now) {
    undoesJoining = now;
  }

  long requests() {
    return requests.sum();
  }

  /** Connections that ended within a request. */
  long cuts() {
    return cuts.sum();
  }

  void reset() {
    sum.set(RecordSum.NONE);
    wireRecords.reset();
    wireBytes.reset();
    requests.reset();
    cuts.reset();
    undoesJoining = false;
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        connections.add(socket);
        start("sink-connection", () -> serve(socket));
      } catch (SocketException e) {
        if (!server.isClosed()) {
          failure.compareAndSet(null, e);
        }
        return;
      } catch (IOException e) {
        failure.compareAndSet(null, e);
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      HttpConnection connection =
          new HttpConnection(socket.getInputStream(), socket.getOutputStream());
      RequestSum request = new RequestSum();
      while (connection.next()) {
        handle(connection, request);
      }
    } catch (SocketException | EOFException | SSLException e) {
      // A sender that was killed takes its connections along; what had not arrived whole is not
      // summed.
      cuts.increment();
    } catch (IOException | RuntimeException e) {
      failure.compareAndSet(null, e);
    } finally {
      connections.remove(socket);
    }
  }

  private void handle(HttpConnection connection, RequestSum request) throws IOException {
    String head = connection.head();
    boolean cbor = head.contains("cbor");
    boolean firehose = head.contains("putrecordbatch");
    boolean put = firehose || head.contains("putrecords");
    request.clear();
    if (put && cbor) {
      request.cbor.walk(connection.data(), connection.bodyStart(), connection.bodyEnd());
    } else if (put) {
      request.json.walk(connection.data(), connection.bodyStart(), connection.bodyEnd());
    }
    requests.increment();
    sum.accumulateAndGet(request.sum(), RecordSum::plus);
    wireRecords.add(request.wire);
    int records = put ? request.wire : -1;
    connection.reply(
        replies.computeIfAbsent(
            cbor + " " + head.contains("rpc-v2-cbor") + " " + firehose + " " + records,
            key -> reply(cbor, head.contains("rpc-v2-cbor"), firehose, records)));
  }

  private static byte[] reply(boolean cbor, boolean rpc, boolean firehose, int records) {
    byte[] body = cbor ? Replies.cbor(records) : Replies.json(firehose, records);
    String type = cbor ? "application/x-amz-cbor-1.1" : "application/x-amz-json-1.1";
    String head =
        "HTTP/1.1 200 OK\r\nContent-Type: "
            + (rpc ? "application/cbor\r\nsmithy-protocol: rpc-v2-cbor" : type)
            + "\r\nContent-Length: "
            + body.length
            + "\r\nx-amzn-RequestId: 00000000-0000-0000-0000-000000000000\r\n\r\n";
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
    whole.writeBytes(body);
    return whole.toByteArray();
  }

  private static void start(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Stops and cuts all connections.
   *
   * @throws IllegalStateException when a request could not be understood
   */
  @Override
  public void close() {
    try {
      server.close();
      for (Socket socket : connections) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (failure.get() != null) {
      throw new IllegalStateException("the sink failed", failure.get());
    }
  }

  /** The sum of one request; of one connection's thread. */
  private final class RequestSum {
    private final CborRecords cbor = new CborRecords(this::take);
    private final JsonRecords json = new JsonRecords(this::take);
    private final JoinedLines joined = new JoinedLines(this::add);
    private int wire;
    private int records;
    private long bytes;
    private long hash;

    private void clear() {
      wire = 0;
      records = 0;
      bytes = 0;
      hash = 0;
    }

    private void take(byte[] data, int from, int to) {
      wire++;
      wireBytes.add(to - from);
      if (undoesJoining) {
        joined.record(data, from, to);
      } else {
        add(data, from, to);
      }
    }

    private void add(byte[] data, int from, int to) {
      int end = RecordSum.trimmed(data, from, to);
      records++;
      bytes += end - from;
      hash += RecordSum.hash(data, from, end);
      visitor.record(data, from, to);
    }

    private RecordSum sum() {
      return new RecordSum(records, bytes, hash);
    }
  }
}
