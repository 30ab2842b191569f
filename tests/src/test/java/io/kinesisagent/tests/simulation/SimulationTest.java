package io.kinesisagent.tests.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SimulationTest {
  private static final long SEEDS = Long.getLong("seeds", 600);

  @Test
  void noSeedLosesALineOrLeavesTheBooksUnbalanced() throws Exception {
    Simulate.Outcome outcome = Simulate.run(1, SEEDS, 2);
    System.out.printf(
        "simulation: %,d seeds, %,.0f a second; %d of them repeated a record without a crash%n",
        outcome.seeds(), outcome.seeds() / outcome.seconds(), outcome.repeats().size());
    assertThat(outcome.failures()).as("replay one with bin/simulate --seed N").isEmpty();
    assertThat(outcome.seeds()).isEqualTo(SEEDS);
  }

  @Test
  void everyHazardReallyHappens() throws Exception {
    Coverage coverage = Simulate.run(1, 200, 2).coverage();
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
              "file unreadable",
              "gap reported",
              "giant line",
              "line destroyed before it could be kept",
              "line written in two pieces",
              "record dead-lettered",
              "record repeated after a crash",
              "request blocked",
              "request rejected as a whole",
              "request taken and cut",
              "request taken in part",
              "request throttled",
              "stop that ran out of time",
              "torn end delivered",
              "wall clock stepped",
              "writer between two operations of the agent"
            })
        .allSatisfy(event -> assertThat(coverage.of(event)).as(event).isPositive());
  }
}
