package io.kinesisagent.backends.aws;

import io.kinesisagent.backends.http.SocketHttpClient;
import io.kinesisagent.backends.http.SocketOptions;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.apache.http.conn.ssl.DefaultHostnameVerifier;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SystemPropertyTlsKeyManagersProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.http.apache.ProxyConfiguration;

/**
 * Makes the HTTP client of a connection. The one place that names which client it is: our own,
 * which takes a quarter off the CPU of the whole, or, through a proxy, that of Apache, which knows
 * proxies of all kinds.
 */
final class HttpClients {
  private HttpClients() {}

  /**
   * A client for requests to one host.
   *
   * @param host the host that requests go to, which decides whether they take the proxy
   */
  static SdkHttpClient create(HttpSettings settings, String host, Deadlines deadlines) {
    Optional<ProxySettings> proxy = settings.proxy().filter(candidate -> candidate.covers(host));
    if (proxy.isPresent()) {
      return apache(settings, proxy.get());
    }
    return new SocketHttpClient(
        new SocketOptions(
            settings.maxConnections(),
            settings.timeouts().connectMillis(),
            settings.timeouts().silenceMillis(),
            settings.timeouts().attemptMillis(),
            settings.connectionTtlMillis(),
            settings.tcpKeepAlive(),
            tls().getSocketFactory(),
            new DefaultHostnameVerifier()),
        deadlines::afterAMinute);
  }

  private static SSLContext tls() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          SystemPropertyTlsKeyManagersProvider.create().keyManagers(),
          new TrustManager[] {NamingTrustManager.ofSystem()},
          null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM has no TLS: " + e.getMessage(), e);
    }
  }

  private static SdkHttpClient apache(HttpSettings settings, ProxySettings proxy) {
    ApacheHttpClient.Builder client =
        ApacheHttpClient.builder()
            .maxConnections(settings.maxConnections())
            .connectionTimeout(Duration.ofMillis(settings.timeouts().connectMillis()))
            .connectionAcquisitionTimeout(Duration.ofMillis(settings.timeouts().attemptMillis()))
            .socketTimeout(Duration.ofMillis(settings.timeouts().silenceMillis()))
            .tcpKeepAlive(settings.tcpKeepAlive())
            .expectContinueEnabled(false)
            .tlsTrustManagersProvider(() -> new TrustManager[] {NamingTrustManager.ofSystem()})
            .proxyConfiguration(through(proxy));
    if (settings.connectionTtlMillis() > 0) {
      client.connectionTimeToLive(Duration.ofMillis(settings.connectionTtlMillis()));
    }
    return client.build();
  }

  private static ProxyConfiguration through(ProxySettings proxy) {
    ProxyConfiguration.Builder configuration =
        ProxyConfiguration.builder()
            .endpoint(proxy.endpoint())
            .useSystemPropertyValues(false)
            .useEnvironmentVariableValues(false);
    if (proxy.username() != null) {
      configuration
          .username(proxy.username())
          .password(proxy.password() == null ? "" : proxy.password())
          .preemptiveBasicAuthenticationEnabled(true);
    }
    return configuration.build();
  }
}
