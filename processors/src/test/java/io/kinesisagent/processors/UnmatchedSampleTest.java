package io.kinesisagent.processors;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UnmatchedSampleTest {
  private final Logger logger = Logger.getLogger(UnmatchedSample.class.getName());
  private final Level levelBefore = logger.getLevel();
  private final List<String> shown = new ArrayList<>();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord entry) {
          shown.add(new SimpleFormatter().formatMessage(entry));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };
  private final TestContext context = new TestContext();
  private final UnmatchedSample sample = new UnmatchedSample("LOGTOJSON SYSLOG", context);

  @BeforeEach
  void listen() {
    logger.setLevel(Level.WARNING);
    logger.addHandler(handler);
  }

  @AfterEach
  void listenNoMore() {
    logger.removeHandler(handler);
    logger.setLevel(levelBefore);
  }

  @Test
  void aLineIsShownOnceAMinute() {
    show("one of the lines that do not match");
    show("two of them");
    context.nanoTime.addAndGet(TimeUnit.MINUTES.toNanos(1));
    show("three of the lines that do not match");
    assertThat(shown).hasSize(2);
    assertThat(shown.get(0))
        .contains("kinesis:stream:/var/log/app*", "LOGTOJSON SYSLOG")
        .endsWith(" \"one of the \"… (34 bytes)");
    assertThat(shown.get(1)).contains("\"three of the");
  }

  @Test
  void itIsCutAndItsControlCharactersDoNothing() {
    show("\u001b[31m\n" + "x".repeat(500));
    assertThat(shown.get(0))
        .endsWith(" \"\\u001B[31m\\n" + "x".repeat(74) + "\"… (506 bytes)")
        .hasSizeLessThan(200);
  }

  @Test
  void aThirdOfALineIsShownAtMostCutBetweenCharacters() {
    show("12345é" + "-".repeat(12));
    assertThat(shown.get(0)).endsWith(" \"12345\"… (19 bytes)");
  }

  @Test
  void ofAShortLineNothingIsShown() {
    show("secret 12345678");
    assertThat(shown.get(0)).endsWith("LOGTOJSON SYSLOG: … (15 bytes)");
  }

  private void show(String line) {
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    sample.show(bytes, 0, bytes.length);
  }
}
