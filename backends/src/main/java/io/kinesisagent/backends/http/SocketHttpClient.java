package io.kinesisagent.backends.http;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * An HTTP client over sockets for requests to one host, without a proxy. A connection that an
 * answer was read from to its end is used again, the last one given back first; one that has been
 * idle for a minute is closed. Safe for use by several threads.
 */
public final class SocketHttpClient implements SdkHttpClient {
  private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final SocketOptions options;
  private final Consumer<Runnable> afterAMinute;
  private final Semaphore permits;
  private final Deque<HttpConnection> idle = new ArrayDeque<>();
  private boolean closing;
  private boolean reaping;

  /**
   * A client that has no connection yet.
   *
   * @param afterAMinute runs something a minute later, on any thread
   */
  public SocketHttpClient(SocketOptions options, Consumer<Runnable> afterAMinute) {
    this.options = options;
    this.afterAMinute = afterAMinute;
    this.permits = new Semaphore(options.maxConnections());
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    return new SocketCall(this, options, request);
  }

  /**
   * Waits until there may be one connection more.
   *
   * @throws IOException where that takes too long
   */
  void acquire() throws IOException {
    try {
      if (!permits.tryAcquire(options.acquireMillis(), TimeUnit.MILLISECONDS)) {
        throw new IOException(
            "all "
                + options.maxConnections()
                + " connections were busy for "
                + options.acquireMillis()
                + " ms");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while all connections were busy", e);
    }
  }

  /** A connection that can be used again, or null. */
  HttpConnection reusable() {
    while (true) {
      HttpConnection last;
      synchronized (idle) {
        last = idle.pollLast();
      }
      if (last == null || (fresh(last, System.nanoTime()) && !last.stale())) {
        return last;
      }
      last.close();
    }
  }

  /** Takes back a connection that an answer was read from to its end. */
  void giveBack(HttpConnection connection) {
    synchronized (idle) {
      if (!closing) {
        connection.idleSince(System.nanoTime());
        idle.addLast(connection);
        permits.release();
        if (!reaping) {
          reaping = true;
          afterAMinute.accept(this::reap);
        }
        return;
      }
    }
    drop(connection);
  }

  /** Takes back a connection that cannot be used again. */
  void drop(HttpConnection connection) {
    connection.close();
    permits.release();
  }

  /** Takes back the leave for a connection that was not made. */
  void release() {
    permits.release();
  }

  private void reap() {
    List<HttpConnection> old = new ArrayList<>();
    synchronized (idle) {
      long now = System.nanoTime();
      while (!idle.isEmpty() && !fresh(idle.peekFirst(), now)) {
        old.add(idle.pollFirst());
      }
      reaping = !closing && !idle.isEmpty();
      if (reaping) {
        afterAMinute.accept(this::reap);
      }
    }
    old.forEach(HttpConnection::close);
  }

  private boolean fresh(HttpConnection connection, long now) {
    boolean worn =
        options.ttlMillis() > 0
            && now - connection.openedNanos() >= TimeUnit.MILLISECONDS.toNanos(options.ttlMillis());
    return !worn && now - connection.idleSinceNanos() < IDLE_NANOS;
  }

  @Override
  public String clientName() {
    return "Socket";
  }

  @Override
  public void close() {
    List<HttpConnection> left;
    synchronized (idle) {
      closing = true;
      left = new ArrayList<>(idle);
      idle.clear();
    }
    left.forEach(HttpConnection::close);
  }
}
