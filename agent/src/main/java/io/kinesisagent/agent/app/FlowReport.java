package io.kinesisagent.agent.app;

import io.kinesisagent.agent.batch.PackedBatch;
import io.kinesisagent.agent.flow.FlowEvents;
import io.kinesisagent.agent.flow.OnError;
import io.kinesisagent.agent.flow.Oversize;
import io.kinesisagent.agent.metrics.FlowMetrics;
import io.kinesisagent.agent.tail.Tail;
import io.kinesisagent.spi.Clock;
import io.kinesisagent.spi.Disposition;
import io.kinesisagent.spi.Failure;
import io.kinesisagent.spi.ProcessingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/** Counts and logs what happens in one flow. Owned by the flow's thread. */
final class FlowReport implements FlowEvents {
  private static final Logger LOG = LogManager.getLogger(FlowReport.class);

  private static final String DENIED = "permission denied";
  private static final long SAME_ERROR_MILLIS = TimeUnit.MINUTES.toMillis(1);

  private final String flow;
  private final FlowMetrics metrics;
  private final FoldedLog log;
  private final Clock clock;
  private final FlowBooks books;
  private String lastKind = "";
  private boolean waitsForMemory;
  private volatile FlowStatus.LastError lastError;

  FlowReport(String flow, FlowMetrics metrics, Clock clock) {
    this.flow = flow;
    this.metrics = metrics;
    this.clock = clock;
    this.log = new FoldedLog(LOG, clock);
    this.books = new FlowBooks(clock);
  }

  /** What went wrong last, or null. May be called by any thread. */
  FlowStatus.LastError lastError() {
    return lastError;
  }

  /** Says what is due of errors that were counted and have stopped. Once a second or so. */
  void sayWhatIsDue() {
    log.sayWhatIsDue();
  }

  /** The books of the flow's generations. */
  FlowBooks books() {
    return books;
  }

  /** Whether records have waited long for memory, and still do. */
  boolean waitsForMemory() {
    return waitsForMemory;
  }

  /** Takes note that the flow's task failed and is made anew. */
  void failedItself(Exception e) {
    waitsForMemory = false;
    remember("itself", "it failed and is started again: " + e);
  }

  private void error(Level level, String kind, String message) {
    remember(kind, message);
    log.say(level, kind, "flow " + flow + ": " + message);
  }

  private void remember(String kind, String message) {
    long now = clock.epochMillis();
    FlowStatus.LastError last = lastError;
    boolean goesOn =
        last != null && kind.equals(lastKind) && now - last.epochMillis() < SAME_ERROR_MILLIS;
    lastKind = kind;
    lastError = new FlowStatus.LastError(message, now, goesOn ? last.sinceEpochMillis() : now);
  }

  @Override
  public void unreadable(Path path, String reason) {
    error(
        Level.WARN,
        "path " + path,
        path + " cannot be looked at (" + reason + "); it is tried again" + advice(path, reason));
  }

  @Override
  public void unreadable(Tail tail, String reason) {
    error(
        Level.WARN,
        "file " + tail.path() + reason,
        tail.path() + " cannot be read (" + reason + "); it is tried again" + advice(tail, reason));
  }

  private static String advice(Path path, String reason) {
    if (!reason.startsWith(DENIED)) {
      return "";
    }
    return Files.isDirectory(path)
        ? ". To let the agent look at it: setfacl -m u:"
            + System.getProperty("user.name")
            + ":rx "
            + path
        : ". To see which directory is in the way: namei -l " + path;
  }

  private static String advice(Tail tail, String reason) {
    return DENIED.equals(reason)
        ? ". To let the agent read it: setfacl -m u:"
            + System.getProperty("user.name")
            + ":r "
            + tail.path()
        : "";
  }

  @Override
  public void readable(Tail tail) {
    LOG.info("flow {}: {} can be read again", flow, tail.path());
  }

  @Override
  public void gap(Tail tail, long bytes, String how) {
    metrics.gapBytes().add(bytes);
    error(
        Level.ERROR,
        "gap " + tail.generation(),
        bytes
            + " bytes of "
            + tail.path()
            + " behind offset "
            + tail.position().offset()
            + " are lost: "
            + how);
  }

  @Override
  public void recognised(Tail tail, String how) {
    books.add(tail);
    LOG.info(
        "flow {}: {} goes on at offset {}: {}", flow, tail.path(), tail.position().offset(), how);
  }

  @Override
  public void started(Tail tail, String why) {
    books.add(tail);
    LOG.debug(
        "flow {}: {} is read from offset {}: {}", flow, tail.path(), tail.position().offset(), why);
  }

  @Override
  public void finished(Tail tail, boolean forget) {
    LOG.debug("flow {}: {} is finished at offset {}", flow, tail.path(), tail.position().offset());
  }

  @Override
  public void delivered(int records, long bytes, long latencyNanos) {
    metrics.recordSendAttempts().add(records);
    metrics.recordsSent().add(records);
    metrics.bytesSent().add(bytes);
    metrics.statistic("RecordSendAttempts").add(records);
    metrics.statistic("RecordsSent").add(records);
    metrics.statistic("BytesSent").add(bytes);
    metrics.statistic("RecordSendErrors").add(0);
    metrics.statistic("ServiceErrors").add(0);
    metrics.statistic("ConsecutiveProcessingErrors").add(0);
    metrics.consecutiveErrors(0);
  }

  @Override
  public void failed(Failure failure, int records) {
    cameBack(records);
    metrics.errors(failure.code()).add(records);
    boolean forOperators = failure.disposition() == Disposition.BLOCKED || failure.ofCredentials();
    error(
        forOperators ? Level.ERROR : Level.WARN,
        "send " + failure.code(),
        "records are sent again later: " + said(failure));
  }

  @Override
  public void rejected(int records) {
    cameBack(records);
  }

  private void cameBack(int records) {
    metrics.recordSendAttempts().add(records);
    metrics.recordSendErrors().add(records);
    metrics.statistic("RecordSendAttempts").add(records);
    metrics.statistic("RecordSendErrors").add(records);
  }

  /** The code, where the detail does not begin with it anyway. */
  private static String said(Failure failure) {
    return failure.detail().startsWith(failure.code())
        ? failure.detail()
        : failure.code() + ", " + failure.detail();
  }

  @Override
  public void requestFailed(Failure failure, int consecutive) {
    if (consecutive != metrics.consecutiveErrors()) {
      metrics.consecutiveErrors(consecutive);
      metrics.statistic("ConsecutiveProcessingErrors").add(consecutive);
    }
    if (failure.disposition() != Disposition.THROTTLED) {
      metrics.serviceErrors().increment();
      metrics.statistic("ServiceErrors").add(1);
    }
  }

  @Override
  public void recovered() {
    metrics.consecutiveErrors(0);
    LOG.debug("flow {}: the destination takes records again", flow);
  }

  @Override
  public void deadLettered(Failure failure, PackedBatch batch, int index) {
    metrics.recordsDeadLettered().increment();
    metrics.statistic("RecordsDeadLettered").add(1);
    metrics.errors(failure.code()).increment();
    error(
        Level.ERROR,
        "letter " + failure.code(),
        "a record of "
            + batch.context(index).file()
            + " at offset "
            + batch.context(index).offset()
            + " is not delivered and was put in the dead letters: "
            + said(failure));
  }

  @Override
  public void deadLetterFailed(String reason) {
    error(
        Level.ERROR,
        "letters",
        "a dead letter cannot be written ("
            + reason
            + "); it is kept and tried again, and what is behind it goes on meanwhile");
  }

  @Override
  public void settled(PackedBatch batch) {
    long now = clock.nanoTime();
    for (PackedBatch.Span span : batch.spans()) {
      metrics.latency().add(now - span.appendedAtNanos(), span.delivered());
    }
  }

  @Override
  public void processingFailed(Tail tail, long offset, ProcessingException failure, OnError then) {
    metrics.named("processing_errors").increment();
    error(
        Level.WARN,
        "processing " + failure.kind(),
        "a record of "
            + tail.path()
            + " at offset "
            + offset
            + " could not be processed ("
            + failure.getMessage()
            + "); "
            + switch (then) {
              case RAW -> "it is sent as it was";
              case DROP -> "it is dropped";
              case DEAD_LETTER -> "it is put in the dead letters";
            });
  }

  @Override
  public void oversize(Tail tail, long offset, Oversize then) {
    metrics.named("oversize_records").increment();
    error(
        Level.WARN,
        "oversize",
        "a record of "
            + tail.path()
            + " at offset "
            + offset
            + " is longer than the destination takes; oversizeRecordOption "
            + then
            + " was applied");
  }

  /** A pattern of the flow took too long on a line. */
  void tooCostly(String key, ProcessingException failure) {
    metrics.named("pattern_timeouts").increment();
    error(
        Level.WARN, "pattern " + key, key + " was not applied to a line: " + failure.getMessage());
  }

  @Override
  public void dropped(long records) {
    metrics.recordsDropped().add(records);
  }

  @Override
  public void waitsForMemory(int neededBytes, long heldBytes, long boundBytes) {
    waitsForMemory = true;
    error(
        Level.WARN,
        "memory",
        "it waits for memory: its next record takes "
            + neededBytes
            + " bytes, and "
            + heldBytes
            + " of "
            + boundBytes
            + " bytes (maxMemoryBytes) are held by records that destinations have not taken yet;"
            + " reading goes on when they take records again");
  }

  @Override
  public void memoryFound() {
    waitsForMemory = false;
    LOG.info("flow {}: there is memory again, and reading goes on", flow);
  }
}
