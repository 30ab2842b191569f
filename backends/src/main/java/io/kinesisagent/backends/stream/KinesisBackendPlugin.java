package io.kinesisagent.backends.stream;

import io.kinesisagent.backends.aws.Connection;
import io.kinesisagent.backends.aws.ConnectionSettings;
import io.kinesisagent.backends.aws.ServiceKeys;
import io.kinesisagent.backends.wire.Destination;
import io.kinesisagent.backends.wire.KinesisPutRecords;
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
import software.amazon.awssdk.regions.Region;

/** {@code "kinesisStream": …} or {@code {"type": "kinesis", "stream": …}}: Kinesis Data Streams. */
public final class KinesisBackendPlugin implements BackendPlugin {
  private static final int MAX_REQUEST_BYTES = 5 << 20;
  private static final int MAX_REQUEST_RECORDS = 500;
  private static final int MAX_RAISED_RECORD_BYTES = 10 << 20;

  /** What the Kinesis Producer Library aims at: two units of what a put is charged by. */
  private static final int AGGREGATE_BYTES = 51_200;

  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_.-]{1,128}");
  private static final Pattern ARN =
      Pattern.compile("arn:aws[a-z-]*:kinesis:[a-z0-9-]+:[0-9]{12}:stream/[a-zA-Z0-9_.-]{1,128}");

  private static final Setting<String> STREAM =
      Setting.string("stream", "The stream's name or ARN.").require();
  private static final Setting<String> SHORTHAND =
      Setting.string("kinesisStream", "The name or ARN of the Kinesis stream to send to.");
  private static final Setting<Long> MAX_RECORD_SIZE_BYTES =
      FlowKeys.maxRecordSizeBytes(MAX_RAISED_RECORD_BYTES, 1 << 20);

  private final PutClient.Maker client;

  /** Puts records by requests of our own making. */
  public KinesisBackendPlugin() {
    this(
        (connection, stream) ->
            new WireClient(
                connection,
                new KinesisPutRecords(),
                stream,
                () -> ServiceEndpoints.kinesis(stream).at(connection)));
  }

  /** Puts records by another client. */
  KinesisBackendPlugin(PutClient.Maker client) {
    this.client = client;
  }

  @Override
  public String name() {
    return "kinesis";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(STREAM);
  }

  @Override
  public List<Setting<?>> flowSettings() {
    return List.of(
        FlowKeys.PARTITION_KEY_OPTION,
        FlowKeys.PARTITION_KEY_FIELD,
        FlowKeys.PARTITION_KEY,
        MAX_RECORD_SIZE_BYTES,
        FlowKeys.AGGREGATION,
        FlowKeys.AGGREGATED_RECORD_SIZE_BYTES,
        FlowKeys.COMPRESSION);
  }

  @Override
  public List<Setting<?>> agentSettings() {
    return ConnectionSettings.keys(ServiceKeys.KINESIS);
  }

  @Override
  public Optional<Setting<String>> shorthand() {
    return Optional.of(SHORTHAND);
  }

  @Override
  public String destinationId(Settings settings) {
    return "kinesis:" + settings.get(STREAM);
  }

  @Override
  public String metricName(Settings settings) {
    return "KinesisStream:" + new Destination(settings.get(STREAM)).name();
  }

  @Override
  public int maxBatchBytes() {
    return MAX_REQUEST_BYTES;
  }

  @Override
  public Backend create(Settings settings, PluginContext context) throws InvalidSettingException {
    Destination stream = destination(settings.get(STREAM));
    Settings flow = context.flowSettings();
    PartitionKeyOption keys = FlowKeys.partitionKeys(flow);
    int maxRecordBytes = Math.toIntExact(flow.get(MAX_RECORD_SIZE_BYTES));
    int aggregateBytes = Math.toIntExact(flow.get(FlowKeys.AGGREGATED_RECORD_SIZE_BYTES));
    Packer packer =
        FlowKeys.packer(
            Joining.valueOf(flow.get(FlowKeys.AGGREGATION)),
            Compression.valueOf(flow.get(FlowKeys.COMPRESSION)),
            keys,
            aggregateBytes == 0 ? AGGREGATE_BYTES : aggregateBytes,
            new RequestLimits(
                MAX_REQUEST_RECORDS, Math.max(MAX_REQUEST_BYTES, maxRecordBytes), maxRecordBytes));
    Connection connection =
        Connection.open(
            inRegionOf(
                stream,
                ConnectionSettings.read(
                    ServiceKeys.KINESIS,
                    context.agentSettings(),
                    context.userAgent(),
                    System.getenv())));
    StreamProbe probe =
        new StreamProbe(
            connection,
            ServiceEndpoints.kinesis(stream),
            stream,
            "kinesis:DescribeStreamSummary",
            way -> SdkKinesis.state(way, stream));
    return new DeliveryBackend(
        packer, client.create(connection, stream), connection.threads(), probe);
  }

  /** A stream is where its ARN says: what the configuration says of the region must not differ. */
  private static ConnectionSettings inRegionOf(Destination stream, ConnectionSettings settings)
      throws InvalidSettingException {
    if (stream.region().isEmpty()) {
      return settings;
    }
    Region own = Region.of(stream.region().get());
    Optional<Region> configured = settings.place().region();
    if (configured.isPresent() && !configured.get().equals(own)) {
      throw new InvalidSettingException(
          STREAM.name(),
          "the stream is in "
              + own
              + " by its ARN, but kinesis.region or kinesis.endpoint says "
              + configured.get()
              + "; without them each ARN's region is used");
    }
    return settings.in(own);
  }

  private static Destination destination(String text) throws InvalidSettingException {
    if (!(text.startsWith("arn:") ? ARN : NAME).matcher(text).matches()) {
      throw new InvalidSettingException(
          STREAM.name(),
          "\""
              + text
              + "\" is neither a stream's name (1 to 128 letters, digits, '_', '.' and '-') nor a"
              + " stream's ARN");
    }
    return new Destination(text);
  }
}
