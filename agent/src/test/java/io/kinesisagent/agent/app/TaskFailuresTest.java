package io.kinesisagent.agent.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinesisagent.agent.lifecycle.Task;
import io.kinesisagent.spi.Clock;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TaskFailuresTest implements Clock {
  private static final String FIRST =
      "ERROR flow f failed and is started again: java.lang.IllegalStateException: broken";

  private long nanos = 1;

  private record Flow(String role) implements Task {
    @Override
    public int doWork() {
      return 0;
    }

    @Override
    public long idleUntilNanos(long nowNanos) {
      return nowNanos;
    }
  }

  @Test
  void theLastCountIsSaidAMinuteLaterThoughNothingFailsAnyMore() {
    TaskFailures failures = new TaskFailures(this);
    Task task = new Flow("flow f");
    try (SaidLog said = new SaidLog(TaskFailures.class)) {
      for (int i = 0; i < 4; i++) {
        failures.failed(task, new IllegalStateException("broken"));
        pass(failures, 5);
      }
      pass(failures, 39);
      assertThat(said.lines()).containsExactly(FIRST);
      pass(failures, 2);
      assertThat(said.lines())
          .containsExactly(FIRST, FIRST + " (3 times more since it was last said)");
      pass(failures, 300);
      assertThat(said.lines()).hasSize(2);
    }
  }

  /** As its thread calls it: whenever it says that there may be something to do. */
  private void pass(TaskFailures failures, long seconds) {
    long end = nanos + TimeUnit.SECONDS.toNanos(seconds);
    while (nanos < end) {
      assertThat(failures.doWork()).isZero();
      long until = failures.idleUntilNanos(nanos);
      assertThat(until).isGreaterThan(nanos);
      nanos = Math.min(end, until);
    }
  }

  @Override
  public long nanoTime() {
    return nanos;
  }

  @Override
  public long epochMillis() {
    return 0;
  }
}
