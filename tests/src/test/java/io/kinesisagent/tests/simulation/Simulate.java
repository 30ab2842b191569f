package io.kinesisagent.tests.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** Lives through seeds, prints what happened in them, and tells the history of one that fails. */
public final class Simulate {
  static final int MOST_FAILURES = 20;

  private static final int MOST_SHOWN = 8;

  private Simulate() {}

  /**
   * What came of some seeds.
   *
   * @param failures the seeds in which something was lost or the books did not balance, with what
   * @param repeats the seeds in which nothing was lost but a record came out twice without a reason
   */
  record Outcome(
      long seeds, double seconds, Coverage coverage, List<String> failures, List<String> repeats) {}

  /**
   * {@code --seeds N}, {@code --first N}, {@code --threads N}, {@code --failures N}, {@code --seed
   * N} for the history of one.
   */
  public static void main(String[] args) throws Exception {
    long seeds = 1000;
    long first = 1;
    int threads = Runtime.getRuntime().availableProcessors();
    int most = MOST_FAILURES;
    for (int i = 0; i + 1 < args.length; i += 2) {
      long value = Long.parseLong(args[i + 1]);
      switch (args[i]) {
        case "--seeds" -> seeds = value;
        case "--first" -> first = value;
        case "--threads" -> threads = (int) value;
        case "--failures" -> most = (int) value;
        case "--seed" -> System.exit(replay(value) ? 0 : 1);
        default -> throw new IllegalArgumentException("unknown option " + args[i]);
      }
    }
    Outcome outcome = run(first, seeds, threads, most);
    outcome
        .coverage()
        .counts()
        .forEach((event, times) -> System.out.printf("%,12d  %s%n", times, event));
    outcome.repeats().forEach(System.out::println);
    outcome.failures().forEach(System.out::println);
    System.out.printf(
        "%,d seeds in %.1f s: %,.0f seeds a second, %d lost something, %d repeated something"
            + " without a crash%n",
        outcome.seeds(),
        outcome.seconds(),
        outcome.seeds() / outcome.seconds(),
        outcome.failures().size(),
        outcome.repeats().size());
    System.exit(outcome.failures().isEmpty() && outcome.repeats().isEmpty() ? 0 : 1);
  }

  private static boolean replay(long seed) {
    World world = new World(seed, true);
    List<String> violations = live(world);
    world.history().forEach(System.out::println);
    world.tails().forEach(System.out::println);
    System.out.printf("%d violations%n", violations.size());
    violations.stream().limit(MOST_SHOWN).forEach(System.out::println);
    return violations.isEmpty();
  }

  private static List<String> live(World world) {
    try {
      return world.live();
    } catch (RuntimeException e) {
      StackTraceElement[] trace = e.getStackTrace();
      return List.of(
          e
              + (trace.length > 0
                  ? " at " + trace[0] + " < " + trace[Math.min(1, trace.length - 1)]
                  : ""));
    }
  }

  /**
   * Lives through the seeds from {@code first} on.
   *
   * @param most stops early after so many seeds in which something was wrong
   */
  static Outcome run(long first, long seeds, int threads, int most)
      throws InterruptedException, ExecutionException {
    long start = System.nanoTime();
    AtomicLong next = new AtomicLong(first);
    AtomicLong done = new AtomicLong();
    AtomicBoolean enough = new AtomicBoolean();
    List<String> failures = new ArrayList<>();
    List<String> repeats = new ArrayList<>();
    Coverage coverage = new Coverage();
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> workers = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        workers.add(
            executor.submit(
                () -> {
                  Coverage own = new Coverage();
                  for (long seed = next.getAndIncrement();
                      seed < first + seeds && !enough.get();
                      seed = next.getAndIncrement()) {
                    World world = new World(seed, false);
                    List<String> violations = live(world);
                    own.add(world.coverage());
                    done.incrementAndGet();
                    Optional<String> worst =
                        violations.stream()
                            .filter(violation -> !violation.startsWith(Ledger.REPEATED))
                            .findFirst();
                    if (!violations.isEmpty()) {
                      synchronized (failures) {
                        String said = "seed " + seed + ": " + worst.orElse(violations.get(0));
                        (worst.isPresent() ? failures : repeats).add(said);
                        enough.set(failures.size() + repeats.size() >= most);
                      }
                    }
                  }
                  synchronized (coverage) {
                    coverage.add(own);
                  }
                }));
      }
      for (Future<?> worker : workers) {
        worker.get();
      }
    } finally {
      executor.shutdown();
    }
    return new Outcome(done.get(), (System.nanoTime() - start) / 1e9, coverage, failures, repeats);
  }
}
