package io.kinesisagent.agent.send;

import io.kinesisagent.agent.batch.Batcher;
import io.kinesisagent.agent.batch.MemoryBudget;
import io.kinesisagent.agent.batch.PackedBatch;
import io.kinesisagent.agent.tail.SampleTail;
import io.kinesisagent.agent.tail.Tail;
import io.kinesisagent.spi.Backend;
import io.kinesisagent.spi.Batch;
import io.kinesisagent.spi.BatchLimits;
import io.kinesisagent.spi.Clock;
import io.kinesisagent.spi.Failure;
import io.kinesisagent.spi.RecordCursor;
import io.kinesisagent.spi.RecordView;
import io.kinesisagent.spi.SendResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * A sender stepped by hand, with a clock that stands until it is moved and a destination that
 * answers after a while what a test decides.
 */
final class SendingFixture implements Clock, Backend, SendListener, DeadLetters {
  private record Reply(long dueNanos, SendResult result, CompletableFuture<SendResult> to) {}

  final List<List<String>> requests = new ArrayList<>();
  final List<String> letters = new ArrayList<>();
  final Map<String, Long> failedByCode = new TreeMap<>();
  final List<Failure> failedRequests = new ArrayList<>();
  final Tail tail = SampleTail.of("/logs/app.log");
  final Sender sender;
  Function<List<String>, SendResult> destination = records -> SendResult.DELIVERED;
  Throwable defect;
  long latencyNanos = TimeUnit.MILLISECONDS.toNanos(10);
  boolean diskFull;
  int lettersFailed;
  int recoveries;
  int rejected;
  int consecutive;
  int settledAsDelivered;
  long delivered;
  private final Batcher batcher =
      new Batcher(
          new BatchLimits(500, 1 << 20, 1 << 16, 0),
          1 << 20,
          new MemoryBudget(1L << 30, 1 << 20).share(1 << 20),
          "flow",
          "host");
  private final PriorityQueue<Reply> replies =
      new PriorityQueue<>(Comparator.comparingLong(Reply::dueNanos));
  private long nanos = TimeUnit.SECONDS.toNanos(1000);

  SendingFixture(int maxInFlight) {
    this(maxInFlight, new Permits(24), 1);
  }

  SendingFixture(int maxInFlight, Permits permits, long seed) {
    this(maxInFlight, 8 << 20, permits, seed);
  }

  SendingFixture(int maxInFlight, long maxInFlightBytes, Permits permits, long seed) {
    sender =
        new Sender(
            this,
            this,
            new SenderOptions(100, maxInFlight, maxInFlightBytes, 100, 10_000),
            new SendingContext(permits, this, new SplittableRandom(seed)),
            this);
  }

  /** Submits a batch of records, each of which is read first. */
  void submit(String... records) {
    for (String record : records) {
      byte[] bytes = record.getBytes(StandardCharsets.ISO_8859_1);
      SampleTail.read(tail, bytes.length);
      batcher.add(tail, bytes, 0, bytes.length, tail.position().offset() - bytes.length, nanos);
    }
    sender.submit(batcher.seal());
  }

  /** One step of the flow's thread at the present moment. */
  int step() {
    while (!replies.isEmpty() && replies.peek().dueNanos <= nanos) {
      Reply reply = replies.poll();
      if (defect == null) {
        reply.to.complete(reply.result);
      } else {
        reply.to.completeExceptionally(defect);
      }
    }
    return sender.complete() + sender.dispatch();
  }

  /** Goes on for some time, from one moment at which something is due to the next. */
  void run(long forNanos) {
    long end = nanos + forNanos;
    while (nanos < end) {
      if (step() == 0) {
        long due =
            Math.min(sender.dueNanos(nanos), replies.isEmpty() ? end : replies.peek().dueNanos);
        nanos = Math.min(end, Math.max(nanos + 1000, due));
      }
    }
    step();
  }

  /** Moves the clock and nothing else. */
  void advance(long byNanos) {
    nanos += byNanos;
  }

  long watermark() {
    return tail.watermark().offset();
  }

  @Override
  public long nanoTime() {
    return nanos;
  }

  @Override
  public long epochMillis() {
    return TimeUnit.NANOSECONDS.toMillis(nanos);
  }

  @Override
  public BatchLimits limits() {
    return batcher.limits();
  }

  @Override
  public CompletionStage<SendResult> send(Batch batch) {
    List<String> records = new ArrayList<>();
    RecordCursor cursor = new RecordCursor();
    for (int i = 0; i < batch.size(); i++) {
      batch.read(i, cursor);
      records.add(
          new String(
              cursor.array(), cursor.offset(), cursor.length(), StandardCharsets.ISO_8859_1));
    }
    requests.add(records);
    CompletableFuture<SendResult> to = new CompletableFuture<>();
    replies.add(new Reply(nanos + latencyNanos, destination.apply(records), to));
    return to;
  }

  @Override
  public void close() {
    sender.close();
  }

  @Override
  public CompletionStage<Void> write(List<DeadLetter> all) {
    if (diskFull) {
      return CompletableFuture.failedFuture(new IOException("No space left on device"));
    }
    for (DeadLetter one : all) {
      RecordView letter = one.record();
      letters.add(
          new String(letter.array(), letter.offset(), letter.length(), StandardCharsets.ISO_8859_1)
              + " "
              + letter.context().file()
              + ":"
              + letter.context().offset()
              + " "
              + one.reason().code());
    }
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void delivered(int records, long bytes, long latency) {
    delivered += records;
  }

  @Override
  public void failed(Failure failure, int records) {
    failedByCode.merge(failure.code(), (long) records, Long::sum);
  }

  @Override
  public void rejected(int records) {
    rejected += records;
  }

  @Override
  public void deadLettered(Failure failure, PackedBatch batch, int index) {
    failedByCode.merge("letter " + failure.code(), 1L, Long::sum);
  }

  @Override
  public void requestFailed(Failure failure, int inARow) {
    failedRequests.add(failure);
    consecutive = inARow;
  }

  @Override
  public void recovered() {
    recoveries++;
  }

  @Override
  public void deadLetterFailed(String reason) {
    lettersFailed++;
  }

  @Override
  public void settled(PackedBatch batch) {
    batch.spans().forEach(span -> settledAsDelivered += span.delivered());
    batcher.release(batch);
  }
}
