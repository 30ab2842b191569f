package io.kinesisagent.agent.app;

import io.kinesisagent.agent.lifecycle.Task;
import io.kinesisagent.spi.Clock;
import io.kinesisagent.spi.Disposition;
import io.kinesisagent.spi.Failure;
import io.kinesisagent.spi.Measurement;
import io.kinesisagent.spi.MetricsPublisher;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * Takes the measurements of each period to a publisher, with one call under way at most. While the
 * publisher takes nothing they are kept up to its bound, and the oldest go first. Owned by the
 * thread that runs it.
 */
final class MetricsFeed implements Task {
  private static final Logger LOG = LogManager.getLogger(MetricsFeed.class);
  private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final List<String> COUNTED =
      List.of(
          "RecordsSent",
          "RecordSendAttempts",
          "RecordSendErrors",
          "ServiceErrors",
          "ConsecutiveProcessingErrors",
          "RecordsDeadLettered");

  private final MetricsPublisher publisher;
  private final Supplier<List<RunningFlow>> flows;
  private final Clock clock;
  private final FoldedLog log;
  private final Deque<Measurement> queue = new ArrayDeque<>();
  private List<Measurement> underWay = List.of();
  private CompletableFuture<Optional<Failure>> call;
  private long dueNanos;
  private long retryNanos;

  /**
   * @param flows gives the flows that run now
   */
  MetricsFeed(MetricsPublisher publisher, Supplier<List<RunningFlow>> flows, Clock clock) {
    this.publisher = publisher;
    this.flows = flows;
    this.clock = clock;
    this.log = new FoldedLog(LOG, clock);
    this.dueNanos = clock.nanoTime() + periodNanos();
    this.retryNanos = clock.nanoTime();
  }

  private long periodNanos() {
    return TimeUnit.MILLISECONDS.toNanos(publisher.periodMillis());
  }

  @Override
  public String role() {
    return "metrics";
  }

  @Override
  public int doWork() {
    long now = clock.nanoTime();
    int work = finish(now);
    if (now - dueNanos >= 0) {
      dueNanos = now + periodNanos();
      measure();
      log.sayWhatIsDue();
      work++;
    }
    if (call == null && !queue.isEmpty() && now - retryNanos >= 0) {
      publish();
      work++;
    }
    return work;
  }

  @Override
  public long idleUntilNanos(long nowNanos) {
    return call == null && !queue.isEmpty() ? Math.min(dueNanos, retryNanos) : dueNanos;
  }

  /** Measures what is left and offers it once, for a stop. */
  void last(long withinMillis) throws InterruptedException {
    measure();
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(withinMillis);
    while (!(queue.isEmpty() && call == null) && System.nanoTime() - deadline < 0) {
      if (call == null) {
        publish();
      }
      CompletableFuture<?> settled = call.handle((done, defect) -> null);
      try {
        settled.get(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
      } catch (java.util.concurrent.TimeoutException | java.util.concurrent.ExecutionException e) {
        return;
      }
      long before = queue.size();
      finish(clock.nanoTime());
      if (queue.size() > before) {
        return;
      }
    }
  }

  void close() {
    publisher.close();
  }

  private void publish() {
    underWay = new ArrayList<>();
    while (!queue.isEmpty() && underWay.size() < publisher.maxPerCall()) {
      underWay.add(queue.poll());
    }
    try {
      call = publisher.publish(underWay).toCompletableFuture();
    } catch (RuntimeException e) {
      call = CompletableFuture.failedFuture(e);
    }
  }

  private int finish(long now) {
    if (call == null || !call.isDone()) {
      return 0;
    }
    Optional<Failure> failure =
        call.handle(
                (result, defect) ->
                    defect == null
                        ? result
                        : Optional.of(
                            new Failure(Disposition.RETRY, "PublisherDefect", defect.toString())))
            .join();
    call = null;
    failure.ifPresent(f -> failed(f, now));
    underWay = List.of();
    return 1;
  }

  private void failed(Failure failure, long now) {
    log.say(
        Level.WARN,
        failure.code(),
        "metrics cannot be published ("
            + failure.code()
            + ", "
            + failure.detail()
            + "); shipping is not affected. \"cloudwatch.emitMetrics\": false turns them off");
    retryNanos = now + RETRY_NANOS;
    if (failure.disposition() != Disposition.REJECTED) {
      for (int i = underWay.size() - 1; i >= 0; i--) {
        queue.addFirst(underWay.get(i));
      }
      bound();
    }
  }

  private void bound() {
    while (queue.size() > publisher.maxQueued()) {
      queue.poll();
    }
  }

  private void measure() {
    Map<String, List<RunningFlow>> byDestination = new LinkedHashMap<>();
    for (RunningFlow flow : flows.get()) {
      byDestination
          .computeIfAbsent(flow.config().destination().metricName(), k -> new ArrayList<>())
          .add(flow);
    }
    byDestination.forEach(this::measure);
    bound();
  }

  private void measure(String destination, List<RunningFlow> flows) {
    add("BytesSent", Measurement.Unit.BYTES, destination, merged("BytesSent", flows));
    for (String name : COUNTED) {
      add(name, Measurement.Unit.COUNT, destination, merged(name, flows));
    }
    long bytes = 0;
    long files = 0;
    long records = 0;
    for (RunningFlow flow : flows) {
      FlowStatus status = flow.status();
      bytes += status.lag().bytes();
      files += status.lag().filesBehind();
      records += status.recordsBehind();
    }
    add("BytesBehind", Measurement.Unit.BYTES, destination, Optional.of(one(bytes)));
    add("FilesBehind", Measurement.Unit.COUNT, destination, Optional.of(one(files)));
    add("RecordsBehind", Measurement.Unit.COUNT, destination, Optional.of(one(records)));
  }

  private static Measurement.Values one(long count) {
    double value = (double) count;
    return new Measurement.Values(1, value, value, value);
  }

  private static Optional<Measurement.Values> merged(String name, List<RunningFlow> flows) {
    return flows.stream()
        .flatMap(flow -> flow.gear().metrics().statistic(name).take().stream())
        .reduce(
            (a, b) ->
                new Measurement.Values(
                    a.samples() + b.samples(),
                    a.sum() + b.sum(),
                    Math.min(a.minimum(), b.minimum()),
                    Math.max(a.maximum(), b.maximum())));
  }

  private void add(
      String name, Measurement.Unit unit, String destination, Optional<Measurement.Values> values) {
    values.ifPresent(
        v -> queue.add(new Measurement(name, unit, destination, v, clock.epochMillis())));
  }
}
