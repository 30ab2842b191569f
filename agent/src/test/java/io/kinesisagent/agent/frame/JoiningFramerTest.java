package io.kinesisagent.agent.frame;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinesisagent.agent.frame.Framer.Flush;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Where a record of wrapped lines ends that holds parts. */
class JoiningFramerTest {
  private static final String OPEN = "t stderr P half \n";
  private static final String WHOLE = "t stdout F whole\n";
  private static final String BEGUN = "t stdout P one \n";

  private final Framer framer = new JoiningFramer(new CriLine(), 1000);

  @Test
  void aRecordEndsWhereNoStreamIsUnfinished() {
    assertThat(end(OPEN + WHOLE + "t stderr F rest\n" + WHOLE, Flush.NOTHING))
        .isEqualTo((OPEN + WHOLE + "t stderr F rest\n").length());
  }

  @Test
  void whatIsWholeWaitsForAPartOfAnotherStreamAndNotForGood() {
    String lines = OPEN + WHOLE.repeat(10);
    assertThat(end(lines, Flush.NOTHING)).isEqualTo(Framer.INCOMPLETE);
    assertThat(end(lines, Flush.WAITING)).isEqualTo(lines.length());
  }

  @Test
  void aLineThatIsNotOfTheFormatWaitsForPartsNoLongerThanOthers() {
    String lines = OPEN + BEGUN + "no message\n";
    assertThat(end(lines, Flush.NOTHING)).isEqualTo(Framer.INCOMPLETE);
    assertThat(end(lines, Flush.WAITING)).isEqualTo(lines.length());
  }

  @Test
  void partsAreNotEndedWhileNothingWaitsForThem() {
    assertThat(end(OPEN + OPEN + BEGUN, Flush.WAITING)).isEqualTo(Framer.INCOMPLETE);
    assertThat(end(OPEN + WHOLE.substring(0, 9), Flush.WAITING)).isEqualTo(Framer.INCOMPLETE);
  }

  @Test
  void whatTheOtherStreamHasJustBegunIsLeftToTheNextRecord() {
    assertThat(end(OPEN + WHOLE + BEGUN, Flush.WAITING)).isEqualTo((OPEN + WHOLE).length());
    assertThat(end(OPEN + BEGUN + WHOLE + OPEN + BEGUN, Flush.WAITING))
        .isEqualTo((OPEN + BEGUN + WHOLE + OPEN).length());
  }

  @Test
  void atRestEveryPartIsEndedBehindTheLastWholeLine() {
    assertThat(end(OPEN, Flush.LINES)).isEqualTo(OPEN.length());
    assertThat(end(OPEN + WHOLE + BEGUN + "t stdo", Flush.LINES))
        .isEqualTo((OPEN + WHOLE + BEGUN).length());
    assertThat(end("t stdo", Flush.LINES)).isEqualTo(Framer.INCOMPLETE);
  }

  @Test
  void atTheEndOfItsFileEverythingIsARecord() {
    assertThat(end(OPEN + "t stdo", Flush.EVERYTHING)).isEqualTo((OPEN + "t stdo").length());
  }

  private int end(String lines, Flush flush) {
    byte[] data = lines.getBytes(StandardCharsets.US_ASCII);
    return framer.end(data, 0, 0, data.length, flush);
  }
}
