package io.kinesisagent.tests.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinesisagent.tests.support.Checkout;
import io.kinesisagent.tests.support.Ledger;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/soak} runs this for longer, with a seed of its own: soak.seconds, soak.seed. */
class SoakTest {
  @TempDir Path folder;

  @Test
  void whateverCouldBeReadArrivesAndRepeatsAreExplained() {
    long seed = Long.getLong("soak.seed", 1);
    Duration length =
        Duration.ofSeconds(Integer.getInteger("soak.seconds", Checkout.longRun() ? 180 : 25));
    try (Soak soak = new Soak(folder, seed)) {
      try {
        Soak.Outcome outcome = soak.run(length);
        Ledger.Account account = soak.scene().account();
        long reported =
            ReportedGaps.of(outcome.log()).stream().mapToLong(ReportedGaps.Told::bytes).sum();
        long unexplained = soak.scene().ledger().unexplained(soak.scene().writer().lines());
        System.out.printf(
            "soak, seed %d: %s%n"
                + "  0 lost of what could be read; repeated %d, explained %d, of checkpointed lines %d%n"
                + "  destroyed unread: %d lines, %d bytes = %d reported - %d that arrived all the same"
                + " + %d written behind the last look; the agent reported %d%n",
            seed,
            soak.mix(),
            account.repeated(),
            outcome.repeatable(),
            unexplained,
            outcome.missingLines(),
            outcome.missingBytes(),
            outcome.gap().reported,
            outcome.gap().arrived,
            outcome.gap().unseen,
            reported);
        assertThat(account.foreign()).as(account.toString()).isZero();
        assertThat(account.repeated()).isLessThanOrEqualTo(outcome.repeatable());
        assertThat(unexplained).as("repeats of what a checkpoint held").isZero();
        assertThat(outcome.missingBytes()).isEqualTo(outcome.gap().neverArrived());
        assertThat(reported)
            .as(() -> "what the agent reports as lost:\n" + ReportedGaps.all(outcome.log()))
            .isEqualTo(outcome.gap().reported);
      } catch (AssertionError e) {
        throw new AssertionError("seed " + seed + "\n" + soak.history() + soak.mix(), e);
      }
    }
  }
}
