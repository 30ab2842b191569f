package io.kinesisagent.tests.simulation;

import io.kinesisagent.spi.Backend;
import io.kinesisagent.spi.Batch;
import io.kinesisagent.spi.BatchLimits;
import io.kinesisagent.spi.Disposition;
import io.kinesisagent.spi.Failure;
import io.kinesisagent.spi.RecordCursor;
import io.kinesisagent.spi.SendResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;

/**
 * A destination that delays, answers out of order, takes some records of a request and not others,
 * throttles, takes a request and cuts the line, and is away for a while.
 */
final class SimBackend implements Backend {
  static final String POISON = "POISON";

  private static final class Request {
    private final List<String> records;
    private final CompletableFuture<SendResult> result = new CompletableFuture<>();
    private final long dueNanos;

    Request(List<String> records, long dueNanos) {
      this.records = records;
      this.dueNanos = dueNanos;
    }
  }

  private final BatchLimits limits;
  private final SimClock clock;
  private final RandomGenerator random;
  private final Ledger ledger;
  private final Coverage coverage;
  private final List<Request> pending = new ArrayList<>();
  private boolean away;
  private boolean faultless;

  SimBackend(
      BatchLimits limits,
      SimClock clock,
      RandomGenerator random,
      Ledger ledger,
      Coverage coverage) {
    this.limits = limits;
    this.clock = clock;
    this.random = random;
    this.ledger = ledger;
    this.coverage = coverage;
  }

  void away(boolean now) {
    away = now;
  }

  void faultless() {
    faultless = true;
    away = false;
  }

  @Override
  public BatchLimits limits() {
    return limits;
  }

  @Override
  public CompletionStage<SendResult> send(Batch batch) {
    List<String> records = new ArrayList<>(batch.size());
    Map<String, Long> upTo = new HashMap<>();
    RecordCursor cursor = new RecordCursor();
    for (int i = 0; i < batch.size(); i++) {
      batch.read(i, cursor);
      records.add(
          new String(
              cursor.array(), cursor.offset(), cursor.length(), StandardCharsets.ISO_8859_1));
      String id = batch.context(i).recordId();
      String generation = id.substring(0, id.indexOf(':'));
      long offset = batch.context(i).offset();
      Long before = upTo.put(generation, offset);
      if (before != null && before > offset) {
        ledger.outOfOrder(records.get(i), before, offset);
      }
    }
    Request request = new Request(records, clock.nanoTime() + random.nextLong(300_000_000L));
    pending.add(request);
    return request.result;
  }

  /** Answers what is due. */
  boolean answer() {
    boolean any = false;
    for (Request request : new ArrayList<>(pending)) {
      if (request.dueNanos - clock.nanoTime() <= 0) {
        pending.remove(request);
        request.result.complete(outcome(request));
        any = true;
      }
    }
    return any;
  }

  long nextDueNanos() {
    return pending.stream().mapToLong(request -> request.dueNanos).min().orElse(Long.MAX_VALUE);
  }

  /** The agent dies: what it had sent may arrive all the same. */
  void abandonAll() {
    for (Request request : pending) {
      if (random.nextBoolean()) {
        coverage.count("crash between acceptance and acknowledgement");
        request.records.forEach(record -> accept(record, true));
      } else {
        coverage.count("crash with a request on its way");
      }
    }
    pending.clear();
  }

  private void accept(String record, boolean ambiguous) {
    if (!record.contains(POISON)) {
      ledger.delivered(record, ambiguous);
    }
  }

  private SendResult outcome(Request request) {
    if (away) {
      coverage.count("request failed: destination away");
      return new SendResult.Failed(new Failure(Disposition.RETRY, "Unreachable", "away"));
    }
    boolean poisoned = request.records.stream().anyMatch(record -> record.contains(POISON));
    int dice = faultless ? 100 : random.nextInt(100);
    if (dice < 5) {
      coverage.count("request failed");
      return failed(Disposition.RETRY);
    }
    if (dice < 9) {
      coverage.count("request throttled");
      return failed(Disposition.THROTTLED);
    }
    if (dice < 10) {
      coverage.count("request blocked");
      return failed(Disposition.BLOCKED);
    }
    if (poisoned && (dice < 60 || faultless)) {
      coverage.count("request rejected as a whole");
      return failed(Disposition.REJECTED);
    }
    if (dice < 15) {
      coverage.count("request taken and cut");
      request.records.forEach(record -> accept(record, true));
      return failed(Disposition.RETRY);
    }
    if (dice < 30 || poisoned) {
      return partial(request);
    }
    coverage.count("request delivered");
    request.records.forEach(record -> accept(record, false));
    return SendResult.DELIVERED;
  }

  private static SendResult failed(Disposition disposition) {
    return new SendResult.Failed(new Failure(disposition, disposition.name(), "simulated"));
  }

  private SendResult partial(Request request) {
    Map<Integer, Failure> failed = new HashMap<>();
    for (int i = 0; i < request.records.size(); i++) {
      String record = request.records.get(i);
      if (record.contains(POISON)) {
        failed.put(i, new Failure(Disposition.REJECTED, "Poison", "never"));
      } else if (random.nextInt(3) == 0) {
        Disposition why = random.nextBoolean() ? Disposition.RETRY : Disposition.THROTTLED;
        failed.put(i, new Failure(why, why.name(), "simulated"));
      } else {
        ledger.delivered(record, false);
      }
    }
    coverage.count(failed.isEmpty() ? "request delivered" : "request taken in part");
    return failed.isEmpty() ? SendResult.DELIVERED : new SendResult.Partial(failed);
  }

  @Override
  public void close() {}
}
