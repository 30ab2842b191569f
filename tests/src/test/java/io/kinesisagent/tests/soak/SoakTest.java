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
        System.out.printf(
            "soak, seed %d: %s%n  0 lost; destroyed unread %d lines, %d bytes; repeated %d, explained %d%n",
            seed,
            soak.mix(),
            outcome.gapLines(),
            outcome.gapBytes(),
            account.repeated(),
            outcome.repeatable());
        assertThat(account.foreign()).as(account.toString()).isZero();
        assertThat(account.repeated()).isLessThanOrEqualTo(outcome.repeatable());
      } catch (AssertionError e) {
        throw new AssertionError("seed " + seed + "\n" + soak.history() + soak.mix(), e);
      }
    }
  }
}
