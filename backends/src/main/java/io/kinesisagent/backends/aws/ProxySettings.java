package io.kinesisagent.backends.aws;

import io.kinesisagent.spi.InvalidSettingException;
import io.kinesisagent.spi.Setting;
import io.kinesisagent.spi.Settings;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A proxy, and the hosts that are reached without it. Its password is never printed.
 *
 * @param endpoint the proxy's URL without user information
 * @param username null where the proxy asks for none
 * @param password null where the proxy asks for none
 * @param directHosts patterns of hosts that are reached without it
 */
record ProxySettings(URI endpoint, String username, String password, List<String> directHosts) {
  static Optional<ProxySettings> read(Settings agent, Map<String, String> environment)
      throws InvalidSettingException {
    String host = agent.get(ConnectionKeys.PROXY_HOST);
    if (host == null || host.isBlank()) {
      for (Setting<?> setting :
          List.of(ConnectionKeys.PROXY_USERNAME, ConnectionKeys.PROXY_PASSWORD)) {
        if (agent.isSet(setting)) {
          throw new InvalidSettingException(setting.name(), setting.name() + " needs proxy.host");
        }
      }
      return ofEnvironment(agent, environment);
    }
    String url = "http://" + host.strip() + ":" + agent.get(ConnectionKeys.PROXY_PORT);
    try {
      return Optional.of(
          new ProxySettings(
              EndpointHosts.parse(url),
              agent.get(ConnectionKeys.PROXY_USERNAME),
              agent.get(ConnectionKeys.PROXY_PASSWORD),
              directHosts(agent, environment)));
    } catch (IllegalArgumentException e) {
      throw new InvalidSettingException(
          ConnectionKeys.PROXY_HOST.name(), "is neither the name nor the address of a host");
    }
  }

  private static Optional<ProxySettings> ofEnvironment(
      Settings agent, Map<String, String> environment) throws InvalidSettingException {
    String url = anyCase(environment, "HTTPS_PROXY");
    if (url == null || url.isBlank()) {
      return Optional.empty();
    }
    URI uri;
    try {
      uri = EndpointHosts.parse(url.contains("://") ? url : "http://" + url);
    } catch (IllegalArgumentException e) {
      // The value may hold a password, so it is not shown.
      throw new InvalidSettingException(
          ConnectionKeys.PROXY_HOST.name(), "HTTPS_PROXY of the environment is not a URL");
    }
    String[] user = uri.getUserInfo() == null ? new String[0] : uri.getUserInfo().split(":", 2);
    int port = uri.getPort() >= 0 ? uri.getPort() : uri.getScheme().equals("https") ? 443 : 80;
    return Optional.of(
        new ProxySettings(
            URI.create(uri.getScheme() + "://" + uri.getHost() + ":" + port),
            user.length > 0 ? user[0] : null,
            user.length > 1 ? user[1] : null,
            directHosts(agent, environment)));
  }

  private static List<String> directHosts(Settings agent, Map<String, String> environment) {
    List<String> named = agent.get(ConnectionKeys.PROXY_NON_PROXY_HOSTS);
    String fromEnvironment = anyCase(environment, "NO_PROXY");
    List<String> lists =
        named != null ? named : fromEnvironment == null ? List.of() : List.of(fromEnvironment);
    return lists.stream()
        .flatMap(list -> Arrays.stream(list.split("[,|]", -1)))
        .map(String::strip)
        .filter(host -> !host.isEmpty())
        .map(host -> host.toLowerCase(Locale.ROOT))
        .toList();
  }

  private static String anyCase(Map<String, String> environment, String name) {
    String value = environment.get(name);
    return value != null ? value : environment.get(name.toLowerCase(Locale.ROOT));
  }

  /** Whether requests to a host go through the proxy. */
  boolean covers(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return directHosts.stream().noneMatch(pattern -> matches(pattern, name));
  }

  private static boolean matches(String pattern, String host) {
    if (pattern.startsWith(".")) {
      return host.endsWith(pattern) || host.equals(pattern.substring(1));
    }
    if (pattern.contains("*")) {
      String regex =
          Arrays.stream(pattern.split("\\*", -1))
              .map(Pattern::quote)
              .collect(Collectors.joining(".*"));
      return host.matches(regex);
    }
    // NO_PROXY by custom covers the subdomains of a name too.
    return host.equals(pattern) || host.endsWith("." + pattern);
  }

  @Override
  public String toString() {
    return "ProxySettings[" + endpoint + "]";
  }
}
