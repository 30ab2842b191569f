package io.kinesisagent.backends.stream;

import io.kinesisagent.spi.BatchLimits;
import io.kinesisagent.spi.InvalidSettingException;
import io.kinesisagent.spi.Setting;
import io.kinesisagent.spi.Settings;
import java.util.List;

/** The flow keys that say what a record looks like on the wire. */
final class FlowKeys {
  static final Setting<String> PARTITION_KEY_OPTION =
      Setting.choice(
              "partitionKeyOption",
              List.of("RANDOM", "DETERMINISTIC", "FILE", "FIELD", "CONSTANT"),
              "Where a record's partition key comes from: RANDOM spreads records evenly over the"
                  + " shards; DETERMINISTIC is the MD5 of the record in lower-case hexadecimal; FILE"
                  + " is the file's path; FIELD is the JSON field that partitionKeyField points at,"
                  + " else RANDOM; CONSTANT is partitionKey.")
          .defaultTo("RANDOM");
  static final Setting<String> PARTITION_KEY_FIELD =
      Setting.string(
          "partitionKeyField",
          "JSON pointer, such as /user/id, to the field that is the partition key where"
              + " partitionKeyOption is FIELD.");
  static final Setting<String> PARTITION_KEY =
      Setting.string(
          "partitionKey",
          "The partition key of every record where partitionKeyOption is CONSTANT; 1 to 256"
              + " characters.");
  static final Setting<Long> AGGREGATED_RECORD_SIZE_BYTES =
      Setting.bytes(
              "aggregatedRecordSizeBytes",
              0,
              1_024_000,
              "Firehose: whole records are joined into one up to about this size; 0 sends each by"
                  + " itself. Kinesis: the size that aggregation aims at, 51200 where 0.")
          .defaultTo(0L);
  static final Setting<String> AGGREGATION =
      Setting.choice(
              "aggregation",
              List.of("NONE", "KPL", "NEWLINE"),
              "How records are joined: KPL in the format of the Kinesis Producer Library, which KCL,"
                  + " Lambda and Firehose undo; NEWLINE as whole lines, one behind the other.")
          .defaultTo("NONE");
  static final Setting<String> COMPRESSION =
      Setting.choice(
              "compression",
              List.of("NONE", "GZIP", "ZSTD"),
              "Compresses each record, or what was joined into one, by itself; the consumer undoes"
                  + " it.")
          .defaultTo("NONE");

  private FlowKeys() {}

  /**
   * The most bytes of one record.
   *
   * @param max the most that the service takes
   * @param usual what it takes unless it was raised
   */
  static Setting<Long> maxRecordSizeBytes(long max, long usual) {
    return Setting.bytes(
            "maxRecordSizeBytes",
            512,
            max,
            "Most bytes of a record, its partition key included. Kinesis streams can be raised to"
                + " 10 MiB.")
        .defaultTo(usual);
  }

  /** Reads the three keys of the partition key. */
  static PartitionKeyOption partitionKeys(Settings flow) throws InvalidSettingException {
    return switch (flow.get(PARTITION_KEY_OPTION)) {
      case "DETERMINISTIC" -> new PartitionKeyOption.Deterministic();
      case "FILE" -> new PartitionKeyOption.File();
      case "FIELD" -> new PartitionKeyOption.Field(pointer(flow.get(PARTITION_KEY_FIELD)));
      case "CONSTANT" -> new PartitionKeyOption.Constant(constant(flow.get(PARTITION_KEY)));
      default -> new PartitionKeyOption.Random();
    };
  }

  private static JsonPointer pointer(String text) throws InvalidSettingException {
    if (text == null) {
      throw new InvalidSettingException(
          PARTITION_KEY_OPTION.name(), "FIELD needs partitionKeyField, such as /user/id");
    }
    try {
      return JsonPointer.parse(text);
    } catch (IllegalArgumentException e) {
      throw new InvalidSettingException(PARTITION_KEY_FIELD.name(), e.getMessage());
    }
  }

  private static String constant(String key) throws InvalidSettingException {
    String needed = "CONSTANT needs partitionKey of 1 to 256 characters";
    if (key == null || key.isEmpty()) {
      throw new InvalidSettingException(PARTITION_KEY_OPTION.name(), needed);
    }
    if (key.codePointCount(0, key.length()) > 256) {
      throw new InvalidSettingException(PARTITION_KEY.name(), "partitionKeyOption " + needed);
    }
    return key;
  }

  /** How a flow's batches become wire records. */
  static Packer packer(
      Joining joining,
      Compression compression,
      PartitionKeyOption keys,
      int targetBytes,
      RequestLimits limits)
      throws InvalidSettingException {
    if (joining == Joining.KPL && compression != Compression.NONE) {
      throw new InvalidSettingException(
          COMPRESSION.name(),
          "aggregation KPL cannot be compressed, because no consumer would undo it; use aggregation"
              + " NEWLINE");
    }
    if (joining == Joining.NONE && compression == Compression.NONE) {
      return new PlainPacker(
          new BatchLimits(
              limits.maxRecords(), limits.maxBytes(), limits.maxRecordBytes(), keys.maxKeyBytes()),
          keys);
    }
    return new JoiningPacker(joining, compression, keys, targetBytes, limits);
  }
}
