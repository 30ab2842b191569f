package io.kinesisagent.backends.aws;

import io.kinesisagent.spi.InvalidSettingException;
import io.kinesisagent.spi.Setting;
import io.kinesisagent.spi.Settings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.regions.Region;

/**
 * Everything that makes two connections to a service differ; flows whose settings are equal share
 * one. It holds secrets and never prints them.
 *
 * @param place where the service is
 * @param credentials who asks
 * @param http how requests travel
 * @param userAgent the User-Agent header
 * @param maxThreads most requests under way at once
 */
public record ConnectionSettings(
    Place place,
    CredentialSettings credentials,
    HttpSettings http,
    String userAgent,
    int maxThreads) {

  /** The same, signed for a region and, without an endpoint, sent to it. */
  public ConnectionSettings in(Region region) {
    Place there =
        new Place(
            place.service(),
            place.endpoint(),
            Optional.of(region),
            place.fips(),
            place.dualstack());
    return new ConnectionSettings(there, credentials, http, userAgent, maxThreads);
  }

  /** The agent-wide keys that a connection to the service is made from. */
  public static List<Setting<?>> keys(ServiceKeys service) {
    return ConnectionKeys.with(service);
  }

  /**
   * Reads the keys.
   *
   * @param agent holds the values of {@link #keys}
   * @param agentName the agent's name and version, for the User-Agent header
   * @param environment the process's environment
   * @throws InvalidSettingException where an endpoint is none or keys contradict each other
   */
  public static ConnectionSettings read(
      ServiceKeys service, Settings agent, String agentName, Map<String, String> environment)
      throws InvalidSettingException {
    int maxThreads = maxThreads(agent);
    Place sts = Place.read(ServiceKeys.STS, agent);
    return new ConnectionSettings(
        Place.read(service, agent),
        CredentialSettings.read(agent, sts),
        HttpSettings.read(agent, maxThreads, environment),
        userAgent(agent, agentName),
        maxThreads);
  }

  private static int maxThreads(Settings agent) {
    Long most = agent.get(ConnectionKeys.MAX_SENDING_THREADS);
    if (most != null) {
      return Math.toIntExact(most);
    }
    long perCore = agent.get(ConnectionKeys.MAX_SENDING_THREADS_PER_CORE);
    long threads = perCore * Runtime.getRuntime().availableProcessors();
    return (int) Math.min(Integer.MAX_VALUE, Math.max(2, threads));
  }

  private static String userAgent(Settings agent, String agentName) {
    String whole = agent.get(ConnectionKeys.USER_AGENT_OVERRIDE);
    if (whole != null && !whole.isEmpty()) {
      return whole;
    }
    String before = agent.get(ConnectionKeys.USER_AGENT);
    return before == null || before.isEmpty() ? agentName : before + " " + agentName;
  }
}
