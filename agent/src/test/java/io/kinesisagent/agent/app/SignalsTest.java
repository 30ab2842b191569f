package io.kinesisagent.agent.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** With signals that a JVM and a build leave alone. */
class SignalsTest {
  @Test
  void aSignalThatCameBeforeItsHandlerIsHandled() throws Exception {
    CountDownLatch handled = new CountDownLatch(1);
    assertThat(Signals.keep("WINCH")).isTrue();
    send("WINCH");
    Signals.handle("WINCH", handled::countDown);

    assertThat(handled.await(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void eachSignalAfterThatIsHandledToo() throws Exception {
    CountDownLatch first = new CountDownLatch(1);
    CountDownLatch both = new CountDownLatch(2);
    Runnable action =
        () -> {
          first.countDown();
          both.countDown();
        };
    assertThat(Signals.handle("URG", action)).isTrue();
    send("URG");
    assertThat(first.await(30, TimeUnit.SECONDS)).isTrue();
    send("URG");
    assertThat(both.await(30, TimeUnit.SECONDS)).isTrue();
  }

  private static void send(String name) throws Exception {
    String self = Long.toString(ProcessHandle.current().pid());
    assertThat(new ProcessBuilder("kill", "-" + name, self).start().waitFor()).isZero();
  }
}
