package io.kinesisagent.tests.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LedgerTest {
  private final Lines lines = new Lines('a', 7);
  private final Ledger ledger = new Ledger(lines, new Lines('b', 7));

  @Test
  void tellsWhatIsLostRepeatedAndForeign() {
    for (long number : new long[] {0, 1, 3, 3, 3, 6000}) {
      accept(lines.line(number));
    }
    byte[] damaged = lines.line(4);
    damaged[damaged.length / 2]++;
    accept(damaged);
    accept(Arrays.copyOf(lines.line(5), lines.line(5).length - 1));

    Ledger.Account account = ledger.account(lines, 5);

    assertThat(account.lost()).isEqualTo(2);
    assertThat(account.lostSamples()).containsExactly(2L, 4L);
    assertThat(account.repeated()).isEqualTo(2);
    assertThat(account.foreign()).isEqualTo(2);
    assertThat(ledger.distinct()).isEqualTo(4);
    assertThat(ledger.arrived(lines, 6000)).isTrue();
    assertThat(ledger.arrived(lines, 6001)).isFalse();
  }

  @Test
  void linesAreOneLineEachAndDifferByWriterSeedAndNumber() {
    for (int number = 0; number < 5000; number++) {
      byte[] line = lines.line(number);
      assertThat(line[line.length - 1]).isEqualTo((byte) '\n');
      assertThat(lines.number(line)).isEqualTo(number);
      for (int i = 0; i < line.length - 1; i++) {
        if (line[i] == '\n') {
          throw new AssertionError("a newline within line " + number);
        }
      }
    }
    assertThat(new Lines('b', 7).number(lines.line(1))).isEqualTo(-1);
    assertThat(new Lines('a', 8).number(lines.line(1))).isEqualTo(-1);
  }

  @ParameterizedTest
  @EnumSource(
      value = Rotation.class,
      names = {"RENAME", "COPY_TRUNCATE", "NEW_NAME"})
  void aWriterKeepsEachLineInExactlyOneFile(Rotation style, @TempDir Path folder)
      throws java.io.IOException {
    try (LogWriter writer = new LogWriter(folder, lines)) {
      for (int i = 0; i < 5; i++) {
        writer.write(100);
        writer.rotate(style);
      }
      writer.write(7);
      assertThat(writer.written()).isEqualTo(507);
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).hasSize(6);
    }
    new Deliveries(folder).enter(ledger);
    assertThat(ledger.account(lines, 507))
        .returns(0L, Ledger.Account::lost)
        .returns(0L, Ledger.Account::repeated)
        .returns(0L, Ledger.Account::foreign);
  }

  @ParameterizedTest
  @EnumSource(
      value = Rotation.class,
      names = {"DELETE", "REPLACE", "TRUNCATE"})
  void aWriterThatDestroysKeepsOnlyWhatFollows(Rotation style, @TempDir Path folder) {
    try (LogWriter writer = new LogWriter(folder, lines)) {
      writer.write(100);
      writer.rotate(style);
      writer.write(50);
      assertThat(writer.firstInFile()).isEqualTo(100);
    }
    new Deliveries(folder).enter(ledger);
    assertThat(ledger.account(lines, 150))
        .returns(100L, Ledger.Account::lost)
        .returns(0L, Ledger.Account::repeated);
  }

  private void accept(byte[] data) {
    ledger.accepted("stream", "key", data);
  }
}
