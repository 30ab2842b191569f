package io.kinesisagent.agent.flow;

import io.kinesisagent.agent.batch.MemoryBudget;
import io.kinesisagent.agent.batch.PackedBatch;
import io.kinesisagent.agent.checkpoint.Checkpoint;
import io.kinesisagent.agent.checkpoint.Watermarks;
import io.kinesisagent.agent.discover.ChangeSource;
import io.kinesisagent.agent.discover.FilePattern;
import io.kinesisagent.agent.discover.FileSelection;
import io.kinesisagent.agent.files.FileSource;
import io.kinesisagent.agent.files.NioFileSource;
import io.kinesisagent.agent.frame.Framer;
import io.kinesisagent.agent.frame.LineFramer;
import io.kinesisagent.agent.send.Permits;
import io.kinesisagent.agent.send.SenderOptions;
import io.kinesisagent.agent.send.SendingContext;
import io.kinesisagent.agent.tail.KnownTail;
import io.kinesisagent.agent.tail.Tail;
import io.kinesisagent.agent.tail.TailOptions;
import io.kinesisagent.spi.Backend;
import io.kinesisagent.spi.Batch;
import io.kinesisagent.spi.BatchLimits;
import io.kinesisagent.spi.Clock;
import io.kinesisagent.spi.Failure;
import io.kinesisagent.spi.ProcessingException;
import io.kinesisagent.spi.RecordCursor;
import io.kinesisagent.spi.RecordView;
import io.kinesisagent.spi.SendResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * One flow on one file, stepped by hand, whose destination takes everything at once unless it is
 * told to hold it.
 */
public final class FlowFixture implements AutoCloseable, Clock, Watermarks, Backend {
  private static final long MEMORY_BYTES = 16 << 20;
  private static final SenderOptions SENDER = new SenderOptions(10, 10, 1 << 20, 0, 0);

  final List<String> sent = new ArrayList<>();
  final List<String> letters = new ArrayList<>();
  final List<String> reasons = new ArrayList<>();
  final List<Oversize> oversize = new ArrayList<>();
  final List<OnError> failures = new ArrayList<>();
  final List<Checkpoint> kept = new ArrayList<>();
  private final Path file;
  private final BatchLimits limits;
  private final FlowTask task;
  private final List<CompletableFuture<SendResult>> held = new ArrayList<>();
  boolean deadLettersFail;
  boolean unreadablePathsExpected;
  private boolean holding;
  private long nanos = 1;

  FlowFixture(
      Path folder, int maxDataBytes, Framer framer, TailOptions tail, RecordOptions records) {
    this(folder, maxDataBytes, framer, tail, records, null, new NioFileSource(), SENDER);
  }

  /** A flow of plain lines, of which others hear. */
  public static FlowFixture heardBy(Function<Clock, FlowEvents> events, Path folder) {
    return ofLines(folder, 1000, events, new NioFileSource(), SENDER);
  }

  /**
   * A flow of plain lines.
   *
   * @param maxRawBytes of a line as it is read
   */
  static FlowFixture ofLines(
      Path folder, int maxRawBytes, FileSource source, SenderOptions sender) {
    return ofLines(folder, maxRawBytes, null, source, sender);
  }

  private static FlowFixture ofLines(
      Path folder,
      int maxRawBytes,
      Function<Clock, FlowEvents> events,
      FileSource source,
      SenderOptions sender) {
    return new FlowFixture(
        folder,
        1000,
        new LineFramer(),
        new TailOptions(0, null, maxRawBytes, false, -1, 10),
        new RecordOptions(List.of(), List.of(), null, Oversize.TRUNCATE, "\n"),
        events,
        source,
        sender);
  }

  private FlowFixture(
      Path folder,
      int maxDataBytes,
      Framer framer,
      TailOptions tail,
      RecordOptions records,
      Function<Clock, FlowEvents> events,
      FileSource source,
      SenderOptions sender) {
    this.file = folder.resolve("app.log");
    this.limits = new BatchLimits(100, Math.max(1 << 20, 2 * maxDataBytes), maxDataBytes, 0);
    FileSelection files =
        FileSelection.of(List.of(FilePattern.parse(folder + "/app.log", FileSystems.getDefault())));
    FlowOptions options =
        new FlowOptions(
            files,
            tail,
            framer,
            records,
            limits,
            limits.maxBytes(),
            sender,
            new FlowTiming(1_000_000, 1_000_000, 1_000_000),
            false);
    SendingContext sending =
        new SendingContext(
            new Permits(10),
            all -> {
              if (deadLettersFail) {
                return CompletableFuture.failedFuture(new IOException("No space left on device"));
              }
              all.forEach(letter -> letters.add(text(letter.record())));
              all.forEach(letter -> reasons.add(letter.reason().detail()));
              return CompletableFuture.completedFuture(null);
            },
            new SplittableRandom(1));
    task =
        new FlowFactory(source, sending)
            .create(
                new FlowTask.Surroundings(
                    "flow", "host", this, ChangeSource.NONE, new ChunkPool(), this),
                options,
                this,
                new MemoryBudget(MEMORY_BYTES, MEMORY_BYTES / 2).share(MEMORY_BYTES / 2),
                events == null ? new Heard() : events.apply(this),
                () -> {});
  }

  /** Appends to the file; each character is a byte. */
  public void append(String bytes) {
    append(bytes.getBytes(StandardCharsets.ISO_8859_1));
  }

  void append(byte[] bytes) {
    try {
      Files.write(file, bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Sets the file's modification time to some nanoseconds ago, by this clock. */
  public void modified(long agoNanos) {
    try {
      Files.setLastModifiedTime(file, FileTime.from(nanos - agoNanos, TimeUnit.NANOSECONDS));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Takes what is sent from now on without an answer. */
  public void hold() {
    holding = true;
  }

  /** Answers what is held, and everything else at once again. */
  public void letGo() {
    holding = false;
    held.forEach(reply -> reply.complete(new SendResult.Delivered()));
    held.clear();
  }

  /** One step of the flow's thread, behind which the oldest of what is held is answered. */
  void stepAndAnswer() {
    task.doWork();
    if (!held.isEmpty()) {
      held.remove(0).complete(new SendResult.Delivered());
    }
  }

  void truncate() {
    try {
      Files.write(file, new byte[0]);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  Path file() {
    return file;
  }

  /** Lets the flow work until there is nothing left to do; the clock goes on 2 s at least. */
  public void work() {
    long end = nanos + 2_000_000_000L;
    while (nanos < end) {
      if (task.doWork() == 0) {
        nanos += 10_000_000;
      }
    }
  }

  /** Lets time pass in which nothing happens, and then the flow work. */
  public void pass(long passedNanos) {
    nanos += passedNanos;
    work();
  }

  /** Takes up a generation of an earlier run; before the first step. */
  void restore(KnownTail known, long unseenNanos) {
    task.restore(known, unseenNanos);
  }

  /** How many generations the flow knows. */
  int generations() {
    return task.tails().size();
  }

  /** What was sent since the last time; each byte is a character. */
  List<String> takeSent() {
    work();
    List<String> taken = new ArrayList<>(sent);
    sent.clear();
    return taken;
  }

  /** The end of what is settled. */
  long watermark() {
    return tail().watermark().offset();
  }

  public Tail tail() {
    Tail newest = null;
    for (Tail tail : task.tails()) {
      newest = newest == null || tail.generation() > newest.generation() ? tail : newest;
    }
    return newest;
  }

  long idleNanos() {
    return task.idleUntilNanos(nanos) - nanos;
  }

  private static String text(RecordView view) {
    return new String(view.array(), view.offset(), view.length(), StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() {
    task.close();
  }

  @Override
  public long nanoTime() {
    return nanos;
  }

  @Override
  public long epochMillis() {
    return nanos / 1_000_000;
  }

  @Override
  public void moved(Collection<Checkpoint> checkpoints) {
    kept.addAll(checkpoints);
  }

  @Override
  public void started(String flow) {}

  @Override
  public BatchLimits limits() {
    return limits;
  }

  @Override
  public CompletionStage<SendResult> send(Batch batch) {
    RecordCursor cursor = new RecordCursor();
    for (int i = 0; i < batch.size(); i++) {
      batch.read(i, cursor);
      sent.add(text(cursor));
    }
    if (holding) {
      CompletableFuture<SendResult> reply = new CompletableFuture<>();
      held.add(reply);
      return reply;
    }
    return CompletableFuture.completedFuture(new SendResult.Delivered());
  }

  private final class Heard implements FlowEvents {
    @Override
    public void unreadable(Path path, String reason) {
      if (!unreadablePathsExpected) {
        throw new AssertionError(path + ": " + reason);
      }
    }

    @Override
    public void processingFailed(
        Tail tail, long offset, ProcessingException failure, OnError then) {
      failures.add(then);
    }

    @Override
    public void oversize(Tail tail, long offset, Oversize then) {
      oversize.add(then);
    }

    @Override
    public void dropped(long records) {}

    @Override
    public void unreadable(Tail tail, String reason) {
      throw new AssertionError(tail + ": " + reason);
    }

    @Override
    public void readable(Tail tail) {}

    @Override
    public void gap(Tail tail, long bytes, String how) {}

    @Override
    public void recognised(Tail tail, String how) {}

    @Override
    public void started(Tail tail, String why) {}

    @Override
    public void finished(Tail tail, boolean forget) {}

    @Override
    public void delivered(int records, long bytes, long latencyNanos) {}

    @Override
    public void failed(Failure failure, int records) {}

    @Override
    public void deadLettered(Failure failure, PackedBatch batch, int index) {}

    @Override
    public void requestFailed(Failure failure, int consecutive) {}

    @Override
    public void recovered() {}

    @Override
    public void deadLetterFailed(String reason) {}

    @Override
    public void settled(PackedBatch batch) {}

    @Override
    public void waitsForMemory(int neededBytes, long heldBytes, long boundBytes) {
      throw new AssertionError("waits for " + neededBytes);
    }

    @Override
    public void memoryFound() {}
  }
}
