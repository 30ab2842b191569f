package io.kinesisagent.backends.http;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpRequest;

/** One request and its answer. Called by one thread, aborted by any. */
final class SocketCall implements ExecutableHttpRequest {
  /** In place of what cuts the connection of a call that was aborted. */
  private enum Aborted implements Runnable {
    ABORTED;

    @Override
    public void run() {
      // There is nothing left to be cut.
    }
  }

  private final SocketHttpClient client;
  private final SocketOptions options;
  private final HttpExecuteRequest request;
  private final AtomicReference<Runnable> cut = new AtomicReference<>();

  SocketCall(SocketHttpClient client, SocketOptions options, HttpExecuteRequest request) {
    this.client = client;
    this.options = options;
    this.request = request;
  }

  @Override
  public HttpExecuteResponse call() throws IOException {
    client.acquire();
    HttpConnection connection;
    try {
      connection = connection(request.httpRequest());
    } catch (IOException | RuntimeException e) {
      client.release();
      throw e;
    }
    try {
      connection.send(request.httpRequest(), request.contentStreamProvider().orElse(null));
      HttpConnection.Reply reply = connection.reply();
      BodyStream body =
          reply.body(
              whole -> {
                if (whole && reply.keepsAlive() && cut.get() != Aborted.ABORTED) {
                  client.giveBack(connection);
                } else {
                  client.drop(connection);
                }
              });
      return HttpExecuteResponse.builder()
          .response(reply.head())
          .responseBody(AbortableInputStream.create(body, body::abandon))
          .build();
    } catch (IOException | RuntimeException e) {
      client.drop(connection);
      throw e;
    }
  }

  private HttpConnection connection(SdkHttpRequest to) throws IOException {
    HttpConnection kept = client.reusable();
    if (kept != null) {
      watch(kept::cut);
      return kept;
    }
    return HttpConnection.open(options, to.host(), to.port(), tls(to), this::watch);
  }

  /** Lets an abort cut what is being used from now on. */
  private void watch(Runnable newCut) {
    Runnable before = cut.getAndUpdate(last -> last == Aborted.ABORTED ? last : newCut);
    if (before == Aborted.ABORTED) {
      newCut.run();
    }
  }

  private static boolean tls(SdkHttpRequest to) {
    return to.protocol().equals("https");
  }

  @Override
  public void abort() {
    Runnable last = cut.getAndSet(Aborted.ABORTED);
    if (last != null) {
      last.run();
    }
  }
}
