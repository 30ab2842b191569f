package io.kinesisagent.agent.app;

import io.kinesisagent.spi.Backend;
import io.kinesisagent.spi.BackendPlugin;
import io.kinesisagent.spi.Batch;
import io.kinesisagent.spi.BatchLimits;
import io.kinesisagent.spi.Disposition;
import io.kinesisagent.spi.Failure;
import io.kinesisagent.spi.PluginContext;
import io.kinesisagent.spi.RecordCursor;
import io.kinesisagent.spi.SendResult;
import io.kinesisagent.spi.Setting;
import io.kinesisagent.spi.Settings;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;

/**
 * The destination {@code "keep": NAME}, which keeps what it takes, and answers at once unless it is
 * told to hold its answers back.
 */
final class KeptRecords implements BackendPlugin, Backend {
  private static final int MOST_BYTES = 1 << 20;
  private static final Setting<String> NAME = Setting.string("name", "Its name.").require();
  private static final Setting<Long> MOST_RECORD_BYTES =
      Setting.bytes("mostRecordBytes", 1, MOST_BYTES, "Most bytes of a record.").defaultTo(1000L);
  private static final Setting<Long> JOINED_BYTES =
      Setting.bytes("joinedBytes", 0, MOST_BYTES, "How many are counted as one.").defaultTo(0L);

  private final List<String> records = new ArrayList<>();
  private final List<CompletableFuture<SendResult>> held = new ArrayList<>();
  private int mostRecordBytes;
  private final Semaphore hangs = new Semaphore(0);
  private volatile CountDownLatch hanging = new CountDownLatch(0);
  private int joinedBytes;
  private boolean holding;
  private String taking = "";

  /** Takes what was kept since the last time; each character is a byte. Any thread may call it. */
  synchronized List<String> take() {
    List<String> taken = List.copyOf(records);
    records.clear();
    return taken;
  }

  /** Waits for something to be kept, and takes it. Any thread may call it. */
  synchronized List<String> await() throws InterruptedException {
    while (records.isEmpty()) {
      wait();
    }
    return take();
  }

  /** Takes what is sent from now on without an answer. */
  void hold() {
    holding = true;
  }

  /** Refuses from now on what is not of the flows of one name, for as long as it is not mended. */
  synchronized void refuseAllBut(String name) {
    taking = "keep:" + name + ":";
  }

  /** Does not come back from what is sent from now on. */
  void hang() {
    hanging = new CountDownLatch(1);
  }

  /** Waits for a thread that does not come back. */
  void awaitHanging() throws InterruptedException {
    hangs.acquire();
  }

  void goOn() {
    hanging.countDown();
  }

  /** Answers what is held, and everything else at once again. */
  void letGo() {
    holding = false;
    answerAll();
  }

  /** Requests that wait for an answer. */
  int inFlight() {
    return held.size();
  }

  /** Answers the request that has been held the longest. */
  void answerFirst() {
    held.remove(0).complete(SendResult.DELIVERED);
  }

  /** Answers what is held. */
  void answerAll() {
    List<CompletableFuture<SendResult>> now = List.copyOf(held);
    held.clear();
    now.forEach(reply -> reply.complete(SendResult.DELIVERED));
  }

  @Override
  public String name() {
    return "keep";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(NAME);
  }

  @Override
  public List<Setting<?>> flowSettings() {
    return List.of(MOST_RECORD_BYTES, JOINED_BYTES);
  }

  @Override
  public Optional<Setting<String>> shorthand() {
    return Optional.of(Setting.string("keep", "Its name."));
  }

  @Override
  public String shorthandFor() {
    return NAME.name();
  }

  @Override
  public String destinationId(Settings settings) {
    return "keep:" + settings.get(NAME);
  }

  @Override
  public String metricName(Settings settings) {
    return "Kept:" + settings.get(NAME);
  }

  @Override
  public int maxBatchBytes() {
    return MOST_BYTES;
  }

  @Override
  public Backend create(Settings settings, PluginContext context) {
    mostRecordBytes = Math.toIntExact(context.flowSettings().get(MOST_RECORD_BYTES));
    joinedBytes = Math.toIntExact(context.flowSettings().get(JOINED_BYTES));
    return this;
  }

  @Override
  public BatchLimits limits() {
    return new BatchLimits(500, MOST_BYTES, mostRecordBytes, 0, joinedBytes, Integer.MAX_VALUE);
  }

  @Override
  public CompletionStage<SendResult> send(Batch batch) {
    if (hanging.getCount() > 0) {
      hangs.release();
      try {
        hanging.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    return take(batch);
  }

  private synchronized CompletionStage<SendResult> take(Batch batch) {
    if (!batch.context(0).flow().startsWith(taking)) {
      Failure refusal = new Failure(Disposition.BLOCKED, "Refused", "refused");
      return CompletableFuture.completedFuture(new SendResult.Failed(refusal));
    }
    RecordCursor cursor = new RecordCursor();
    for (int i = 0; i < batch.size(); i++) {
      batch.read(i, cursor);
      records.add(
          new String(
              cursor.array(), cursor.offset(), cursor.length(), StandardCharsets.ISO_8859_1));
    }
    notifyAll();
    if (!holding) {
      return CompletableFuture.completedFuture(SendResult.DELIVERED);
    }
    CompletableFuture<SendResult> reply = new CompletableFuture<>();
    held.add(reply);
    return reply;
  }

  @Override
  public void close() {}
}
