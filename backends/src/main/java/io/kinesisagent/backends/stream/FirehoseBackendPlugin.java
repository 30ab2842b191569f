package io.kinesisagent.backends.stream;

import io.kinesisagent.backends.aws.Connection;
import io.kinesisagent.backends.aws.ConnectionSettings;
import io.kinesisagent.backends.aws.ServiceKeys;
import io.kinesisagent.backends.wire.Destination;
import io.kinesisagent.backends.wire.FirehosePutRecordBatch;
import io.kinesisagent.backends.wire.PutClient;
import io.kinesisagent.backends.wire.WireClient;
import io.kinesisagent.spi.Backend;
import io.kinesisagent.spi.BackendPlugin;
import io.kinesisagent.spi.InvalidSettingException;
import io.kinesisagent.spi.PluginContext;
import io.kinesisagent.spi.Setting;
import io.kinesisagent.spi.Settings;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code "deliveryStream": …} or {@code {"type": "firehose", "stream": …}}: Firehose. */
public final class FirehoseBackendPlugin implements BackendPlugin {
  private static final int MAX_REQUEST_BYTES = 4 << 20;
  private static final int MAX_REQUEST_RECORDS = 500;
  private static final int MAX_RECORD_BYTES = 1_024_000;

  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_.-]{1,64}");

  private static final Setting<String> STREAM =
      Setting.string("stream", "The delivery stream's name.").require();
  private static final Setting<String> SHORTHAND =
      Setting.string("deliveryStream", "The name of the Firehose delivery stream to send to.");
  private static final Setting<Long> MAX_RECORD_SIZE_BYTES =
      FlowKeys.maxRecordSizeBytes(MAX_RECORD_BYTES, MAX_RECORD_BYTES);

  private final PutClient.Maker client;

  /** Puts records by requests of our own making. */
  public FirehoseBackendPlugin() {
    this(
        (connection, stream) ->
            new WireClient(
                connection,
                new FirehosePutRecordBatch(),
                stream,
                () -> ServiceEndpoints.firehose().at(connection)));
  }

  /** Puts records by another client. */
  FirehoseBackendPlugin(PutClient.Maker client) {
    this.client = client;
  }

  @Override
  public String name() {
    return "firehose";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(STREAM);
  }

  @Override
  public List<Setting<?>> flowSettings() {
    return List.of(
        MAX_RECORD_SIZE_BYTES, FlowKeys.AGGREGATED_RECORD_SIZE_BYTES, FlowKeys.COMPRESSION);
  }

  @Override
  public List<Setting<?>> agentSettings() {
    return ConnectionSettings.keys(ServiceKeys.FIREHOSE);
  }

  @Override
  public Optional<Setting<String>> shorthand() {
    return Optional.of(SHORTHAND);
  }

  @Override
  public String destinationId(Settings settings) {
    return "fh:" + settings.get(STREAM);
  }

  @Override
  public String metricName(Settings settings) {
    return "DeliveryStream:" + settings.get(STREAM);
  }

  @Override
  public int maxBatchBytes() {
    return MAX_REQUEST_BYTES;
  }

  @Override
  public Backend create(Settings settings, PluginContext context) throws InvalidSettingException {
    String stream = settings.get(STREAM);
    if (!NAME.matcher(stream).matches()) {
      throw new InvalidSettingException(
          STREAM.name(),
          "\""
              + stream
              + "\" is not a delivery stream's name (1 to 64 letters, digits, '_', '.' and '-')");
    }
    Settings flow = context.flowSettings();
    int aggregateBytes = Math.toIntExact(flow.get(FlowKeys.AGGREGATED_RECORD_SIZE_BYTES));
    Packer packer =
        FlowKeys.packer(
            aggregateBytes == 0 ? Joining.NONE : Joining.NEWLINE,
            Compression.valueOf(flow.get(FlowKeys.COMPRESSION)),
            new PartitionKeyOption.None(),
            aggregateBytes,
            new RequestLimits(
                MAX_REQUEST_RECORDS,
                MAX_REQUEST_BYTES,
                Math.toIntExact(flow.get(MAX_RECORD_SIZE_BYTES))));
    Connection connection =
        Connection.open(
            ConnectionSettings.read(
                ServiceKeys.FIREHOSE,
                context.agentSettings(),
                context.userAgent(),
                System.getenv()));
    Destination destination = new Destination(stream);
    StreamProbe probe =
        new StreamProbe(
            connection,
            ServiceEndpoints.firehose(),
            destination,
            "firehose:DescribeDeliveryStream",
            way -> SdkFirehose.state(way, destination));
    return new DeliveryBackend(
        packer, client.create(connection, destination), connection.threads(), probe);
  }
}
