package io.kinesisagent.tests.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinesisagent.tests.support.Checkout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulationTest {
  private static final long SEEDS = Long.getLong("seeds", Checkout.longRun() ? 200_000 : 4_000);

  @Test
  void noSeedLosesOrRepeatsALineOrLeavesTheBooksUnbalanced() throws Exception {
    holds(1, SEEDS);
  }

  @Test
  void norWhereWritersSetRoomAside() throws Exception {
    holds(-SEEDS / 4, SEEDS / 4);
  }

  private static void holds(long first, long seeds) throws Exception {
    Simulate.Outcome outcome = Simulate.run(first, seeds, 2, Simulate.MOST_FAILURES);
    System.out.printf(
        "simulation: %,d seeds, %,.0f a second%n",
        outcome.seeds(), outcome.seeds() / outcome.seconds());
    assertThat(outcome.failures()).as("replay one with bin/simulate --seed N").isEmpty();
    assertThat(outcome.repeats()).as("replay one with bin/simulate --seed N").isEmpty();
    assertThat(outcome.seeds()).isEqualTo(seeds);
  }

  /** Each of these once failed: for a bug in the engine, or in what the simulation held it to. */
  @ParameterizedTest
  @ValueSource(
      longs = {
        228, 534, 622, 813, 1262, 1421, 1776, 1823, 1850, 1856, 2011, 2265, 2507, 2980, 3475, 3642,
        4901, 6326, 6412, 6721, 8823, 13458, 20705, 20774, 33390, 37410, 45302, 1847, 9154, 33238,
        38575, 39759, 41416, 45519, 46634, 47292, 48273, 5123, 62442, 104051, 159730, 229608,
        234993, 335448, 55976, 13757, 14693, 85005, 39154, 157096, 190662, 179607, 1112599, 1063360,
        1378861, 197184, 15284, 127544, 1008364, 1323556, 3126504, 3060160, 11004139, 13264604,
        13520144, 13566164, 13712332, 15038145, 15039384, 16017695, 16019680, 17153195, -18065185,
        -18083477, -18108744, -18147982, -19154404, 21055764, 106, 2094, 2307, 4351, 5975, 6938,
        94231, 29704, 41064644, 41115856
      })
  void aSeedThatOnceFailed(long seed) throws Exception {
    Simulate.Outcome outcome = Simulate.run(seed, 1, 1, 1);
    assertThat(outcome.failures()).isEmpty();
    assertThat(outcome.repeats()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {3, 1847, 3389, 9154, 33238, 38575})
  void aSeedReplaysExactly(long seed) {
    World once = new World(seed, true);
    World again = new World(seed, true);
    assertThat(again.live()).isEqualTo(once.live());
    assertThat(again.history()).isEqualTo(once.history());
  }

  @Test
  void everyHazardReallyHappens() throws Exception {
    Coverage coverage = Simulate.run(1, 200, 2, Simulate.MOST_FAILURES).coverage();
    for (SimWriter.Style style : SimWriter.Style.values()) {
      String name = "rotation " + style.name().toLowerCase(java.util.Locale.ROOT);
      assertThat(coverage.of(name)).as(name).isPositive();
    }
    assertThat(
            new String[] {
              "copy recognised",
              "crash between acceptance and acknowledgement",
              "crash of the machine",
              "crash with a request on its way",
              "clean stop",
              "directory unreadable",
              "disk full for checkpoints",
              "file events lost",
              "file renamed within a line",
              "file unreadable",
              "gap reported",
              "giant line",
              "handle gone stale",
              "line destroyed before it could be kept",
              "line dropped by rule",
              "line passed over by a start at the end",
              "line written in two pieces",
              "message of several parts delivered",
              "read that failed",
              "record dead-lettered",
              "piece of a giant line",
              "record of several lines delivered",
              "several records made of a line",
              "record repeated after a crash",
              "reload",
              "request blocked",
              "request rejected as a whole",
              "request taken and cut",
              "request taken in part",
              "request throttled",
              "room set aside",
              "stop that ran out of time",
              "torn end delivered",
              "wall clock stepped",
              "writer between two operations of the agent"
            })
        .allSatisfy(event -> assertThat(coverage.of(event)).as(event).isPositive());
  }
}
