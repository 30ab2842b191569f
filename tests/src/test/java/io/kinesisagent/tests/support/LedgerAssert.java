package io.kinesisagent.tests.support;

import org.assertj.core.api.AbstractAssert;

/** Assertions on what became of a writer's lines. */
public final class LedgerAssert extends AbstractAssert<LedgerAssert, Ledger.Account> {
  private LedgerAssert(Ledger.Account account) {
    super(account, LedgerAssert.class);
  }

  public static LedgerAssert assertThat(Ledger.Account account) {
    return new LedgerAssert(account);
  }

  /** Every line arrived, and nothing but lines. */
  public LedgerAssert lostNothing() {
    if (actual.written() == 0) {
      failWithMessage("nothing was written");
    }
    if (actual.lost() != 0 || actual.foreign() != 0) {
      failWithMessage("lost or damaged lines: %s", actual);
    }
    return this;
  }

  /** No line arrived more than once. */
  public LedgerAssert repeatedNothing() {
    return repeatedAtMost(0);
  }

  /** At most {@code bound} arrivals were of lines that had arrived before. */
  public LedgerAssert repeatedAtMost(long bound) {
    if (actual.repeated() > bound) {
      failWithMessage("more than %s repeats: %s", bound, actual);
    }
    return this;
  }
}
