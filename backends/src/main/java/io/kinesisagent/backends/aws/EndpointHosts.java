package io.kinesisagent.backends.aws;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.regions.Region;

/** Reads endpoints, and the regions in their host names. */
final class EndpointHosts {
  /** The name endings of every partition, for IPv4 and for both versions of IP. */
  private static final List<String> AWS_SUFFIXES =
      List.of(
          ".amazonaws.com",
          ".api.aws",
          ".amazonaws.com.cn",
          ".api.amazonwebservices.com.cn",
          ".amazonaws.eu",
          ".api.amazonwebservices.eu",
          ".c2s.ic.gov",
          ".api.aws.ic.gov",
          ".sc2s.sgov.gov",
          ".api.aws.scloud",
          ".cloud.adc-e.uk",
          ".api.cloud-aws.adc-e.uk",
          ".csp.hci.ic.gov",
          ".api.aws.hci.ic.gov");

  private static final Pattern REGION = Pattern.compile("[a-z]{2,5}(-[a-z]+){1,2}-[0-9]{1,2}");

  private EndpointHosts() {}

  /**
   * An endpoint as people write it.
   *
   * @param text a URL of http or https, or a host with or without a port, which means https
   * @throws IllegalArgumentException where it is neither, with a message for people
   */
  static URI parse(String text) {
    String url = text.contains("://") ? text : "https://" + text;
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is neither a URL nor a host: " + e.getReason(), e);
    }
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    if (uri.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is neither a host nor a URL of http or https");
    }
    return uri;
  }

  /**
   * The region that an AWS host name tells: of a public, dual-stack, FIPS, account or VPC endpoint
   * in any partition.
   *
   * @return empty where the host is not AWS's
   */
  static Optional<Region> region(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    for (String suffix : AWS_SUFFIXES) {
      if (name.endsWith(suffix)) {
        Optional<Region> named = regionOfLabels(name.substring(0, name.length() - suffix.length()));
        if (named.isPresent()) {
          return named;
        }
        // Global names such as sts.amazonaws.com are signed for us-east-1.
        return suffix.equals(".amazonaws.com") ? Optional.of(Region.US_EAST_1) : Optional.empty();
      }
    }
    return Optional.empty();
  }

  private static Optional<Region> regionOfLabels(String prefix) {
    String[] labels = prefix.split("\\.", -1);
    for (int i = labels.length - 1; i >= 0; i--) {
      if (REGION.matcher(labels[i]).matches()) {
        return Optional.of(Region.of(labels[i]));
      }
    }
    return Optional.empty();
  }
}
