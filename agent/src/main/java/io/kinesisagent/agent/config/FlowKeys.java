package io.kinesisagent.agent.config;

import io.kinesisagent.spi.Setting;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The keys of a flow that are the engine's. Plugins declare their own beside them. */
public final class FlowKeys {
  private static final long NO_BOUND = Long.MAX_VALUE;
  private static final long QUARTER_HOUR_MILLIS = 900_000;
  private static final String WITHOUT_EFFECT =
      "Accepted and range-checked, without effect: the agent does not wait on queues.";

  public static final Setting<String> ID =
      Setting.string(
          "id",
          "Another id of the flow than the one made of its destination and pattern; checkpoints are"
              + " kept by it.");

  public static final Setting<List<String>> FILE_PATTERN =
      Setting.strings(
              "filePattern",
              "The files to read: an absolute path with globs (*, ?, […], {a,b}) in the file's name"
                  + " and in directories, ** for any number of directories; or an array of such."
                  + " It must not match what the agent itself writes.")
          .require();

  public static final Setting<List<String>> EXCLUDE_PATTERN =
      Setting.strings(
              "excludePattern",
              "Files to leave out, though they match: a glob for the file's name, or an absolute"
                  + " path with globs; or an array of such. Names ending in .gz, .bz2, .zip, .xz,"
                  + " .zst, .lz4, .swp and ~ are always left out.")
          .defaultTo(List.of());

  /** Read by itself: {@code type} and the settings of that backend. */
  public static final Setting<String> DESTINATION =
      Setting.json(
          "destination",
          "Where the records go: an object with the type of an installed backend and that backend's"
              + " keys. A flow has exactly one destination.");

  /** Read by itself: each item is an object with {@code optionName}. */
  public static final Setting<String> DATA_PROCESSING_OPTIONS =
      Setting.json(
          "dataProcessingOptions",
          "The processors that each record passes, an array of objects, in order.");

  public static final Setting<String> ON_PROCESSING_ERROR =
      Setting.choice(
          "onProcessingError",
          List.of("RAW", "DROP", "DEAD_LETTER"),
          "What becomes of a record that a processor cannot process: sent as it was read, dropped,"
              + " or put into the dead-letter directory. Without it a line that does not match its"
              + " format is dropped, and a record that a processor fails on is sent as it was read.");

  public static final Setting<String> INITIAL_POSITION =
      Setting.choice(
              "initialPosition",
              List.of("START_OF_FILE", "END_OF_FILE"),
              "Where to begin in files that exist when the flow starts with no checkpoint for them;"
                  + " END_OF_FILE is the end of the last complete line. A file that appears later is"
                  + " always read from its start.")
          .defaultTo("END_OF_FILE");

  public static final Setting<Long> MAX_BUFFER_AGE_MILLIS =
      Setting.integer(
              "maxBufferAgeMillis",
              1000,
              QUARTER_HOUR_MILLIS,
              "A buffered record is sent after this long at the latest.")
          .defaultTo(60_000L);

  public static final Setting<Long> MAX_BUFFER_SIZE_RECORDS =
      Setting.integer(
              "maxBufferSizeRecords",
              1,
              500,
              "A batch is sent at this many records. Where they are joined, what they become is"
                  + " counted, and a request never has more; with a partitionKeyOption of FILE, FIELD"
                  + " or DETERMINISTIC, the records before that. A destination that takes more than"
                  + " 500 at once is bounded only where the key is given.")
          .defaultTo(500L);

  public static final Setting<Long> MAX_BUFFER_SIZE_BYTES =
      Setting.bytes(
              "maxBufferSizeBytes",
              1,
              NO_BOUND,
              "A batch is sent when it holds this many bytes; at most what one request to the"
                  + " destination may hold.")
          .defaultTo(4_194_304L);

  public static final Setting<Long> MIN_TIME_BETWEEN_FILE_POLLS_MILLIS =
      Setting.integer(
              "minTimeBetweenFilePollsMillis",
              1,
              NO_BOUND,
              "How soon new data in an active file is seen, at the latest.")
          .defaultTo(100L);

  public static final Setting<Long> MAX_TIME_BETWEEN_FILE_TRACKER_REFRESH_MILLIS =
      Setting.integer(
              "maxTimeBetweenFileTrackerRefreshMillis",
              1,
              NO_BOUND,
              "How soon a new file is seen where the file system tells no events, at the latest.")
          .defaultTo(10_000L);

  public static final Setting<Pattern> MULTI_LINE_START_PATTERN =
      Setting.pattern(
              "multiLineStartPattern",
              "A line that this matches at its start begins a record; lines before the first match"
                  + " are a record of their own.")
          .alsoNamed("multilineStartPattern");

  public static final Setting<Long> MULTI_LINE_TIMEOUT_MILLIS =
      Setting.integer(
              "multiLineTimeoutMillis",
              0,
              NO_BOUND,
              "An unfinished multi-line record at the end of a file is complete after this long"
                  + " without growth. See lineFormat for the parts of a container's line.")
          .defaultTo(5000L);

  public static final Setting<Long> SKIP_HEADER_LINES =
      Setting.integer(
              "skipHeaderLines",
              0,
              Integer.MAX_VALUE,
              "Lines to leave out at the start of each new file, and again after a truncation.")
          .defaultTo(0L);

  public static final Setting<Pattern> FILE_FOOTER_PATTERN =
      Setting.pattern(
          "fileFooterPattern",
          "A line that this matches as a whole, trimmed, ends the reading of its file.");

  public static final Setting<String> TRUNCATED_RECORD_TERMINATOR =
      Setting.string(
              "truncatedRecordTerminator",
              "What ends a record that is cut to the destination's record limit; it counts towards"
                  + " the limit and must be shorter than it.")
          .defaultTo("\n");

  public static final Setting<String> OVERSIZE_RECORD_OPTION =
      Setting.choice(
              "oversizeRecordOption",
              List.of("TRUNCATE", "SPLIT", "DROP", "DEAD_LETTER"),
              "What becomes of a record above the destination's record limit. A cut never splits a"
                  + " UTF-8 character. Of a line no more is held than the limit; with"
                  + " dataProcessingOptions twice as much, with lineFormat or another encoding up to"
                  + " four times, 12 MiB at most. Processors and line patterns see that much of a"
                  + " longer line, and one that they drop is not told of as too long.")
          .defaultTo("TRUNCATE");

  public static final Setting<String> LINE_FORMAT =
      Setting.choice(
              "lineFormat",
              List.of("PLAIN", "CRI", "DOCKER"),
              "How the lines of container logs are wrapped: the message is unwrapped and partial"
                  + " lines are joined, each stream by itself; time and stream become record"
                  + " context. A line that lacks its last part ends there when the file has not"
                  + " grown for multiLineTimeoutMillis, or when it has kept whole lines of the other"
                  + " stream waiting and is older than that; what follows is a record of its own."
                  + " Not together with multiLineStartPattern or encoding.")
          .defaultTo("PLAIN");

  public static final Setting<String> ENCODING =
      Setting.string(
              "encoding",
              "The character set of the files, such as UTF-16LE or ISO-8859-1. Anything but UTF-8 is"
                  + " turned into UTF-8, a byte order mark taken off; UTF-8 passes byte for byte.")
          .defaultTo("UTF-8");

  public static final Setting<Pattern> INCLUDE_LINE_PATTERN =
      Setting.pattern("includeLinePattern", "Only lines in which this is found become records.");

  public static final Setting<Pattern> EXCLUDE_LINE_PATTERN =
      Setting.pattern("excludeLinePattern", "Lines in which this is found are left out.");

  public static final Setting<Boolean> SKIP_EMPTY_LINES =
      Setting.bool("skipEmptyLines", "Whether empty lines are left out.").defaultTo(false);

  public static final Setting<Long> RETRY_INITIAL_BACKOFF_MILLIS =
      Setting.integer(
              "retryInitialBackoffMillis",
              0,
              NO_BOUND,
              "The wait before the first retry; it doubles from there, with full jitter.")
          .defaultTo(100L);

  public static final Setting<Long> RETRY_MAX_BACKOFF_MILLIS =
      Setting.integer(
              "retryMaxBackoffMillis", 0, NO_BOUND, "The longest wait between two attempts.")
          .defaultTo(10_000L);

  public static final Setting<Long> PUBLISH_QUEUE_CAPACITY =
      Setting.integer(
              "publishQueueCapacity",
              1,
              Integer.MAX_VALUE,
              "Most batches of this flow that wait or are in flight.")
          .defaultTo(100L);

  /** Without a declared default: as many as {@code publishQueueCapacity}. */
  public static final Setting<Long> MAX_IN_FLIGHT_BATCHES =
      Setting.integer(
          "maxInFlightBatches",
          1,
          Integer.MAX_VALUE,
          "Most batches of this flow in flight at once. 1 keeps the order of the file for each"
              + " partition key on a Kinesis stream, through failures too: a request then carries"
              + " one wire record of each key, so that with a single key a request carries one;"
              + " aggregation makes wire records large. With Firehose, which has no keys, 1 orders"
              + " requests, not what is sent again.");

  /** Without a declared default: the agent-wide key's value. */
  public static final Setting<Boolean> LOG_EMIT_INTERNAL_METRICS =
      Setting.bool(
          "log.emitInternalMetrics",
          "Whether the status line of the log carries this flow's internal counters as JSON.");

  /** Keys of older files that mean nothing here. */
  static final List<Setting<?>> IGNORED =
      List.of(
          Setting.integer(
              "waitOnFullPublishQueueMillis", 1000, QUARTER_HOUR_MILLIS, WITHOUT_EFFECT),
          Setting.integer(
              "waitOnEmptyPublishQueueMillis", 1000, QUARTER_HOUR_MILLIS, WITHOUT_EFFECT),
          Setting.integer("waitOnFullRetryQueueMillis", 1000, QUARTER_HOUR_MILLIS, WITHOUT_EFFECT));

  /** The engine's keys that hold one value each, by the heading they stand under. */
  static final Map<String, List<Setting<?>>> GROUPS = groups();

  /** The same without the headings. */
  static final List<Setting<?>> ALL =
      GROUPS.values().stream().<Setting<?>>flatMap(List::stream).toList();

  private FlowKeys() {}

  private static Map<String, List<Setting<?>>> groups() {
    Map<String, List<Setting<?>>> groups = new LinkedHashMap<>();
    groups.put(
        "Files",
        List.of(
            FILE_PATTERN,
            EXCLUDE_PATTERN,
            INITIAL_POSITION,
            ID,
            MIN_TIME_BETWEEN_FILE_POLLS_MILLIS,
            MAX_TIME_BETWEEN_FILE_TRACKER_REFRESH_MILLIS));
    groups.put(
        "Lines and records",
        List.of(
            SKIP_HEADER_LINES,
            FILE_FOOTER_PATTERN,
            MULTI_LINE_START_PATTERN,
            MULTI_LINE_TIMEOUT_MILLIS,
            INCLUDE_LINE_PATTERN,
            EXCLUDE_LINE_PATTERN,
            SKIP_EMPTY_LINES,
            LINE_FORMAT,
            ENCODING,
            OVERSIZE_RECORD_OPTION,
            TRUNCATED_RECORD_TERMINATOR,
            ON_PROCESSING_ERROR));
    groups.put(
        "Batches and sending",
        List.of(
            MAX_BUFFER_AGE_MILLIS,
            MAX_BUFFER_SIZE_RECORDS,
            MAX_BUFFER_SIZE_BYTES,
            MAX_IN_FLIGHT_BATCHES,
            PUBLISH_QUEUE_CAPACITY,
            RETRY_INITIAL_BACKOFF_MILLIS,
            RETRY_MAX_BACKOFF_MILLIS,
            LOG_EMIT_INTERNAL_METRICS));
    return Collections.unmodifiableMap(groups);
  }
}
