package io.kinesisagent.spi;

import java.util.Map;
import java.util.Objects;

/** What came of sending a batch. */
public sealed interface SendResult {
  /** Every record was taken, durably as far as the destination promises it. */
  record Delivered() implements SendResult {}

  /**
   * Some records were taken and some not.
   *
   * @param failed the failure of each record that was not taken, by its index in the batch; not
   *     empty
   */
  record Partial(Map<Integer, Failure> failed) implements SendResult {
    public Partial {
      failed = Map.copyOf(failed);
      if (failed.isEmpty()) {
        throw new IllegalArgumentException("a partial result names at least one failed record");
      }
    }
  }

  /** No record is known to have been taken. */
  record Failed(Failure failure) implements SendResult {
    public Failed {
      Objects.requireNonNull(failure, "failure");
    }
  }

  /** The only instance that anybody needs of {@link Delivered}. */
  SendResult DELIVERED = new Delivered();
}
