package io.kinesisagent.backends.aws;

import io.kinesisagent.spi.InvalidSettingException;
import io.kinesisagent.spi.Settings;
import java.util.Map;
import java.util.Optional;

/**
 * How requests travel.
 *
 * @param maxConnections most connections to the service
 * @param timeouts how long things may take
 * @param connectionTtlMillis how long a connection is used; 0 and less for as long as it works
 * @param tcpKeepAlive whether idle connections are probed
 * @param gzip whether compressed responses are accepted
 * @param proxy the proxy, if there is one
 */
public record HttpSettings(
    int maxConnections,
    Timeouts timeouts,
    long connectionTtlMillis,
    boolean tcpKeepAlive,
    boolean gzip,
    Optional<ProxySettings> proxy) {

  /**
   * How long things may take.
   *
   * @param connectMillis to connect
   * @param silenceMillis without a byte from the service
   */
  public record Timeouts(long connectMillis, long silenceMillis) {
    /**
     * A whole attempt, in milliseconds: a request that crawls, or whose body nobody reads, ends
     * too.
     */
    public long attemptMillis() {
      return connectMillis + 4 * silenceMillis;
    }
  }

  static HttpSettings read(Settings agent, int maxThreads, Map<String, String> environment)
      throws InvalidSettingException {
    Long connections = agent.get(ConnectionKeys.MAX_CONNECTIONS);
    return new HttpSettings(
        connections == null ? Math.max(50, maxThreads) : Math.toIntExact(connections),
        new Timeouts(
            agent.get(ConnectionKeys.CONNECTION_TIMEOUT_MILLIS),
            agent.get(ConnectionKeys.SOCKET_TIMEOUT_MILLIS)),
        agent.get(ConnectionKeys.CONNECTION_TTL_MILLIS),
        agent.get(ConnectionKeys.TCP_KEEP_ALIVE),
        agent.get(ConnectionKeys.HTTP_GZIP),
        ProxySettings.read(agent, environment));
  }
}
