package io.kinesisagent.backends.aws;

import java.time.Duration;
import javax.net.ssl.TrustManager;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.http.apache.ProxyConfiguration;

/** Makes the HTTP client of a connection. The one place that names which client it is. */
final class HttpClients {
  private HttpClients() {}

  /**
   * A client for requests to one host.
   *
   * @param host the host that requests go to, which decides whether they take the proxy
   */
  static SdkHttpClient create(HttpSettings settings, String host) {
    ApacheHttpClient.Builder client =
        ApacheHttpClient.builder()
            .maxConnections(settings.maxConnections())
            .connectionTimeout(Duration.ofMillis(settings.timeouts().connectMillis()))
            .connectionAcquisitionTimeout(Duration.ofMillis(settings.timeouts().attemptMillis()))
            .socketTimeout(Duration.ofMillis(settings.timeouts().silenceMillis()))
            .tcpKeepAlive(settings.tcpKeepAlive())
            .expectContinueEnabled(false)
            .tlsTrustManagersProvider(() -> new TrustManager[] {NamingTrustManager.ofSystem()})
            .proxyConfiguration(
                settings
                    .proxy()
                    .filter(proxy -> proxy.covers(host))
                    .map(HttpClients::through)
                    .orElseGet(HttpClients::direct));
    if (settings.connectionTtlMillis() >= 0) {
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

  private static ProxyConfiguration direct() {
    return ProxyConfiguration.builder()
        .useSystemPropertyValues(false)
        .useEnvironmentVariableValues(false)
        .build();
  }
}
