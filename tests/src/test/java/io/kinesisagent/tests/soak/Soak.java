package io.kinesisagent.tests.soak;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kinesisagent.tests.support.AgentProcess;
import io.kinesisagent.tests.support.Await;
import io.kinesisagent.tests.support.Background;
import io.kinesisagent.tests.support.Faults;
import io.kinesisagent.tests.support.Rotation;
import io.kinesisagent.tests.support.Scene;
import java.nio.file.Path;
import java.time.Duration;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * One run: a writer at a steady rate, and a thread that rotates its file in random ways, kills and
 * stops and starts the agent, and changes what goes wrong at the endpoint. The seed decides what is
 * done and when; how it falls out with the agent's own pace differs from run to run.
 */
final class Soak implements AutoCloseable {
  private static final int LINES_PER_SECOND = 5_000;
  private static final Rotation[] STYLES = {
    Rotation.RENAME, Rotation.COPY_TRUNCATE, Rotation.NEW_NAME, Rotation.DELETE, Rotation.REPLACE
  };

  private final Scene scene;
  private final SplittableRandom random;
  private final Generations generations;
  private final Map<Rotation, Integer> rotations = new EnumMap<>(Rotation.class);
  private final StringBuilder history = new StringBuilder();
  private final long start = System.nanoTime();
  private AgentProcess agent;
  private int kills;
  private int stops;
  private int logBefore;
  private long repeatable;

  Soak(Path folder, long seed) {
    this.scene = new Scene(folder, seed);
    this.random = new SplittableRandom(seed);
    this.generations = new Generations(scene.writer(), scene.ledger());
    ObjectNode settings = scene.settings("app*");
    ((ObjectNode) settings.at("/flows/0"))
        .put("retryInitialBackoffMillis", 20)
        .put("retryMaxBackoffMillis", 500);
    scene.workspace().configure(settings);
  }

  /** Runs for {@code length}, then lets everything arrive that can. */
  Outcome run(Duration length) {
    agent = scene.start();
    Background.writing(
        scene.writer(),
        LINES_PER_SECOND,
        () -> {
          long end = System.nanoTime() + length.toNanos();
          while (System.nanoTime() - end < 0) {
            pause(50 + random.nextInt(1_000));
            step();
          }
        });
    scene.server().faults(Faults.NONE);
    note("writing ends");
    BitSet excused = generations.excused();
    agent.until(
        "all that could be read arrives",
        Scene.PATIENCE,
        () -> unexplained(excused).isEmpty(),
        () -> ranges(unexplained(excused)) + " have not arrived");
    note("all has arrived");
    agent.terminateCleanly();
    generations.end(ReportedGaps.of(agent.log()));
    BitSet missing = missing();
    return new Outcome(
        missing.cardinality(),
        generations.bytes(missing),
        generations.gap(),
        agent.log(),
        repeatable + scene.server().acceptedAndCut());
  }

  private void step() {
    int choice = random.nextInt(100);
    if (choice < 60) {
      rotate(STYLES[random.nextInt(STYLES.length)]);
    } else if (choice < 72) {
      killAndStart();
    } else if (choice < 78) {
      stopAndStart();
    } else {
      fail();
    }
  }

  private void rotate(Rotation style) {
    note("rotate " + style);
    rotations.merge(style, 1, Integer::sum);
    generations.rotate(style, agent);
  }

  private void killAndStart() {
    note("kill");
    kills++;
    agent.kill();
    startAgain();
  }

  /** While the endpoint fails, a stop leaves what was accepted behind a gap to the next start. */
  private void stopAndStart() {
    note("stop");
    stops++;
    int status = agent.terminate();
    if (!agent.log().substring(logBefore).contains("FlowRoster")) {
      // A JVM that is still starting knows no orderly stop; its status is what it happens to be.
      note("it was not up yet, and so was killed");
    } else if (status != 0) {
      throw new AssertionError("a stop ended with " + status + "\n" + agent.log());
    }
    startAgain();
  }

  private void startAgain() {
    int down = random.nextInt(2_000);
    for (int rotation = random.nextInt(3); rotation > 0; rotation--) {
      pause(down / 3);
      rotate(STYLES[random.nextInt(STYLES.length)]);
    }
    pause(down / 3);
    repeatable += generations.agentStarts(scene.workspace().checkpoints());
    note("start");
    logBefore = agent.log().length();
    agent = scene.start();
  }

  private void fail() {
    Faults faults =
        switch (random.nextInt(4)) {
          case 0 -> new Faults(0.2, 0.1, 0.05, 10, 0);
          case 1 -> new Faults(0, 0.5, 0.1, 0, 0);
          case 2 -> new Faults(0, 0, 0, 100, 20_000);
          default -> Faults.NONE;
        };
    note(faults.toString());
    scene.server().faults(faults);
  }

  private BitSet missing() {
    return scene.ledger().missing(scene.writer().lines(), scene.writer().written());
  }

  private BitSet unexplained(BitSet excused) {
    BitSet missing = missing();
    missing.andNot(excused);
    return missing;
  }

  private static String ranges(BitSet numbers) {
    StringBuilder ranges = new StringBuilder("lines");
    for (int from = numbers.nextSetBit(0); from >= 0; ) {
      int end = numbers.nextClearBit(from);
      ranges.append(' ').append(from).append('-').append(end - 1);
      from = numbers.nextSetBit(end);
    }
    return ranges.toString();
  }

  Scene scene() {
    return scene;
  }

  /** What was done, a line each. */
  String history() {
    return history.toString();
  }

  /** What was done, in figures. */
  String mix() {
    return String.format(
        "%d lines in %d s, rotations %s, %d kills, %d stops, %d requests, %d failures",
        scene.writer().written(),
        TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start),
        rotations,
        kills,
        stops,
        scene.server().requests(),
        scene.server().failures());
  }

  private void note(String event) {
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    history.append(
        String.format("%8d ms  line %8d  %s%n", millis, scene.writer().written(), event));
  }

  private static void pause(long millis) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    Await.until("the pause ends", Duration.ofMinutes(1), () -> System.nanoTime() - end >= 0);
  }

  @Override
  public void close() {
    scene.close();
  }

  /**
   * How it ended.
   *
   * @param missingLines lines that never arrived, all of them destroyed before they could be read
   * @param gap what the script knows to have been destroyed unread
   * @param log all that the agents logged
   * @param repeatable how many arrivals were in no checkpoint when their agent ended, or accepted
   *     without an answer
   */
  record Outcome(
      long missingLines, long missingBytes, Generations.Gap gap, String log, long repeatable) {}
}
