package io.kinesisagent.agent.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinesisagent.spi.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FoldedLogTest implements Clock {
  private final Logger logger = (Logger) LogManager.getLogger(FoldedLogTest.class);
  private final List<String> said = new ArrayList<>();
  private final List<Throwable> causes = new ArrayList<>();
  private final Recorder recorder = new Recorder();
  private long nanos = Long.MAX_VALUE - 5;

  private final class Recorder extends AbstractAppender {
    Recorder() {
      super("recorder", null, null, true, Property.EMPTY_ARRAY);
    }

    @Override
    public void append(LogEvent event) {
      said.add(event.getLevel() + " " + event.getMessage().getFormattedMessage());
      causes.add(event.getThrown());
    }
  }

  @BeforeEach
  void record() {
    recorder.start();
    logger.addAppender(recorder);
    logger.setAdditive(false);
    logger.setLevel(Level.ALL);
  }

  @AfterEach
  void stop() {
    logger.removeAppender(recorder);
  }

  @Test
  void whatRepeatsIsSaidAtOnceAndThenOnceAMinuteWithItsCount() {
    FoldedLog log = new FoldedLog(logger, this);
    for (int second = 0; second < 150; second++) {
      log.say(Level.ERROR, "send", "refused");
      nanos += TimeUnit.SECONDS.toNanos(1);
    }
    assertThat(said)
        .containsExactly(
            "ERROR refused",
            "ERROR refused (59 times more since it was last said)",
            "ERROR refused (59 times more since it was last said)");
  }

  @Test
  void whatStopsWithinItsMinuteIsSummedUpAMinuteAfterItWasSaid() {
    FoldedLog log = new FoldedLog(logger, this);
    for (int i = 0; i < 1000; i++) {
      log.say(Level.WARN, "send", "refused " + i);
      nanos += TimeUnit.MILLISECONDS.toNanos(20);
      log.sayWhatIsDue();
    }
    assertThat(said).containsExactly("WARN refused 0");
    for (int second = 20; second < 200; second++) {
      nanos += TimeUnit.SECONDS.toNanos(1);
      log.sayWhatIsDue();
    }
    assertThat(said)
        .containsExactly(
            "WARN refused 0", "WARN refused 999 (999 times more since it was last said)");
  }

  @Test
  void whatIsCountedIsSaidBeforeItIsForgottenForVeryManyOtherKinds() {
    FoldedLog log = new FoldedLog(logger, this);
    log.say(Level.ERROR, "a", "one");
    log.say(Level.ERROR, "a", "two");
    log.say(Level.ERROR, "a", "three");
    for (int i = 0; i < 1000; i++) {
      log.say(Level.WARN, "kind " + i, "other");
    }
    assertThat(said)
        .contains("ERROR three (2 times more since it was last said)")
        .filteredOn(line -> line.contains("times more"))
        .hasSize(1);
  }

  @Test
  void anotherKindIsSaidAtOnce() {
    FoldedLog log = new FoldedLog(logger, this);
    IllegalStateException cause = new IllegalStateException("cause");
    log.say(Level.WARN, "a", "one", cause);
    log.say(Level.WARN, "a", "one", cause);
    log.say(Level.WARN, "b", "two");
    assertThat(said).containsExactly("WARN one", "WARN two");
    assertThat(causes).containsExactly(cause, null);
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
