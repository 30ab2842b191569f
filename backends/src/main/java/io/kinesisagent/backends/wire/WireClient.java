package io.kinesisagent.backends.wire;

import io.kinesisagent.backends.aws.Connection;
import io.kinesisagent.backends.aws.Faults;
import io.kinesisagent.backends.aws.Identity;
import io.kinesisagent.backends.aws.NetworkFaults;
import io.kinesisagent.spi.Disposition;
import io.kinesisagent.spi.Failure;
import io.kinesisagent.spi.MutableBytes;
import io.kinesisagent.spi.SendResult;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.zip.GZIPInputStream;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * Puts wire records by requests of our own making: the body is encoded straight from the records'
 * bytes into a pooled buffer, signed, sent through the connection's HTTP client, and the answer is
 * read no further than it must be. Safe for use by several threads.
 */
public final class WireClient implements PutClient {
  /** More of an error's answer than this is not read. */
  private static final int MOST_ERROR_BYTES = 64 * 1024;

  private final Connection connection;
  private final WireProtocol protocol;
  private final Destination stream;
  private final Supplier<URI> endpoint;
  private volatile Route route;
  private volatile Stamp stamp;

  /**
   * What is known of the way, and of every request that goes it, once the region is.
   *
   * @param signed the headers that are signed and the same in all requests
   * @param request a request with the others that are
   */
  private record Route(
      URI uri,
      String path,
      SortedMap<String, String> signed,
      SdkHttpRequest request,
      RequestSigner signer) {}

  /**
   * What all requests of a second have in common that the same credentials sign.
   *
   * @param request a request with all headers that do not depend on its body
   */
  private record Stamp(
      long epochSecond,
      AwsCredentials credentials,
      SdkHttpRequest request,
      RequestSigner.Series series) {}

  /**
   * A client over a connection, which it closes.
   *
   * @param endpoint finds where requests go; asked once, by the first request, and may block
   */
  public WireClient(
      Connection connection, WireProtocol protocol, Destination stream, Supplier<URI> endpoint) {
    this.connection = connection;
    this.protocol = protocol;
    this.stream = stream;
    this.endpoint = endpoint;
  }

  @Override
  public SendResult put(WireBatch batch) {
    Identity identity = connection.identity();
    if (identity instanceof Identity.Unknown unknown) {
      return new SendResult.Failed(unknown.failure());
    }
    AwsCredentials credentials = ((Identity.Known) identity).credentials();
    int most = protocol.mostBytes(batch, stream);
    MutableBytes body = connection.bodies().take(most);
    try {
      protocol.encode(batch, stream, body);
      return exchange(credentials, body, batch.size());
    } finally {
      connection.bodies().give(body, most);
    }
  }

  /** One request under way: its body, and what ends it when it takes too long. */
  private static final class Attempt implements ContentStreamProvider, Runnable {
    private final MutableBytes body;
    private final ExecutableHttpRequest call;
    private volatile boolean late;

    private Attempt(SdkHttpClient http, SdkHttpRequest request, MutableBytes body) {
      this.body = body;
      call =
          http.prepareRequest(
              HttpExecuteRequest.builder().request(request).contentStreamProvider(this).build());
    }

    @Override
    public InputStream newStream() {
      return new SentBody(body);
    }

    @Override
    public void run() {
      late = true;
      call.abort();
    }
  }

  private SendResult exchange(AwsCredentials credentials, MutableBytes body, int size) {
    Route way = route();
    SdkHttpClient http = connection.http(way.uri.getHost());
    Attempt attempt = new Attempt(http, request(way, credentials, body), body);
    long mostMillis = connection.settings().http().timeouts().attemptMillis();
    Future<?> deadline = connection.deadlines().after(mostMillis, attempt);
    try {
      return result(attempt.call.call(), body, size);
    } catch (IOException | SdkException e) {
      return new SendResult.Failed(
          attempt.late
              ? new Failure(
                  Disposition.RETRY,
                  "AttemptTimeout",
                  "the request took longer than " + mostMillis + " ms (endpoint " + way.uri + ")")
              : NetworkFaults.of(e, way.uri));
    } finally {
      deadline.cancel(false);
    }
  }

  private SdkHttpRequest request(Route way, AwsCredentials credentials, MutableBytes body) {
    Stamp now = stamp(way, credentials);
    String bodyHash = RequestSigner.hash(body.array(), body.length());
    return now.request.toBuilder()
        .putHeader("Authorization", now.series.authorization(bodyHash))
        .putHeader("Content-Length", Integer.toString(body.length()))
        .build();
  }

  private Stamp stamp(Route way, AwsCredentials credentials) {
    long epochSecond = Math.floorDiv(connection.clock().epochMillis(), 1000);
    Stamp last = stamp;
    if (last != null && last.epochSecond == epochSecond && last.credentials == credentials) {
      return last;
    }
    SortedMap<String, String> signed = new TreeMap<>(way.signed);
    signed.put("x-amz-date", RequestSigner.time(epochSecond));
    if (credentials instanceof AwsSessionCredentials session) {
      signed.put("x-amz-security-token", session.sessionToken());
    }
    SdkHttpRequest.Builder request = way.request.toBuilder();
    signed.forEach(request::putHeader);
    Stamp now =
        new Stamp(
            epochSecond,
            credentials,
            request.build(),
            way.signer.series(credentials, way.path, signed));
    stamp = now;
    return now;
  }

  private SendResult result(HttpExecuteResponse response, MutableBytes sent, int size)
      throws IOException {
    SdkHttpResponse head = response.httpResponse();
    AbortableInputStream raw = response.responseBody().orElseGet(AbortableInputStream::createEmpty);
    boolean whole = false;
    try {
      InputStream body = unpacked(head, raw);
      SendResult result =
          head.statusCode() == 200
              ? protocol.replies().read(body, size)
              : new SendResult.Failed(error(head, body));
      whole = drained(body, sent);
      return result;
    } finally {
      if (whole) {
        raw.close();
      } else {
        raw.abort();
      }
    }
  }

  private Failure error(SdkHttpResponse head, InputStream body) throws IOException {
    byte[] start = body.readNBytes(MOST_ERROR_BYTES);
    ReplyReader.RequestError error = protocol.replies().readError(new ByteArrayInputStream(start));
    String code =
        error.code().isEmpty()
            ? head.firstMatchingHeader("x-amzn-ErrorType").map(WireClient::bare).orElse("")
            : error.code();
    if (Faults.stale(code)) {
      connection.renewCredentials();
    }
    if (Faults.clockSkew(code, error.message())) {
      head.firstMatchingHeader("Date").ifPresent(connection.clock()::correct);
    }
    return Faults.of(head.statusCode(), code, error.message());
  }

  /** The header may hold more behind the name: {@code Name:http://…}. */
  private static String bare(String errorType) {
    int colon = errorType.indexOf(':');
    String name = colon < 0 ? errorType : errorType.substring(0, colon);
    return name.substring(name.indexOf('#') + 1);
  }

  private static InputStream unpacked(SdkHttpResponse head, InputStream raw) throws IOException {
    return head.firstMatchingHeader("Content-Encoding").filter("gzip"::equals).isPresent()
        ? new GZIPInputStream(raw)
        : raw;
  }

  /**
   * Reads what is left of an answer, so that its connection can be used again. The body that was
   * sent is not needed any more and takes what is read.
   *
   * @return whether the answer was whole; what it began with is true either way
   */
  private static boolean drained(InputStream body, MutableBytes sent) {
    try {
      byte[] scratch = sent.array();
      int read = 0;
      while (read >= 0) {
        read = body.read(scratch, 0, scratch.length);
      }
      return true;
    } catch (IOException e) {
      System.getLogger(WireClient.class.getName())
          .log(System.Logger.Level.DEBUG, "an answer was cut behind what mattered of it", e);
      return false;
    }
  }

  private Route route() {
    Route known = route;
    if (known == null) {
      known = route(endpoint.get());
      route = known;
    }
    return known;
  }

  private Route route(URI uri) {
    boolean usualPort =
        uri.getPort() < 0 || uri.getPort() == (uri.getScheme().equals("https") ? 443 : 80);
    SortedMap<String, String> signed = new TreeMap<>();
    signed.put("content-type", protocol.contentType());
    signed.put("host", usualPort ? uri.getHost() : uri.getHost() + ":" + uri.getPort());
    signed.put("x-amz-target", protocol.target());
    SdkHttpRequest.Builder request =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.POST)
            .uri(uri)
            .putHeader("User-Agent", connection.settings().userAgent());
    if (connection.settings().http().gzip()) {
      request.putHeader("Accept-Encoding", "gzip");
    }
    return new Route(
        uri,
        uri.getRawPath().isEmpty() ? "/" : uri.getRawPath(),
        signed,
        request.build(),
        new RequestSigner(connection.region().id(), protocol.service()));
  }

  @Override
  public void close() {
    connection.close();
  }
}
