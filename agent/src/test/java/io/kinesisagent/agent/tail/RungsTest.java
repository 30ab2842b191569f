package io.kinesisagent.agent.tail;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class RungsTest {
  private static final int LINE = 10;
  private final Rungs rungs = new Rungs();
  private final byte[] data = "123456789\n".repeat(5000).getBytes(StandardCharsets.US_ASCII);

  private Rungs.Rung at(int offset) {
    return new Rungs.Rung(offset, Crc32c.of(data, 0, offset));
  }

  /** Reads on to a place, and notes each line on the way. */
  private Position read(Position from, int to) {
    int start = (int) from.offset();
    for (int end = start + LINE; end < to; end += LINE) {
      rungs.passLine(from, end - start, Crc32c.of(data, start, end - start));
    }
    Position position = from.advance(data, start, to);
    rungs.pass(position);
    return position;
  }

  @Test
  void knowsTheEndOfEachOfTheLastLines() {
    read(read(Position.START, 2000), 4000);
    for (int offset = LINE; offset <= 4000; offset += LINE) {
      assertThat(rungs.upTo(offset + LINE / 2)).isEqualTo(at(offset));
    }
    assertThat(rungs.upTo(LINE - 1)).isNull();
  }

  @Test
  void forgetsLinesFirstAndKeepsWhereReadsEnded() {
    read(read(Position.START, 2000), 2000 + LINE * Rungs.MOST_LINES);
    assertThat(rungs.upTo(2000 + LINE + 1)).isEqualTo(at(2000 + LINE));
    assertThat(rungs.upTo(2000 + LINE - 1)).isEqualTo(at(2000));
    assertThat(rungs.upTo(2000 - 1)).isNull();
  }

  @Test
  void handsOnFewPlacesOrAllOfThem() {
    read(Position.START, 5000);
    List<Rungs.Rung> some = rungs.tell(4000, false);
    assertThat(some).hasSizeBetween(10, 30).isSortedAccordingTo(this::byOffset);
    assertThat(some).endsWith(at(3970), at(3980), at(3990), at(4000));
    assertThat(rungs.tell(4000, true))
        .hasSize(400)
        .containsAll(some)
        .isSortedAccordingTo(this::byOffset);
  }

  @Test
  void isTheSameAfterARestart() {
    read(read(Position.START, 3000), 5000);
    Rungs restored = new Rungs();
    restored.restore(rungs.tell(4000, true));
    for (int offset = 0; offset <= 4000; offset += 7) {
      assertThat(restored.upTo(offset)).isEqualTo(rungs.upTo(offset));
    }
  }

  @Test
  void hasMoreToTellWhereTheLastCheckpointHadSome() {
    read(Position.START, 5000);
    Rungs restored = new Rungs();
    restored.restore(rungs.tell(5000, true));
    assertThat(restored.dense()).isFalse();
    restored.tell(5000, false);
    assertThat(restored.dense()).isTrue();
    restored.tell(5000, true);
    assertThat(restored.dense()).isFalse();
    restored.tell(5000, false);
    restored.rest();
    assertThat(restored.dense()).isFalse();
  }

  @Test
  void keepsFewAtRest() {
    read(Position.START, 5000);
    List<Rungs.Rung> some = rungs.tell(Long.MAX_VALUE, false);
    rungs.rest();
    assertThat(rungs.tell(Long.MAX_VALUE, true)).containsExactlyElementsOf(some);
    rungs.clear();
    assertThat(rungs.upTo(Long.MAX_VALUE)).isNull();
  }

  private int byOffset(Rungs.Rung a, Rungs.Rung b) {
    return Long.compare(a.offset(), b.offset());
  }
}
