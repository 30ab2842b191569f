package io.kinesisagent.processors;

import io.kinesisagent.spi.PluginContext;
import io.kinesisagent.spi.Processor;
import io.kinesisagent.spi.ProcessorPlugin;
import io.kinesisagent.spi.Setting;
import io.kinesisagent.spi.Settings;
import java.io.IOException;
import java.util.List;
import java.util.function.UnaryOperator;

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

  private final UnaryOperator<String> systemProperties;
  private final UnaryOperator<String> environment;

  /**
   * For the agent: is told of the service by the system properties and the environment variables
   * that the AWS SDK is told by.
   */
  public AddEc2MetadataPlugin() {
    this(System::getProperty, System::getenv);
  }

  AddEc2MetadataPlugin(UnaryOperator<String> systemProperties, UnaryOperator<String> environment) {
    this.systemProperties = systemProperties;
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
    String disabled = told("aws.disableEc2Metadata", "AWS_EC2_METADATA_DISABLED");
    if (disabled.equalsIgnoreCase("true")) {
      return () -> {
        throw new IOException("AWS_EC2_METADATA_DISABLED is true");
      };
    }
    String endpoint = told("aws.ec2MetadataServiceEndpoint", "AWS_EC2_METADATA_SERVICE_ENDPOINT");
    return new InstanceMetadataService(endpoint.isEmpty() ? DEFAULT_ENDPOINT : endpoint);
  }

  private String told(String systemProperty, String variable) {
    String told = systemProperties.apply(systemProperty);
    if (told == null) {
      told = environment.apply(variable);
    }
    return told == null ? "" : told.strip();
  }
}
