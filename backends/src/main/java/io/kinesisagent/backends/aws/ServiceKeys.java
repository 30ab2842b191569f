package io.kinesisagent.backends.aws;

import io.kinesisagent.spi.Setting;
import java.util.List;

/**
 * The agent-wide keys that say where one service is.
 *
 * @param service the service's name in agent.json and in signatures
 * @param endpoint its endpoint, a URL or a host
 * @param region its signing region
 */
public record ServiceKeys(String service, Setting<String> endpoint, Setting<String> region) {
  public static final ServiceKeys KINESIS = of("kinesis", "Kinesis Data Streams");
  public static final ServiceKeys FIREHOSE = of("firehose", "Firehose");
  public static final ServiceKeys CLOUDWATCH = of("cloudwatch", "CloudWatch");
  public static final ServiceKeys STS = of("sts", "the Security Token Service");

  private static ServiceKeys of(String service, String title) {
    return new ServiceKeys(
        service,
        Setting.string(
                service + ".endpoint",
                "Endpoint of "
                    + title
                    + ": a URL, or a host, which means https. Empty or absent: the region's.")
            .defaultTo(""),
        Setting.string(
                service + ".region",
                "Region of "
                    + title
                    + ": signs the requests and, without an endpoint, selects it. Absent: the region in"
                    + " the endpoint's host name, else the region chain (AWS_REGION,"
                    + " AWS_DEFAULT_REGION, the system property aws.region, the profile, the instance's"
                    + " metadata, us-east-1).")
            .matching(
                "\\s*[a-z0-9-]*\\s*",
                "the code of a region, of small letters, digits and '-', such as eu-west-1"));
  }

  /** Both keys. */
  public List<Setting<?>> all() {
    return List.of(endpoint, region);
  }
}
