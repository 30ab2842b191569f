package io.kinesisagent.backends.http;

import java.io.IOException;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpRequest;

/** One request and its answer. Called by one thread, aborted by any. */
final class SocketCall implements ExecutableHttpRequest, BodyStream.End {
  private final SocketHttpClient client;
  private final SocketOptions options;
  private final HttpExecuteRequest request;

  /** Cuts the connection that is being used. */
  private Runnable cut;

  private boolean aborted;
  private HttpConnection connection;
  private HttpConnection.Reply reply;

  SocketCall(SocketHttpClient client, SocketOptions options, HttpExecuteRequest request) {
    this.client = client;
    this.options = options;
    this.request = request;
  }

  @Override
  public HttpExecuteResponse call() throws IOException {
    client.acquire();
    try {
      connection = connection(request.httpRequest());
    } catch (IOException | RuntimeException e) {
      client.release();
      throw e;
    }
    try {
      connection.send(request.httpRequest(), request.contentStreamProvider().orElse(null));
      reply = connection.reply();
      BodyStream body = reply.body(this);
      return HttpExecuteResponse.builder()
          .response(reply.head())
          .responseBody(AbortableInputStream.create(body, body))
          .build();
    } catch (IOException | RuntimeException e) {
      client.drop(connection);
      throw e;
    }
  }

  @Override
  public void reached(boolean whole) {
    boolean usable = letGo();
    if (whole && reply.keepsAlive() && usable) {
      client.giveBack(connection);
    } else {
      client.drop(connection);
    }
  }

  private HttpConnection connection(SdkHttpRequest to) throws IOException {
    HttpConnection kept = client.reusable();
    if (kept != null) {
      watch(kept.cut());
      return kept;
    }
    return HttpConnection.open(options, to.host(), to.port(), tls(to), this::watch);
  }

  /** Lets an abort cut what is being used from now on. */
  private synchronized void watch(Runnable newCut) {
    cut = newCut;
    if (aborted) {
      cut.run();
    }
  }

  private static boolean tls(SdkHttpRequest to) {
    return to.protocol().equals("https");
  }

  /** Lets no abort cut what others may use from now on; gives whether none has cut it before. */
  private synchronized boolean letGo() {
    cut = null;
    return !aborted;
  }

  @Override
  public synchronized void abort() {
    aborted = true;
    if (cut != null) {
      cut.run();
    }
  }
}
