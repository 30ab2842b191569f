package io.kinesisagent.agent.config;

import io.kinesisagent.spi.Backend;
import io.kinesisagent.spi.BackendPlugin;
import io.kinesisagent.spi.Batch;
import io.kinesisagent.spi.BatchLimits;
import io.kinesisagent.spi.InvalidSettingException;
import io.kinesisagent.spi.PluginContext;
import io.kinesisagent.spi.Processor;
import io.kinesisagent.spi.ProcessorPlugin;
import io.kinesisagent.spi.RecordSink;
import io.kinesisagent.spi.RecordView;
import io.kinesisagent.spi.SendResult;
import io.kinesisagent.spi.Setting;
import io.kinesisagent.spi.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Plugins that declare settings of every kind, in the likeness of the real ones. */
final class SamplePlugins {
  static final Setting<String> STREAM = Setting.string("stream", "The stream.").require();
  static final Setting<String> DIRECTORY = Setting.string("directory", "The directory.").require();
  static final Setting<String> PARTITION_KEY_OPTION =
      Setting.choice(
              "partitionKeyOption", List.of("RANDOM", "DETERMINISTIC", "CONSTANT"), "Its key.")
          .defaultTo("RANDOM");
  static final Setting<String> PARTITION_KEY =
      Setting.string("partitionKey", "The key of CONSTANT.");
  static final Setting<Long> MAX_RECORD_SIZE_BYTES =
      Setting.bytes("maxRecordSizeBytes", 1, 10_485_760, "Most bytes of a record.")
          .defaultTo(1_048_576L);
  static final Setting<Long> AGGREGATED_RECORD_SIZE_BYTES =
      Setting.integer("aggregatedRecordSizeBytes", 0, 1_024_000, "Size of joined records.")
          .defaultTo(0L);
  static final Setting<String> JOINED_BY =
      Setting.choice("joinedBy", List.of("NEWLINE", "BLANK"), "What joins records.");
  static final Setting<Long> MAX_CONNECTIONS =
      Setting.integer("maxConnections", 1, Long.MAX_VALUE, "Most connections.");
  static final List<Setting<?>> AWS =
      List.of(
          Setting.string("kinesis.endpoint", "Where Kinesis is."),
          Setting.string("kinesis.region", "The region.")
              .matching("[a-z0-9-]+", "the code of a region, such as eu-west-1"),
          Setting.string("awsAccessKeyId", "The access key.").hidden(),
          Setting.string("awsSecretAccessKey", "Its secret.").hidden(),
          Setting.integer("proxy.port", 1, 65_535, "The proxy's port."),
          Setting.bool("useHttpGzip", "Whether replies are compressed.").defaultTo(false),
          MAX_CONNECTIONS);

  private SamplePlugins() {}

  static PluginCatalog catalog() {
    return PluginCatalog.of(
        List.of(new Kinesis(), new Firehose(), new FileBackend()), List.of(new CsvToJson()));
  }

  record StubBackend(BatchLimits limits) implements Backend {
    @Override
    public CompletionStage<SendResult> send(Batch batch) {
      return CompletableFuture.completedStage(SendResult.DELIVERED);
    }

    @Override
    public void close() {}
  }

  static final class Kinesis implements BackendPlugin {
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
      return List.of(PARTITION_KEY_OPTION, PARTITION_KEY, MAX_RECORD_SIZE_BYTES);
    }

    @Override
    public List<Setting<?>> agentSettings() {
      return AWS;
    }

    @Override
    public Optional<Setting<String>> shorthand() {
      return Optional.of(Setting.string("kinesisStream", "The stream of Kinesis Data Streams."));
    }

    @Override
    public String destinationId(Settings settings) {
      return "kinesis:" + settings.get(STREAM);
    }

    @Override
    public String metricName(Settings settings) {
      return "KinesisStream:" + settings.get(STREAM);
    }

    @Override
    public int maxBatchBytes() {
      return 5_242_880;
    }

    @Override
    public Backend create(Settings settings, PluginContext context) throws InvalidSettingException {
      Settings flow = context.flowSettings();
      if (flow.get(PARTITION_KEY_OPTION).equals("CONSTANT") && flow.get(PARTITION_KEY) == null) {
        throw new InvalidSettingException("partitionKeyOption", "CONSTANT needs partitionKey");
      }
      int record = Math.toIntExact(flow.get(MAX_RECORD_SIZE_BYTES));
      return new StubBackend(new BatchLimits(500, Math.max(5_242_880, record), record, 0));
    }
  }

  static final class Firehose implements BackendPlugin {
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
      return List.of(AGGREGATED_RECORD_SIZE_BYTES, JOINED_BY);
    }

    @Override
    public Optional<Setting<String>> shorthand() {
      return Optional.of(Setting.string("deliveryStream", "The delivery stream of Firehose."));
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
      return 4_194_304;
    }

    @Override
    public Backend create(Settings settings, PluginContext context) throws InvalidSettingException {
      Settings flow = context.flowSettings();
      if (flow.get(AGGREGATED_RECORD_SIZE_BYTES) == 10 && flow.get(JOINED_BY) == null) {
        throw new InvalidSettingException(
            "joinedBy", "an aggregatedRecordSizeBytes of 10 needs joinedBy");
      }
      return new StubBackend(new BatchLimits(500, 4_194_304, 1_024_000, 0));
    }
  }

  static final class FileBackend implements BackendPlugin {
    @Override
    public String name() {
      return "file";
    }

    @Override
    public List<Setting<?>> settings() {
      return List.of(DIRECTORY, Setting.bytes("rollBytes", 1, Long.MAX_VALUE, "Size of a file."));
    }

    @Override
    public String destinationId(Settings settings) {
      return "file:" + settings.get(DIRECTORY);
    }

    @Override
    public String metricName(Settings settings) {
      return "File:" + settings.get(DIRECTORY);
    }

    @Override
    public int maxBatchBytes() {
      return 1_048_576;
    }

    @Override
    public Optional<String> writesTo(Settings settings) {
      return Optional.of(settings.get(DIRECTORY));
    }

    @Override
    public Backend create(Settings settings, PluginContext context) {
      return new StubBackend(new BatchLimits(500, 1_048_576, 1_048_576, 0));
    }
  }

  /** Forwards; public for className. */
  public static final class Forwarding implements Processor {
    @Override
    public void process(RecordView in, RecordSink out) {
      out.forward(in);
    }
  }

  static final class CsvToJson implements ProcessorPlugin {
    static final Setting<List<String>> CUSTOM_FIELD_NAMES =
        Setting.strings("customFieldNames", "The names of the fields.").require();
    static final Setting<String> DELIMITER =
        Setting.string("delimiter", "What stands between fields.").defaultTo(",");
    static final Setting<Map<String, String>> FIELD_TYPES =
        Setting.stringMap("fieldTypes", "The types of fields.");
    static final Setting<List<String>> PARSE_OPTIONS =
        Setting.choices("parseOptions", List.of("NO_TRIM", "ESCAPE_NEW_LINE"), "How to trim.");
    static final Setting<String> METADATA = Setting.json("metadata", "Any JSON.");

    @Override
    public String name() {
      return "CSVTOJSON";
    }

    @Override
    public List<Setting<?>> settings() {
      return List.of(CUSTOM_FIELD_NAMES, DELIMITER, FIELD_TYPES, PARSE_OPTIONS, METADATA);
    }

    @Override
    public Processor create(Settings settings, PluginContext context)
        throws InvalidSettingException {
      List<String> names = new ArrayList<>(settings.get(CUSTOM_FIELD_NAMES));
      if (names.stream().distinct().count() < names.size()) {
        throw new InvalidSettingException("customFieldNames", "names a field twice");
      }
      return new Forwarding();
    }
  }
}
