package io.kinesisagent.backends.cloudwatch;

import io.kinesisagent.backends.aws.Connection;
import io.kinesisagent.backends.aws.ConnectionSettings;
import io.kinesisagent.backends.aws.ServiceKeys;
import io.kinesisagent.spi.InvalidSettingException;
import io.kinesisagent.spi.MetricsPublisher;
import io.kinesisagent.spi.MetricsPublisherPlugin;
import io.kinesisagent.spi.PluginContext;
import io.kinesisagent.spi.Setting;
import io.kinesisagent.spi.Settings;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Metrics in CloudWatch, on unless {@code cloudwatch.emitMetrics} is false. */
public final class CloudWatchPlugin implements MetricsPublisherPlugin {
  private static final Setting<Boolean> EMIT_METRICS =
      Setting.bool("cloudwatch.emitMetrics", "Publish metrics to CloudWatch.").defaultTo(true);
  private static final Setting<String> NAMESPACE =
      Setting.string("cloudwatch.namespace", "The namespace of the metrics.")
          .defaultTo("AWSKinesisAgent");
  private static final Setting<Boolean> TAG_INSTANCE =
      Setting.bool(
              "cloudwatch.tagInstance",
              "Add the dimension Instance: the EC2 instance's id, else the host's name.")
          .defaultTo(false);
  private static final Setting<Long> BUFFER_TIME_MILLIS =
      Setting.integer(
              "cloudwatch.metricsBufferTimeMillis",
              1,
              Integer.MAX_VALUE,
              "The period of a statistic set: how often metrics are published.")
          .defaultTo(30_000L);
  private static final Setting<Long> QUEUE_SIZE =
      Setting.integer(
              "cloudwatch.metricsQueueSize",
              1,
              Integer.MAX_VALUE,
              "Most data points kept while CloudWatch is away; the oldest go first.")
          .defaultTo(10_000L);

  @Override
  public String name() {
    return "cloudwatch";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of();
  }

  @Override
  public List<Setting<?>> agentSettings() {
    return Stream.concat(
            Stream.of(EMIT_METRICS, NAMESPACE, TAG_INSTANCE, BUFFER_TIME_MILLIS, QUEUE_SIZE),
            ConnectionSettings.keys(ServiceKeys.CLOUDWATCH).stream())
        .<Setting<?>>map(setting -> setting)
        .toList();
  }

  @Override
  public boolean isOn(Settings agent) {
    return agent.get(EMIT_METRICS);
  }

  @Override
  public MetricsPublisher create(Settings settings, PluginContext context)
      throws InvalidSettingException {
    Settings agent = context.agentSettings();
    return new CloudWatchPublisher(
        Connection.open(
            ConnectionSettings.read(
                ServiceKeys.CLOUDWATCH, agent, context.userAgent(), System.getenv())),
        agent.get(NAMESPACE),
        agent.get(TAG_INSTANCE) ? Optional.of(InstanceName.system()) : Optional.empty(),
        agent.get(BUFFER_TIME_MILLIS),
        Math.toIntExact(agent.get(QUEUE_SIZE)));
  }
}
