package io.kinesisagent.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class JoinedLinesTest {
  private final List<String> shown = new ArrayList<>();
  private final JoinedLines lines =
      new JoinedLines(
          (data, from, to) ->
              shown.add(new String(data, from, to - from, StandardCharsets.US_ASCII)));

  private void take(byte[] data) {
    lines.record(data, 0, data.length);
  }

  @Test
  void aRecordOfOneLineIsThatLine() {
    take("one\n".getBytes(StandardCharsets.US_ASCII));
    take("no end".getBytes(StandardCharsets.US_ASCII));
    take(new byte[0]);

    assertThat(shown).containsExactly("one\n", "no end", "");
  }

  @Test
  void joinedLinesAreTakenApart() {
    take("one\n\nthree\nfour".getBytes(StandardCharsets.US_ASCII));

    assertThat(shown).containsExactly("one\n", "\n", "three\n", "four");
  }

  @Test
  void anAggregatedRecordIsTakenApart() {
    // A key table with "a", then two records with its index and data "xy" and "z\n".
    String message = "0a0161" + "1a06" + "08001a027879" + "1a06" + "08001a027a0a";
    take(HexFormat.of().parseHex("f3899ac2" + message + "00".repeat(16)));

    assertThat(shown).containsExactly("xy", "z\n");
  }

  @Test
  void anAggregatedRecordThatIsCutIsRefused() {
    byte[] cut = HexFormat.of().parseHex("f3899ac2" + "1a30" + "08001a027879" + "00".repeat(16));

    assertThatThrownBy(() -> take(cut)).isInstanceOf(IllegalArgumentException.class);
  }
}
