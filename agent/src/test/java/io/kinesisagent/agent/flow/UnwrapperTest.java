package io.kinesisagent.agent.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinesisagent.agent.frame.CriLine;
import io.kinesisagent.spi.Processor;
import io.kinesisagent.spi.RecordCursor;
import io.kinesisagent.spi.RecordView;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of a record of wrapped lines that ended with a line unfinished. */
class UnwrapperTest {
  private final Unwrapper unwrapper = new Unwrapper(new CriLine(), count -> {});

  @Test
  void anUnfinishedLineIsARecordOfItsOwnBehindWhatIsWholeAndSoIsItsRest() throws Exception {
    assertThat(messages("t1 stderr P half \nt2 stdout F a\nt3 stderr P more \nt4 stdout F b\n"))
        .containsExactly("t2 stdout a\n", "t4 stdout b\n", "t1 stderr half more ");
    assertThat(messages("t5 stderr F rest\n")).containsExactly("t5 stderr rest\n");
  }

  @Test
  void unfinishedLinesOfBothStreamsAreRecordsOfTheirOwn() throws Exception {
    assertThat(messages("t1 stderr P half \nt2 stdout P one \n"))
        .containsExactly("t2 stdout one ", "t1 stderr half ");
  }

  private List<String> messages(String lines) throws Exception {
    byte[] data = lines.getBytes(StandardCharsets.US_ASCII);
    RecordCursor record = new RecordCursor();
    record.set(data, 0, data.length, null);
    ProcessorChain.Results made = new ProcessorChain(List.<Processor>of(unwrapper)).process(record);
    List<String> messages = new ArrayList<>();
    for (int i = 0; i < made.size(); i++) {
      RecordView view = made.view(i, null);
      messages.add(
          unwrapper.attribute(i, "time")
              + " "
              + unwrapper.attribute(i, "stream")
              + " "
              + new String(view.array(), view.offset(), view.length(), StandardCharsets.US_ASCII));
    }
    return messages;
  }
}
