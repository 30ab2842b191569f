package io.kinesisagent.agent.config;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An address to listen on.
 *
 * @param host a name or an address, without the brackets of IPv6
 * @param port 0 to 65535; 0 for any free one
 */
public record HostPort(String host, int port) {
  private static final Pattern FORM =
      Pattern.compile("(?:\\[([0-9A-Fa-f:.%]+)]|([^\\s:/\\[\\]]+)):(\\d{1,5})");

  /** Reads {@code host:port} or {@code [IPv6]:port}. */
  static Optional<HostPort> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches() || Integer.parseInt(matcher.group(3)) > 65_535) {
      return Optional.empty();
    }
    String host = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
    return Optional.of(new HostPort(host, Integer.parseInt(matcher.group(3))));
  }
}
