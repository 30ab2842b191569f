package io.kinesisagent.processors;

import io.kinesisagent.spi.PluginContext;
import io.kinesisagent.spi.Processor;
import io.kinesisagent.spi.ProcessorPlugin;
import io.kinesisagent.spi.Setting;
import io.kinesisagent.spi.Settings;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** {@code ADDEC2METADATA}: adds what this EC2 instance is to records that are JSON objects. */
public final class AddEc2MetadataPlugin implements ProcessorPlugin {
  private static final String DEFAULT_ENDPOINT = "http://169.254.169.254";

  /** In the order of the members added. */
  static final List<String> FIELD_NAMES =
      List.of(
          "privateIp",
          "availabilityZone",
          "instanceId",
          "instanceType",
          "accountId",
          "amiId",
          "region",
          "metadataTimestamp",
          "tags");

  private static final Setting<Long> METADATA_TTL =
      Setting.integer(
              "metadataTTL",
              1,
              Integer.MAX_VALUE,
              "How long instance metadata is used before it is fetched again, in seconds.")
          .defaultTo(3600L);
  private static final Setting<String> LOG_FORMAT =
      Setting.string("logFormat", "Accepted, without effect.");
  private static final Setting<List<String>> FIELDS =
      Setting.choices("fields", FIELD_NAMES, "Which members to add.").defaultTo(FIELD_NAMES);

  private final Map<String, String> environment;

  /** For the agent: reads the environment of the process. */
  public AddEc2MetadataPlugin() {
    this(System.getenv());
  }

  AddEc2MetadataPlugin(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public String name() {
    return "ADDEC2METADATA";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(CommonSettings.JSON_FORMAT, METADATA_TTL, LOG_FORMAT, FIELDS);
  }

  @Override
  public Processor create(Settings settings, PluginContext context) {
    return new AddEc2MetadataProcessor(
        new RefreshedMetadata(source(), settings.get(METADATA_TTL), context),
        settings.get(FIELDS),
        Json.writer(CommonSettings.isPretty(settings)),
        context.counter(CommonSettings.MALFORMED_BYTES));
  }

  private MetadataSource source() {
    if (Boolean.parseBoolean(environment.get("AWS_EC2_METADATA_DISABLED"))) {
      return () -> {
        throw new IOException("AWS_EC2_METADATA_DISABLED is true");
      };
    }
    String endpoint = environment.getOrDefault("AWS_EC2_METADATA_SERVICE_ENDPOINT", "");
    return new InstanceMetadataService(endpoint.isBlank() ? DEFAULT_ENDPOINT : endpoint.strip());
  }
}
