package io.kinesisagent.backends.aws;

import io.kinesisagent.spi.InvalidSettingException;
import io.kinesisagent.spi.Settings;
import java.net.URI;
import java.util.Optional;
import software.amazon.awssdk.regions.Region;

/**
 * Where a service is, as agent.json says.
 *
 * @param service the service's name in agent.json and in signatures
 * @param endpoint the endpoint; empty for the region's own
 * @param region the region, of the key or of the endpoint's host name; empty for the region chain
 * @param fips whether to use FIPS endpoints
 * @param dualstack whether to use endpoints for IPv4 and IPv6
 */
public record Place(
    String service,
    Optional<URI> endpoint,
    Optional<Region> region,
    boolean fips,
    boolean dualstack) {

  static Place read(ServiceKeys keys, Settings agent) throws InvalidSettingException {
    Optional<URI> endpoint = endpoint(keys, agent.get(keys.endpoint()));
    String region = agent.get(keys.region());
    return new Place(
        keys.service(),
        endpoint,
        region == null || region.isBlank()
            ? endpoint.flatMap(at -> EndpointHosts.region(at.getHost()))
            : Optional.of(Region.of(region.strip())),
        agent.get(ConnectionKeys.USE_FIPS),
        agent.get(ConnectionKeys.USE_DUALSTACK));
  }

  private static Optional<URI> endpoint(ServiceKeys keys, String text)
      throws InvalidSettingException {
    if (text == null || text.isBlank()) {
      return Optional.empty();
    }
    try {
      return Optional.of(EndpointHosts.parse(text.strip()));
    } catch (IllegalArgumentException e) {
      throw new InvalidSettingException(keys.endpoint().name(), e.getMessage());
    }
  }
}
