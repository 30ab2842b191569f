package io.kinesisagent.backends.aws;

import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsProfileRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProvider;
import software.amazon.awssdk.regions.providers.InstanceProfileRegionProvider;

/**
 * Finds a region where agent.json names none: {@code AWS_REGION}, {@code AWS_DEFAULT_REGION}, the
 * system property, the profile, the instance's metadata, else us-east-1.
 */
final class RegionChain {
  /**
   * A region and where it was found.
   *
   * @param source words for the log
   * @param named false where nothing names one
   */
  record Found(Region region, String source, boolean named) {}

  private final Map<String, String> environment;
  private final Supplier<AwsRegionProvider> profile;
  private final Supplier<AwsRegionProvider> instance;

  /**
   * A chain over given sources.
   *
   * @param profile makes what asks the profile
   * @param instance makes what asks the instance's metadata, over the network
   */
  RegionChain(
      Map<String, String> environment,
      Supplier<AwsRegionProvider> profile,
      Supplier<AwsRegionProvider> instance) {
    this.environment = environment;
    this.profile = profile;
    this.instance = instance;
  }

  /** The chain of this process and host. */
  static RegionChain system() {
    return new RegionChain(
        System.getenv(), AwsProfileRegionProvider::new, InstanceProfileRegionProvider::new);
  }

  /** Asks one source after the other; may block on the network for some seconds. */
  Found find() {
    return text("the environment variable AWS_REGION", environment.get("AWS_REGION"))
        .or(
            () ->
                text(
                    "the environment variable AWS_DEFAULT_REGION",
                    environment.get("AWS_DEFAULT_REGION")))
        .or(() -> text("the system property aws.region", System.getProperty("aws.region")))
        .or(() -> ask("the profile", profile))
        .or(() -> ask("the instance's metadata", instance))
        .orElseGet(() -> new Found(Region.US_EAST_1, "the default: nothing names a region", false));
  }

  private static Optional<Found> text(String source, String name) {
    return Optional.ofNullable(name)
        .map(String::strip)
        .filter(region -> !region.isEmpty())
        .map(region -> new Found(Region.of(region), source, true));
  }

  private static Optional<Found> ask(String source, Supplier<AwsRegionProvider> provider) {
    try {
      return Optional.ofNullable(provider.get().getRegion())
          .map(region -> new Found(region, source, true));
    } catch (SdkClientException e) {
      // The SDK's way to say that this source has none.
      System.getLogger(RegionChain.class.getName())
          .log(System.Logger.Level.DEBUG, "no region from {0}: {1}", source, e.getMessage());
      return Optional.empty();
    }
  }
}
