package io.kinesisagent.agent.config;

import io.kinesisagent.spi.Settings;
import java.nio.charset.Charset;
import java.util.Optional;
import java.util.regex.Pattern;

/** The engine's keys of one flow, typed. Immutable. {@link FlowKeys} says what each means. */
public final class FlowSettings {
  /** Where to begin in a file without a checkpoint. */
  public enum InitialPosition {
    START_OF_FILE,
    END_OF_FILE
  }

  /** What becomes of a record above the destination's limit. */
  public enum OversizeRecordOption {
    TRUNCATE,
    SPLIT,
    DROP,
    DEAD_LETTER
  }

  /** What becomes of a record that cannot be processed. */
  public enum ProcessingErrorOption {
    RAW,
    DROP,
    DEAD_LETTER
  }

  /** How lines are wrapped. */
  public enum LineFormat {
    PLAIN,
    CRI,
    DOCKER
  }

  private final Settings values;
  private final Charset encoding;
  private final boolean emitInternalMetrics;

  FlowSettings(Settings values, Charset encoding, boolean emitInternalMetricsOfAgent) {
    this.values = values;
    this.encoding = encoding;
    Boolean own = values.get(FlowKeys.LOG_EMIT_INTERNAL_METRICS);
    this.emitInternalMetrics = own == null ? emitInternalMetricsOfAgent : own;
  }

  public InitialPosition initialPosition() {
    return InitialPosition.valueOf(values.get(FlowKeys.INITIAL_POSITION));
  }

  public long maxBufferAgeMillis() {
    return values.get(FlowKeys.MAX_BUFFER_AGE_MILLIS);
  }

  public int maxBufferSizeRecords() {
    return Math.toIntExact(values.get(FlowKeys.MAX_BUFFER_SIZE_RECORDS));
  }

  /**
   * Whether {@link #maxBufferSizeRecords} was given: a destination may take more than the default.
   */
  public boolean boundsRecords() {
    return values.isSet(FlowKeys.MAX_BUFFER_SIZE_RECORDS);
  }

  /** At most what one request to the destination may hold. */
  public int maxBufferSizeBytes() {
    return Math.toIntExact(values.get(FlowKeys.MAX_BUFFER_SIZE_BYTES));
  }

  public long minTimeBetweenFilePollsMillis() {
    return values.get(FlowKeys.MIN_TIME_BETWEEN_FILE_POLLS_MILLIS);
  }

  public long maxTimeBetweenFileTrackerRefreshMillis() {
    return values.get(FlowKeys.MAX_TIME_BETWEEN_FILE_TRACKER_REFRESH_MILLIS);
  }

  public Optional<Pattern> multiLineStartPattern() {
    return Optional.ofNullable(values.get(FlowKeys.MULTI_LINE_START_PATTERN));
  }

  public long multiLineTimeoutMillis() {
    return values.get(FlowKeys.MULTI_LINE_TIMEOUT_MILLIS);
  }

  public int skipHeaderLines() {
    return Math.toIntExact(values.get(FlowKeys.SKIP_HEADER_LINES));
  }

  public Optional<Pattern> fileFooterPattern() {
    return Optional.ofNullable(values.get(FlowKeys.FILE_FOOTER_PATTERN));
  }

  /** To be written in UTF-8; may be empty. */
  public String truncatedRecordTerminator() {
    return values.get(FlowKeys.TRUNCATED_RECORD_TERMINATOR);
  }

  public OversizeRecordOption oversizeRecordOption() {
    return OversizeRecordOption.valueOf(values.get(FlowKeys.OVERSIZE_RECORD_OPTION));
  }

  /** Empty: as the kind of failure says, see {@link io.kinesisagent.spi.ProcessingException}. */
  public Optional<ProcessingErrorOption> onProcessingError() {
    return Optional.ofNullable(values.get(FlowKeys.ON_PROCESSING_ERROR))
        .map(ProcessingErrorOption::valueOf);
  }

  public LineFormat lineFormat() {
    return LineFormat.valueOf(values.get(FlowKeys.LINE_FORMAT));
  }

  public Charset encoding() {
    return encoding;
  }

  /** Only lines in which it is found become records. */
  public Optional<Pattern> includeLinePattern() {
    return Optional.ofNullable(values.get(FlowKeys.INCLUDE_LINE_PATTERN));
  }

  /** Lines in which it is found are left out. */
  public Optional<Pattern> excludeLinePattern() {
    return Optional.ofNullable(values.get(FlowKeys.EXCLUDE_LINE_PATTERN));
  }

  public boolean skipEmptyLines() {
    return values.get(FlowKeys.SKIP_EMPTY_LINES);
  }

  public long retryInitialBackoffMillis() {
    return values.get(FlowKeys.RETRY_INITIAL_BACKOFF_MILLIS);
  }

  public long retryMaxBackoffMillis() {
    return values.get(FlowKeys.RETRY_MAX_BACKOFF_MILLIS);
  }

  /** Most batches waiting or in flight. */
  public int publishQueueCapacity() {
    return Math.toIntExact(values.get(FlowKeys.PUBLISH_QUEUE_CAPACITY));
  }

  /** At most {@link #publishQueueCapacity()}, which is also its default. */
  public int maxInFlightBatches() {
    Long own = values.get(FlowKeys.MAX_IN_FLIGHT_BATCHES);
    return own == null
        ? publishQueueCapacity()
        : (int) Math.min(own, (long) publishQueueCapacity());
  }

  /** The flow's own key, else the agent-wide one. */
  public boolean emitInternalMetrics() {
    return emitInternalMetrics;
  }
}
